"""Coming in by a link or a slip, and what a member does about their place."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.joining import actions as house
from engage.accounts.models import Account, Invitation, Role
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.belonging import actions, joining, queries
from engage.groups.belonging.models import Renewal
from engage.groups.models import Entry, Group, MemberKind, Membership, Side
from engage.intake.models import Reply
from engage.involvement.pathway.queries import LIST_LOOKED
from engage.journal.models import Entry as Noted
from engage.outbox.models import Message
from tests import make
from tests.browser import Visitor
from tests.groups.belonging.test_actions import nadia


@pytest.fixture
def group(app: Flask) -> str:
    with app.app_context():
        made = make.group(entry=Entry.OPEN)
        db.session.commit()
        return made.code


def found(code: str) -> Group:
    return db.session.scalars(select(Group).filter_by(code=code)).one()


def let_in(app: Flask, code: str, visitor: Visitor, **facts: object) -> str:
    with app.app_context():
        made = make.membership(found(code), visitor.account, **facts)
        db.session.commit()
        return made.code


def belongs(app: Flask, code: str, visitor: Visitor) -> bool:
    with app.app_context():
        return any(one.group.code == code for one in queries.active(visitor.account))


def test_amina_opens_the_link_of_her_mail_and_accepts(
    app: Flask, group: str, amina: Visitor, chloe: Visitor
) -> None:
    chloe.get(f"/equipe/groupes/{group}/inviter")
    chloe.post(f"/equipe/groupes/{group}/inviter", {"q": "amin"}, status=200)
    assert "Amina" in chloe.page
    with app.app_context():
        key = f"account {amina.account.actor_id}"
    said = {"whom": key, "side": "patient", "kind": "member", "substitute_for": ""}
    chloe.follow(chloe.post(f"/equipe/groupes/{group}/inviter", said))
    assert "Amina" in chloe.page
    with app.app_context():
        mail = db.session.scalars(select(Message).where(Message.key.startswith("group invitation"))).one()
        link = re.search(r"/groupes/invitation/\w+", mail.body)
    assert link
    amina.get(link[0])
    amina.follow(amina.post("/groupes/invitation"))
    amina.follow(amina.post("/groupes/invitation/reponse"))
    assert "Bienvenue" in amina.page
    assert belongs(app, group, amina)


def test_benoit_got_the_mail_of_amina(app: Flask, group: str, amina: Visitor, benoit: Visitor) -> None:
    with app.app_context():
        by = make.account("Chloé")
        _made, code = actions.invite(found(group), account=amina.account, side=Side.PATIENT, by=by)
        db.session.commit()
    benoit.get(f"/groupes/invitation/{code}")
    benoit.follow(benoit.post("/groupes/invitation"))
    benoit.post("/groupes/invitation/reponse", status=409)
    assert "au nom d’une autre personne" in benoit.page
    assert not belongs(app, group, benoit)


def test_nadia_has_no_account_makes_one_and_is_in(
    app: Flask, group: str, chloe: Visitor, nobody: Visitor
) -> None:
    """From the slip that the team printed, to the space of the group."""
    with app.app_context():
        key = f"person {nadia(reply=Reply.PHONE).code}"
        db.session.commit()
    chloe.get(f"/equipe/groupes/{group}/inviter?q=nadia")  # a name is never part of an address
    assert key not in chloe.page
    for _look in range(2):
        chloe.post(f"/equipe/groupes/{group}/inviter", {"q": "nadia"}, status=200)
    assert key in chloe.page
    with app.app_context():
        looks = select(Noted).filter_by(verb=LIST_LOOKED, actor=chloe.account.actor_id)
        assert len(db.session.scalars(looks).all()) == 1
    said = {"whom": key, "side": "carer", "kind": "member", "substitute_for": ""}
    chloe.post(f"/equipe/groupes/{group}/inviter", said, status=200)
    code = "".join(re.findall(r'name="code" value="(\w+)"', chloe.page))
    pdf = chloe.post(f"/equipe/groupes/{group}/invitation/bulletin", {"code": code}, status=200)
    assert pdf.mimetype == "application/pdf"
    nobody.get("/groupes/invitation")
    nobody.follow(nobody.post("/groupes/invitation", {"code": code.lower()}))
    account = nobody.post("/groupes/invitation/compte")
    nobody.follow(account)
    nobody.follow(nobody.post("/connexion/invitation"))
    nobody.post("/connexion/invitation/compte", {"first_name": "Nadia", "email": "nadia@exemple.fr"})
    with app.app_context():
        mails = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
        assert mails
        proof = re.search(r"^\s*([0-9 ]{6,})\s*$", mails.body, re.M)
    assert proof, mails.body
    nobody.get("/connexion/invitation/code")
    back = nobody.post("/connexion/invitation/code", {"code": proof[1]})
    assert back.headers["Location"] == "/groupes/invitation/reponse"
    nobody.follow(back)
    nobody.follow(nobody.post("/groupes/invitation/reponse"))
    assert "Bienvenue" in nobody.page
    with app.app_context():
        member = db.session.scalars(select(Membership)).one()
        assert member.side is Side.CARER
        assert member.account
        assert member.account.first_name == "Nadia"


def test_a_wrong_code_opens_nothing(nobody: Visitor) -> None:
    nobody.get("/groupes/invitation")
    nobody.post("/groupes/invitation", {"code": "AAAA BBBB CCCC"}, status=422)
    nobody.get("/groupes/invitation/reponse", status=302)
    nobody.post("/groupes/invitation/compte")


def test_amina_joins_an_open_group_with_one_press_and_leaves_with_another(
    app: Flask, group: str, amina: Visitor
) -> None:
    amina.get(f"/groupes/{group}")
    amina.follow(amina.post(f"/groupes/{group}/entree", {"side": "patient"}))
    assert belongs(app, group, amina)
    amina.get(f"/groupes/{group}/ma-place")
    for _press in range(2):
        amina.post(f"/groupes/{group}/depart")
    assert not belongs(app, group, amina)
    amina.get(f"/groupes/{group}/espace", status=403)


def test_nobody_joins_for_the_team_or_a_side_without_places(group: str, amina: Visitor) -> None:
    amina.get(f"/groupes/{group}")
    for side in ("team", "elected", "", "nonsense"):
        amina.post(f"/groupes/{group}/entree", {"side": side})
        amina.get(f"/groupes/{group}/espace", status=403)


def test_amina_chooses_takes_a_break_and_comes_back(app: Flask, group: str, amina: Visitor) -> None:
    let_in(app, group, amina)
    where = f"/groupes/{group}/ma-place"
    amina.get(where)
    amina.post(f"/groupes/{group}/souhaits", {"wants_post": "y"}, status=422)
    assert "adresse" in amina.page
    said = {"is_named": "y", "wants_post": "y", "address": "3 rue des Lilas"}
    amina.follow(amina.post(f"/groupes/{group}/souhaits", said))
    assert "3 rue des Lilas" in amina.page
    amina.get(f"/groupes/{group}")
    assert "Amina" in amina.page
    amina.get(where)
    amina.follow(amina.post(f"/groupes/{group}/pause"))
    assert "jusqu’à votre retour" in amina.page
    amina.follow(amina.post(f"/groupes/{group}/retour"))
    tomorrow = (now() + timedelta(days=2)).date().isoformat()
    amina.follow(amina.post(f"/groupes/{group}/pause", {"until": tomorrow}))
    assert "Vous êtes en pause jusqu’au" in amina.page
    amina.post(f"/groupes/{group}/pause", {"until": "2001-01-01"}, status=409)
    amina.follow(amina.post(f"/groupes/{group}/pause", {"until": "demain"}))
    assert "Vous êtes en pause jusqu’au" in amina.page


def test_amina_goes_on_with_a_button(app: Flask, group: str, amina: Visitor) -> None:
    amina_in = let_in(app, group, amina)
    amina.get(f"/groupes/{group}/renouvellement", status=302)
    with app.app_context():
        member = queries.membership(found(group), amina_in)
        soon = centre_today() + timedelta(days=400)
        db.session.add(Renewal(membership=member, proposed_at=now(), mandate_ends_on=soon))
        actions.end(member, by=None)
        again = make.membership(found(group), amina.account, mandate_ends_on=centre_today())
        db.session.add(Renewal(membership=again, proposed_at=now(), mandate_ends_on=soon))
        db.session.commit()
    amina.get(f"/groupes/{group}/renouvellement")
    amina.post(f"/groupes/{group}/renouvellement", {"goes_on": "perhaps"}, status=422)
    amina.follow(amina.post(f"/groupes/{group}/renouvellement", {"goes_on": "yes"}))
    with app.app_context():
        (last,) = queries.active(db.session.get_one(Account, amina.account_id))
        assert last.mandate_ends_on == soon


def test_amina_says_yes_to_a_group_that_may_end_too(app: Flask, group: str, amina: Visitor) -> None:
    """Nobody knows yet whether the group goes on: no page promises that it does."""
    with app.app_context():
        last = centre_today() + timedelta(days=30)
        found(group).ends_on = last
        member = make.membership(found(group), amina.account, mandate_ends_on=last)
        until = last + timedelta(days=365)
        db.session.add(Renewal(membership=member, proposed_at=now(), mandate_ends_on=until))
        db.session.commit()
    amina.get(f"/groupes/{group}/ma-place")
    assert "S’il continue, voulez-vous continuer avec lui" in amina.page
    amina.get(f"/groupes/{group}/renouvellement")
    assert "Nous ne savons pas encore s’il continue" in amina.page
    assert "Avec un oui" not in amina.page
    amina.follow(amina.post(f"/groupes/{group}/renouvellement", {"goes_on": "yes"}))
    assert "si le groupe continue, vous continuez avec lui" in amina.page
    amina.get(f"/groupes/{group}/renouvellement")
    assert "Vous pouvez encore changer d’avis" in amina.page
    amina.follow(amina.post(f"/groupes/{group}/renouvellement", {"goes_on": "no"}))
    assert "si le groupe continue" not in amina.page


def test_the_coordinator_writes_down_what_people_say(app: Flask, group: str, chloe: Visitor) -> None:
    where = f"/equipe/groupes/{group}"
    chloe.get(f"{where}/sans-e-mail")
    chloe.post(f"{where}/sans-e-mail", {"first_name": " ", "side": "patient"}, status=422)
    said = {"first_name": "Lucien", "last_name": "Petit", "phone": "04 11 22 33 44", "side": "patient"}
    at = chloe.post(f"{where}/sans-e-mail", {**said, "address": "1 place du Marché"}).headers["Location"]
    chloe.get(at)
    assert "1 place du Marché" not in chloe.page  # a contact is looked at where that is noted
    chloe.follow(chloe.post(f"{at}/souhaits", {"wants_post": "y", "address": ""}))
    chloe.follow(chloe.post(f"{at}/pause"))
    chloe.follow(chloe.post(f"{at}/retour"))
    chloe.post(f"{at}/role", {"kind": "substitute", "substitute_for": ""}, status=422)
    at = chloe.post(f"{at}/role", {"kind": "secretary", "substitute_for": ""}).headers["Location"]
    chloe.get(at)
    assert "Secrétariat" in chloe.page
    chloe.follow(chloe.post(f"{at}/renouvellement", {"goes_on": "yes"}))
    chloe.follow(chloe.post(f"{at}/fin", {"why": "« Je fatigue. »"}))
    chloe.get(at)
    assert "Je fatigue" in chloe.page
    chloe.get(f"{where}/historique")
    assert chloe.page.count("Lucien Petit") == 2
    with app.app_context():
        told = db.session.scalars(select(Message).where(Message.about_kind == "group")).one()
        assert (told.channel, told.address) == ("letter", "1 place du Marché")


def test_the_coordinator_takes_an_invitation_back_and_closes_the_group(
    app: Flask, group: str, chloe: Visitor, amina: Visitor, benoit: Visitor
) -> None:
    let_in(app, group, benoit, kind=MemberKind.FACILITATOR)
    with app.app_context():
        for person in (amina, chloe):
            actions.invite(found(group), account=person.account, side=Side.PATIENT, by=chloe.account)
        db.session.commit()
    where = f"/equipe/groupes/{group}"
    chloe.get(where)
    one = re.search(r'name="invitation_id" value="(\d+)"', chloe.page)
    assert one
    chloe.follow(chloe.post(f"{where}/invitation/retrait", {"invitation_id": one[1]}))
    chloe.post(f"{where}/invitation/retrait", {"invitation_id": one[1]}, status=404)
    chloe.post(f"{where}/invitation/bulletin", {"code": "AAAABBBBCCCC"}, status=404)
    chloe.get(f"{where}/fin")
    chloe.follow(chloe.post(f"{where}/fin"))
    assert "terminé" in chloe.page
    assert not belongs(app, group, benoit)
    chloe.get(f"{where}/inviter", status=403)


def test_a_second_press_on_joining_leads_to_the_space(group: str, amina: Visitor, nobody: Visitor) -> None:
    nobody.get(f"/groupes/{group}")
    assert "Pas de compte" in nobody.page
    amina.get(f"/groupes/{group}")
    for _press in range(2):
        answer = amina.post(f"/groupes/{group}/entree", {"side": "patient", "wants_digest": "y"})
        assert answer.headers["Location"] == f"/groupes/{group}/espace"


def test_a_day_that_cannot_be_read_is_no_break(
    app: Flask, group: str, amina: Visitor, chloe: Visitor
) -> None:
    at = f"/equipe/groupes/{group}/membres/{let_in(app, group, amina)}"
    chloe.get(at)
    chloe.post(f"{at}/pause", {"until": "bientôt"}, status=422)
    assert "bientôt" in chloe.page
    with app.app_context():
        held = queries.latest(db.session.get_one(Account, amina.account_id), group)
        assert queries.around(held).pause is None


def test_one_invitation_makes_one_account_at_the_address_we_know(
    app: Flask, group: str, nobody: Visitor
) -> None:
    """Whoever holds a forwarded link proves another address: no account comes of it."""
    with app.app_context():
        by = make.account("Chloé", Role.COORDINATOR)
        person = nadia(reply=Reply.MAIL, contact="nadia@exemple.fr")
        invitation, _code = actions.invite(found(group), person=person, side=Side.PATIENT, by=by)
        codes = {joining.open_account(invitation) for _press in range(3)}
        (held,) = db.session.scalars(select(Invitation))
        assert len(codes) == 1
        with pytest.raises(Refused, match="adresse"):
            house.accept(held, first_name="Nadia", last_name="", email="autre@exemple.fr")
        db.session.rollback()


def test_a_slip_in_other_hands_opens_nothing(session: None) -> None:
    person = nadia(reply=Reply.PHONE)
    by = make.account("Chloé", Role.COORDINATOR)
    invitation, _code = actions.invite(make.group(), person=person, side=Side.PATIENT, by=by)
    with pytest.raises(Refused, match="autre personne"):
        actions.accept(invitation, account=make.account("Benoît"))
    joining.open_account(invitation)
    held = db.session.scalars(select(Invitation)).one()
    own = house.accept(held, first_name="Nadia", last_name="", email="nadia@exemple.fr")
    with pytest.raises(Refused):
        joining.open_account(invitation)
    assert actions.accept(invitation, account=own).is_active
