"""Asking a group, voting, writing the result down, showing it and coming back to it, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from engage.accounts.models import Account
from engage.centre.models import Centre
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.groups.deciding.models import Decision, Way
from engage.groups.models import Autonomy, Group, MemberKind, Membership
from engage.outbox.models import Message
from tests import make
from tests.browser import Visitor
from tests.core.paper import sizes, words
from tests.groups.deciding import voting
from tests.groups.minutes import meeting as meetings

NO_STEP = {"moves_autonomy": ""}


@pytest.fixture
def group(app: Flask, benoit: Visitor) -> str:
    """Benoît chairs a group that decides by itself; another member belongs to it."""
    with app.app_context():
        made = voting.group()
        make.membership(made, benoit.account, kind=MemberKind.CO_CHAIR)
        make.membership(made, make.account("Odile", phone="04 00 00 00 09", email=None))
        db.session.commit()
        return made.code


def decision(app: Flask, question: str) -> str:
    with app.app_context():
        return db.session.query(Decision).filter_by(question=question).one().code


def asked(app: Flask, group: str, benoit: Visitor, way: Way = Way.SCORES) -> str:
    """A question that Benoît asked as rows hold it."""
    with app.app_context():
        held = db.session.query(Group).filter_by(code=group).one()
        code = voting.ask(held, db.session.get_one(Account, benoit.account_id), way).code
        db.session.commit()
        return code


def test_a_chair_asks_and_members_are_told(app: Flask, group: str, benoit: Visitor, chloe: Visitor) -> None:
    benoit.get(f"/groupes/{group}/decisions/nouvelle")
    benoit.post(
        f"/groupes/{group}/decisions/nouvelle",
        {
            "question": "Quel jour nous réunir ?",
            "way": "scores",
            "options": "Mardi\n\n Jeudi ",
            "moves_autonomy": "",
        },
    )
    code = decision(app, "Quel jour nous réunir ?")
    benoit.get(f"/groupes/decisions/{code}")
    assert "Mettre mon bulletin dans l’urne" in benoit.page
    with app.app_context():
        told = db.session.query(Message).all()
        assert sorted(str(one.channel) for one in told) == ["mail", "phone"]
        assert all("Quel jour nous réunir ?" in one.body for one in told)
    benoit.get(f"/groupes/{group}/decisions")
    assert "Quel jour nous réunir" in benoit.page


def test_a_question_without_options_keeps_what_was_typed(group: str, benoit: Visitor) -> None:
    benoit.get(f"/groupes/{group}/decisions/nouvelle")
    benoit.post(
        f"/groupes/{group}/decisions/nouvelle",
        {"question": "Quel jour ?", "way": "scores", "options": "Mardi", **NO_STEP},
        status=409,
    )
    assert "Quel jour ?" in benoit.page
    benoit.post(
        f"/groupes/{group}/decisions/nouvelle", {"question": " ", "way": "", "moves_autonomy": ""}, status=422
    )


def test_a_ballot_goes_in_once_and_the_result_is_told(app: Flask, group: str, benoit: Visitor) -> None:
    code = asked(app, group, benoit)
    benoit.get(f"/groupes/decisions/{code}")
    benoit.post(f"/groupes/decisions/{code}/bulletin", {"score_0": "5", "score_1": "2"}, status=422)
    assert "Choisissez une note" in benoit.page
    sent = benoit.post(
        f"/groupes/decisions/{code}/bulletin", {"score_0": "5", "score_1": "2", "score_2": "0"}
    )
    benoit.follow(sent)
    assert "1 bulletin pour l’instant" in benoit.page
    assert "Mettre mon bulletin" not in benoit.page
    benoit.post(
        f"/groupes/decisions/{code}/bulletin", {"score_0": "0", "score_1": "0", "score_2": "0"}, status=409
    )
    assert "déjà un bulletin" in benoit.page
    benoit.get(f"/groupes/decisions/{code}")
    benoit.post(f"/groupes/decisions/{code}/resultat", {"words": "", "review_on": ""})
    benoit.get(f"/groupes/decisions/{code}")
    assert "restent cachées" in benoit.page
    assert "Somme des notes" not in benoit.page


def test_paper_sums_cannot_be_more_than_their_ballots(app: Flask, group: str, benoit: Visitor) -> None:
    code = asked(app, group, benoit)
    benoit.get(f"/groupes/decisions/{code}")
    sums = {"number": "2", "paper_0": "11", "paper_1": "1", "paper_2": "0"}
    benoit.post(f"/groupes/decisions/{code}/resultat", {**sums, "words": "À table"}, status=422)
    assert "10 au plus" in benoit.page
    assert "À table" in benoit.page
    benoit.post(f"/groupes/decisions/{code}/resultat", {**sums, "paper_0": "10", "words": "À table"})
    benoit.get(f"/groupes/decisions/{code}")
    assert "Somme des notes" in benoit.page
    assert "Un banc" in benoit.page


@pytest.mark.parametrize(
    ("way", "counts", "said"),
    [
        (Way.CONSENT, {"count_objections": "1"}, "1 personne a objecté"),
        (Way.HANDS, {"count_for": "1", "count_against": "1", "count_abstain": "0"}, "égalité"),
        (Way.SUMMARY, {"point_0": "Le bruit", "count_0": "4", "point_1": "La lumière"}, "La lumière"),
    ],
)
def test_each_way_has_its_result(
    app: Flask, group: str, benoit: Visitor, way: Way, counts: dict[str, str], said: str
) -> None:
    code = asked(app, group, benoit, way)
    benoit.get(f"/groupes/decisions/{code}")
    benoit.post(f"/groupes/decisions/{code}/resultat", {"words": ""}, status=422)
    benoit.post(f"/groupes/decisions/{code}/resultat", {**counts, "words": "Bien dit."})
    benoit.get(f"/groupes/decisions/{code}")
    assert said in benoit.page
    assert "Bien dit." in benoit.page


def test_a_closed_decision_is_shown_taken_back_and_looked_at_again(
    app: Flask, group: str, benoit: Visitor, nobody: Visitor
) -> None:
    with app.app_context():
        held = db.session.query(Group).filter_by(code=group).one()
        today, step = centre_today(), Autonomy.CO_LED
        code = voting.closed(held, benoit.account, review_on=today, moves_autonomy=step).code
        db.session.commit()
    nobody.get(f"/groupes/decisions/{code}", status=404)
    benoit.get(f"/groupes/decisions/{code}")
    assert "À revoir" in benoit.page
    benoit.post(f"/groupes/decisions/{code}/publication", {"is_public": "yes"})
    nobody.get(f"/groupes/decisions/{code}")
    nobody.get(f"/groupes/{group}/decisions")
    assert "Se réunir le mardi" in nobody.page
    benoit.get(f"/groupes/decisions/{code}")
    later = today + timedelta(days=30)
    benoit.post(f"/groupes/decisions/{code}/revue", {"words": "", "again_on": ""}, status=422)
    benoit.post(f"/groupes/decisions/{code}/revue", {"words": "Cela tient.", "again_on": later.isoformat()})
    nobody.get(f"/groupes/decisions/{code}")
    assert "Cela tient." in nobody.page
    benoit.post(f"/groupes/decisions/{code}/publication", {"is_public": "no"})
    nobody.get(f"/groupes/decisions/{code}", status=404)


def test_what_a_group_that_ended_shows_the_coordination_keeps_to_it(
    app: Flask, group: str, benoit: Visitor, chloe: Visitor, nobody: Visitor
) -> None:
    with app.app_context():
        held = db.session.query(Group).filter_by(code=group).one()
        code = voting.closed(held, benoit.account, is_public=True).code
        held.closed_at = now()
        db.session.commit()
    benoit.post(f"/groupes/decisions/{code}/publication", {"is_public": "no"}, status=403)
    chloe.get(f"/groupes/decisions/{code}")
    chloe.post(f"/groupes/decisions/{code}/publication", {"is_public": "yes"}, status=409)
    chloe.get(f"/groupes/decisions/{code}")
    chloe.post(f"/groupes/decisions/{code}/publication", {"is_public": "no"})
    chloe.post(f"/groupes/decisions/{code}/publication", {"is_public": "yes"}, status=403)
    nobody.get(f"/groupes/decisions/{code}", status=404)


def test_who_asked_and_left_reads_the_question_alone(app: Flask, group: str, benoit: Visitor) -> None:
    with app.app_context():
        held = db.session.query(Group).filter_by(code=group).one()
        code = voting.closed(held, benoit.account, words="Dit entre nous.", counts={"objections": 0}).code
        one = db.session.query(Membership).filter_by(account_id=benoit.account_id).one()
        one.ended_at = now()
        db.session.commit()
    for address in (f"/groupes/decisions/{code}", f"/groupes/{group}/decisions"):
        benoit.get(address)
        assert "Se réunir le mardi" in benoit.page
        for kept in ("Adopté", "Dit entre nous", "objecté", "Décision prise"):
            assert kept not in benoit.page


def test_a_question_is_taken_back(app: Flask, group: str, benoit: Visitor) -> None:
    code = asked(app, group, benoit)
    benoit.get(f"/groupes/decisions/{code}")
    benoit.post(f"/groupes/decisions/{code}/retrait")
    benoit.get(f"/groupes/decisions/{code}", status=404)


def test_others_neither_ask_nor_close_nor_vote(
    app: Flask, group: str, benoit: Visitor, amina: Visitor, chloe: Visitor
) -> None:
    """At this step of autonomy the team reads, and decides nothing."""
    code = asked(app, group, benoit)
    amina.get(f"/groupes/decisions/{code}", status=404)
    amina.get(f"/groupes/{group}/decisions/nouvelle", status=403)
    chloe.get(f"/groupes/decisions/{code}")
    for deed in ("bulletin", "resultat", "retrait"):
        chloe.post(f"/groupes/decisions/{code}/{deed}", status=403)
    with app.app_context():
        make.membership(db.session.query(Group).filter_by(code=group).one(), amina.account)
        db.session.commit()
    amina.get(f"/groupes/decisions/{code}")
    assert "Clore la question" not in amina.page
    amina.post(f"/groupes/decisions/{code}/resultat", status=403)
    amina.post(f"/groupes/decisions/{code}/bulletin", {"score_0": "1", "score_1": "1", "score_2": "1"})


def test_a_question_may_belong_to_a_meeting(app: Flask, group: str, benoit: Visitor) -> None:
    with app.app_context():
        held = db.session.query(Group).filter_by(code=group).one()
        meeting = meetings.meeting(held)
        db.session.commit()
        code = meeting.code
    benoit.get(f"/groupes/{group}/decisions/nouvelle?reunion={code}&etape=co_led")
    assert "selected" in benoit.page
    assert "Réunion de novembre" in benoit.page


def test_a_list_of_many_has_pages(app: Flask, group: str, benoit: Visitor) -> None:
    with app.app_context():
        held = db.session.query(Group).filter_by(code=group).one()
        for number in range(51):
            voting.closed(held, benoit.account, question=f"Question {number}")
        db.session.commit()
    benoit.get(f"/groupes/{group}/decisions")
    assert "Décisions plus anciennes" in benoit.page
    benoit.get(f"/groupes/{group}/decisions?page=2")
    assert "Décisions plus récentes" in benoit.page


def test_a_blank_ballot_is_printed_while_the_question_is_open(
    app: Flask, group: str, benoit: Visitor, amina: Visitor
) -> None:
    """A5, in large print, without a name; what comes in is written down with the result."""
    code = asked(app, group, benoit)
    benoit.get(f"/groupes/decisions/{code}")
    assert f"/groupes/decisions/{code}/bulletin.pdf" in benoit.page
    printed = benoit.get(f"/groupes/decisions/{code}/bulletin.pdf").data
    assert min(sizes(printed)) >= 14
    shown = words(printed)
    for said in (*voting.OPTIONS, "N’écrivez pas votre nom", "une note pour chaque choix", "Commission"):
        assert said in shown
    for score in range(6):
        assert shown.count(f" {score} ") >= len(voting.OPTIONS)
    assert "Benoît" not in shown
    amina.get(f"/groupes/decisions/{code}/bulletin.pdf", status=404)
    counted = {"number": "2", "paper_0": "10", "paper_1": "3", "paper_2": "0", "words": "", "review_on": ""}
    benoit.get(f"/groupes/decisions/{code}")
    benoit.post(f"/groupes/decisions/{code}/resultat", counted)
    benoit.get(f"/groupes/decisions/{code}")
    assert "Un banc" in benoit.page
    benoit.get(f"/groupes/decisions/{code}/bulletin.pdf", status=404)


def test_a_ballot_for_hands_has_one_box_each_and_counts_with_them(
    app: Flask, group: str, benoit: Visitor
) -> None:
    code = asked(app, group, benoit, Way.HANDS)
    shown = words(benoit.get(f"/groupes/decisions/{code}/bulletin.pdf").data)
    for said in ("Pour", "Contre", "Sans avis", "Cochez une seule case", "avec les mains levées"):
        assert said in shown
    benoit.get(f"/groupes/decisions/{code}")
    assert "Un bulletin papier compte comme une main levée" in benoit.page
    consent = asked(app, group, benoit, Way.CONSENT)
    benoit.get(f"/groupes/decisions/{consent}/bulletin.pdf", status=404)
    benoit.get(f"/groupes/decisions/{consent}")
    assert "bulletin.pdf" not in benoit.page


def test_a_ballot_says_where_it_may_be_posted(app: Flask, group: str, benoit: Visitor) -> None:
    code = asked(app, group, benoit)
    with app.app_context():
        db.session.query(Centre).one().address = "2 rue des Lilas\n14000 Caen"
        db.session.commit()
    shown = words(benoit.get(f"/groupes/decisions/{code}/bulletin.pdf").data)
    assert "2 rue des Lilas, 14000 Caen" in shown
