"""The team's page of people: who sees it, what is noted, and the last administrator."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account, Passkey, RecoveryCode, Role, SignIn
from engage.core.db import db
from engage.journal.models import Entry
from tests import make
from tests.accounts.post_box import count, email_of
from tests.browser import Visitor


def actor(app: Flask, visitor: Visitor) -> UUID:
    with app.app_context():
        return visitor.account.actor_id


def noted(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        rows = db.session.scalars(select(Entry).order_by(Entry.id))
        return [(row.verb, row.actor_role, row.subject_ref) for row in rows]


def test_the_list_shows_names_and_roles_but_no_way_to_reach_people(
    app: Flask, amina: Visitor, chloe: Visitor
) -> None:
    with app.app_context():
        amina.account.phone = "06 12 34 56 78"
        db.session.commit()
    chloe.get("/equipe/personnes")
    assert "Amina" in chloe.page
    assert "participant·e" in chloe.page
    chloe.get(f"/equipe/personnes/{actor(app, amina)}")
    assert "@" not in chloe.page
    assert "06 12" not in chloe.page


def test_seeing_how_to_reach_somebody_is_noted(app: Flask, amina: Visitor, chloe: Visitor) -> None:
    chloe.get(f"/equipe/personnes/{actor(app, amina)}")
    chloe.post(f"/equipe/personnes/{actor(app, amina)}/contact", status=200)
    assert email_of(app, amina.account_id) in chloe.page
    assert noted(app) == [("contact viewed", "coordinator", str(actor(app, amina)))]


@pytest.mark.parametrize("deed", ["", "/contact", "/role", "/fin", "/deuxieme-cle"])
def test_patients_see_nothing_of_it(
    app: Flask, amina: Visitor, benoit: Visitor, nobody: Visitor, deed: str
) -> None:
    path = f"/equipe/personnes/{actor(app, amina)}{deed}"
    amina.post(path, status=403 if deed else 405)
    benoit.post(path, status=403 if deed else 405)
    amina.get("/equipe/personnes", status=403)
    amina.get("/equipe/personnes/inviter", status=403)
    assert nobody.get("/equipe/personnes", status=302).headers["Location"].startswith("/connexion")


@pytest.mark.parametrize(
    ("deed", "data"), [("role", {"role": "staff"}), ("fin", {"sure": "y"}), ("deuxieme-cle", {})]
)
def test_coordination_neither_ends_accounts_nor_changes_roles(
    app: Flask, amina: Visitor, chloe: Visitor, deed: str, data: dict[str, str]
) -> None:
    chloe.get(f"/equipe/personnes/{actor(app, amina)}")
    assert "Fermer ce compte" not in chloe.page
    chloe.post(f"/equipe/personnes/{actor(app, amina)}/{deed}", data, status=403)


def test_an_administrator_changes_a_role(app: Flask, amina: Visitor, admin: Visitor) -> None:
    admin.get(f"/equipe/personnes/{actor(app, amina)}")
    admin.post(f"/equipe/personnes/{actor(app, amina)}/role", {"role": "nonsense"}, status=422)
    admin.post(f"/equipe/personnes/{actor(app, amina)}/role", {"role": "relay"})
    with app.app_context():
        assert amina.account.role is Role.RELAY
    assert noted(app)[-1][0] == "role changed"


def test_an_administrator_ends_an_account(app: Flask, amina: Visitor, admin: Visitor) -> None:
    """Signed out everywhere, no contact and no key kept, the name stays."""
    with app.app_context():
        db.session.add(RecoveryCode(account_id=amina.account_id, digest="x"))
        db.session.commit()
    admin.get(f"/equipe/personnes/{actor(app, amina)}/fin")
    admin.post(f"/equipe/personnes/{actor(app, amina)}/fin", status=422)
    admin.post(f"/equipe/personnes/{actor(app, amina)}/fin", {"sure": "y"})
    amina.get("/connexion/appareils", status=302)
    with app.app_context():
        row = amina.account
        assert (row.email, row.email_digest, row.phone, row.first_name) == (None, None, None, "Amina")
        assert not row.is_active
    assert count(app, RecoveryCode) == 0
    assert noted(app)[-1][0] == "account ended"
    admin.get(f"/equipe/personnes/{actor(app, amina)}", status=404)


def test_nobody_ends_or_demotes_the_last_administrator(app: Flask, admin: Visitor) -> None:
    own = f"/equipe/personnes/{actor(app, admin)}"
    admin.get(own)
    admin.post(f"{own}/role", {"role": "staff"}, status=409)
    assert "dernière personne" in admin.page
    admin.get(f"{own}/fin")
    admin.post(f"{own}/fin", {"sure": "y"}, status=409)
    with app.app_context():
        assert admin.account.is_admin
        make.account("Elsa", Role.ADMIN)
        db.session.commit()
    admin.get(own)
    admin.post(f"{own}/role", {"role": "staff"})


def test_a_lost_second_key_is_reset_by_an_administrator(app: Flask, amina: Visitor, admin: Visitor) -> None:
    with app.app_context():
        amina.account.totp_secret = "JBSWY3DPEHPK3PXP"
        facts = {
            "credential_id": b"x",
            "public_key": b"x",
            "name": "x",
            "created_at": amina.account.created_at,
        }
        db.session.add(Passkey(account_id=amina.account_id, **facts))
        db.session.commit()
    admin.get(f"/equipe/personnes/{actor(app, amina)}")
    admin.post(f"/equipe/personnes/{actor(app, amina)}/deuxieme-cle")
    with app.app_context():
        assert amina.account.totp_secret is None
    assert count(app, Passkey) == 0
    assert count(app, SignIn) == 1
    assert noted(app)[-1][0] == "second factor reset"
    admin.post(f"/equipe/personnes/{actor(app, admin)}/deuxieme-cle", status=403)


def test_unknown_people_are_not_found(admin: Visitor) -> None:
    admin.get(f"/equipe/personnes/{uuid4()}", status=404)
    admin.get("/equipe/personnes/1", status=404)


def test_the_list_asks_few_questions_however_many_people(app: Flask, admin: Visitor) -> None:
    with app.app_context():
        for number in range(60):
            make.account(f"Person {number}")
        db.session.commit()
    with admin.counting() as seen:
        admin.get("/equipe/personnes")
    assert admin.page.count("participant·e") == 49
    assert len(seen) <= 6, "\n".join(seen)
    admin.get("/equipe/personnes?page=2")
    assert admin.page.count("participant·e") == 11
    for odd in ("99", "0", "-1", "x", "9" * 30):
        admin.get(f"/equipe/personnes?page={odd}")
    assert count(app, Account) == 61
