"""Invitations: by link and by slip, once, for 14 days, and never by a GET."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from engage.accounts import queries
from engage.accounts.joining import actions
from engage.accounts.models import Account, Invitation, Role
from engage.core.clock import now
from engage.core.db import db
from tests import make
from tests.accounts.post_box import count, email_of, last_code, last_path, mails
from tests.browser import Visitor

CODE = re.compile(r"[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}")


def invite(visitor: Visitor, **fields: str) -> None:
    status = 200 if fields.get("way") == "slip" else 302
    visitor.get("/equipe/personnes/inviter")
    visitor.post(
        "/equipe/personnes/inviter", {"first_name": "Farid", "role": "member", **fields}, status=status
    )


def slip_code(visitor: Visitor) -> str:
    invite(visitor, way="slip")
    found = CODE.search(visitor.page)
    assert found
    return found[0]


def account_of(app: Flask, email: str) -> Account:
    with app.app_context():
        found = queries.by_email(email)
        assert found
        return found


def test_a_link_opens_an_account_by_a_button(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    invite(chloe, way="mail", email="Farid@exemple.fr", role="partner")
    assert mails(app)[-1][0] == "farid@exemple.fr"
    for _scanner in range(3):
        nobody.get(last_path(app))
    assert count(app, Invitation) == 1
    nobody.follow(nobody.post("/connexion/invitation"))
    assert "patient·e partenaire" in nobody.page
    assert 'value="Farid"' in nobody.page
    nobody.post("/connexion/invitation/compte", {"first_name": "Farid", "last_name": "Saïdi"})
    made = account_of(app, "farid@exemple.fr")
    assert (made.full_name, made.role) == ("Farid Saïdi", Role.PARTNER)
    assert count(app, Invitation) == 0
    nobody.get("/connexion/securite")


def test_an_invitation_serves_once(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    invite(chloe, way="mail", email="farid@exemple.fr")
    second = Visitor(app)
    for visitor in (nobody, second):
        visitor.get(last_path(app))
        visitor.follow(visitor.post("/connexion/invitation"))
    nobody.post("/connexion/invitation/compte", {"first_name": "Farid"})
    response = second.post("/connexion/invitation/compte", {"first_name": "Farid"})
    assert response.headers["Location"] == "/connexion/invitation"
    second.get(last_path(app))
    second.post("/connexion/invitation", status=422)


def test_an_invitation_ends_after_14_days(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    invite(chloe, way="mail", email="farid@exemple.fr")
    nobody.get(last_path(app))
    with time_machine.travel(now() + timedelta(days=14, minutes=1), tick=False):
        nobody.post("/connexion/invitation", status=422)


def test_a_slip_is_typed_by_hand_and_its_address_proved(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    code = slip_code(chloe)
    nobody.get("/connexion/invitation")
    nobody.post("/connexion/invitation", {"code": "AAAA BBBB CCCC"}, status=422)
    nobody.follow(nobody.post("/connexion/invitation", {"code": f" {code.lower().replace(' ', '-')}."}))
    person = {"first_name": "Farid", "email": "farid@exemple.fr"}
    nobody.follow(nobody.post("/connexion/invitation/compte", person))
    assert count(app, Account) == 1
    nobody.post("/connexion/invitation/code", {"code": "0"}, status=422)
    nobody.post("/connexion/invitation/code", {"code": last_code(app)})
    assert account_of(app, "farid@exemple.fr").role is Role.MEMBER
    nobody.get("/connexion/securite")


def test_the_code_for_one_address_proves_no_other(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    code = slip_code(chloe)
    nobody.get("/connexion/invitation")
    nobody.follow(nobody.post("/connexion/invitation", {"code": code}))
    nobody.follow(
        nobody.post("/connexion/invitation/compte", {"first_name": "F", "email": "mine@exemple.fr"})
    )
    nobody.get("/connexion/invitation/compte")
    nobody.post("/connexion/invitation/compte", {"first_name": "Farid", "email": "mine@exemple.fr"})
    mine = last_code(app)
    with nobody.client.session_transaction() as own:
        own["invited"]["person"]["email"] = "someone.else@exemple.fr"
        own.modified = True
    nobody.get("/connexion/invitation/code")
    nobody.post("/connexion/invitation/code", {"code": mine}, status=422)
    assert count(app, Account) == 1


def test_only_who_reads_the_address_learns_that_it_has_an_account(
    app: Flask, amina: Visitor, chloe: Visitor, nobody: Visitor
) -> None:
    taken = email_of(app, amina.account_id)
    code = slip_code(chloe)
    pages = []
    for email in (taken, "farid@exemple.fr"):
        nobody.get("/connexion/invitation")
        nobody.follow(nobody.post("/connexion/invitation", {"code": code}))
        nobody.follow(nobody.post("/connexion/invitation/compte", {"first_name": "Farid", "email": email}))
        pages.append(re.sub(r'csrf_token"[^>]*>', "", nobody.page.replace(email, "@")))
        if email == taken:
            nobody.post("/connexion/invitation/code", {"code": last_code(app)}, status=409)
            assert "Vous avez déjà un compte" in nobody.page
            assert count(app, Invitation) == 1
    assert pages[0] == pages[1]


def test_the_slip_is_printed_with_its_code(chloe: Visitor, amina: Visitor) -> None:
    code = slip_code(chloe)
    response = chloe.client.post("/equipe/personnes/inviter/bulletin", data=chloe.hidden())
    assert response.mimetype == "application/pdf"
    words = PdfReader(BytesIO(response.data)).pages[0].extract_text()
    for part in [*code.split(" "), "Farid"]:
        assert part in words
    amina.post("/equipe/personnes/inviter/bulletin", {"code": code}, status=403)
    chloe.post(
        "/equipe/personnes/inviter/bulletin", {"code": "AAAA", "csrf_token": chloe.token()}, status=404
    )


@pytest.mark.parametrize("role", ["staff", "coordinator", "admin"])
def test_coordination_invites_patients_and_relays_only(app: Flask, chloe: Visitor, role: str) -> None:
    chloe.get("/equipe/personnes/inviter")
    assert f'value="{role}"' not in chloe.page
    fields = {"first_name": "Farid", "role": role, "way": "mail", "email": "f@exemple.fr"}
    chloe.post("/equipe/personnes/inviter", fields, status=422)
    assert count(app, Invitation) == 0


def test_administration_invites_everybody(app: Flask, admin: Visitor) -> None:
    for role in Role:
        invite(admin, way="mail", email="farid@exemple.fr", role=role.value)
    assert count(app, Invitation) == len(Role)


def test_an_invitation_by_mail_needs_an_address(chloe: Visitor) -> None:
    chloe.get("/equipe/personnes/inviter")
    chloe.post("/equipe/personnes/inviter", {"role": "member", "way": "mail"}, status=422)
    assert "choisissez le bulletin" in chloe.page


def test_an_invitation_can_be_withdrawn_by_who_may_give_its_role(
    app: Flask, admin: Visitor, chloe: Visitor, nobody: Visitor
) -> None:
    invite(admin, way="mail", email="farid@exemple.fr", role="admin")
    with app.app_context():
        invitation_id = db.session.scalars(select(Invitation.id)).one()
    chloe.get("/equipe/personnes")
    chloe.post("/equipe/personnes/inviter/retirer", {"invitation_id": invitation_id}, status=403)
    admin.get("/equipe/personnes")
    for odd in ("9999", "x", "9" * 30):
        admin.get("/equipe/personnes")
        admin.post("/equipe/personnes/inviter/retirer", {"invitation_id": odd}, status=404)
    admin.get("/equipe/personnes")
    admin.post("/equipe/personnes/inviter/retirer", {"invitation_id": invitation_id})
    nobody.get(last_path(app))
    nobody.post("/connexion/invitation", status=422)


def test_the_operator_names_the_first_administrator(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        link = actions.invite_first_admin("Dominique", "dominique@exemple.fr")
        db.session.commit()
    assert mails(app) == []
    assert link.startswith("http://127.0.0.1:8000/connexion/invitation/")
    nobody.get(link.removeprefix("http://127.0.0.1:8000"))
    nobody.follow(nobody.post("/connexion/invitation"))
    nobody.client.set_cookie("language", "en")
    nobody.post("/connexion/invitation/compte", {"first_name": "Dominique"})
    made = account_of(app, "dominique@exemple.fr")
    assert made.is_admin
    assert made.language == "en"


def test_the_code_of_an_invitation_stands_nowhere_in_plain(session: None) -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    invitation, code = actions.invite(Role.MEMBER, first_name="Farid", email=None, by=by)
    assert code not in invitation.code_digest
    assert len(code) == 12
