"""An author comes back with a code, or with an account: sees, adds, answers, corrects, claims, takes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from engage.core import fulltext
from engage.core.clock import now
from engage.core.db import db
from engage.ideas.models import Idea, Merge, Publication, Step, StepKind, Support, Visibility
from engage.ideas.timeline import actions as timeline
from engage.intake.models import Reply
from engage.outbox.models import Message, State
from engage.uploads.models import Upload
from tests import make
from tests.browser import Visitor
from tests.ideas.box import pen

DEEDS = ("precision", "contact", "retrait")


def only_idea() -> Idea:
    db.session.expire_all()
    return db.session.scalars(select(Idea)).one()


def sent(app: Flask, visitor: Visitor, **answers: str) -> str:
    """An idea sent by this browser, which may follow it; its public code."""
    pen.send(visitor, **answers)
    with app.app_context():
        return only_idea().code


def ask(app: Flask, words: str = "Quelle porte ?") -> None:
    with app.app_context():
        timeline.note(only_idea(), StepKind.QUESTION, visibility=Visibility.AUTHOR, words=words)
        db.session.commit()


def steps(app: Flask, kind: StepKind) -> list[Step]:
    with app.app_context():
        return list(db.session.scalars(select(Step).filter_by(kind=kind)))


def test_the_code_opens_the_idea_in_another_browser(app: Flask, nobody: Visitor) -> None:
    code = pen.send(nobody)
    other = Visitor(app)
    other.get("/suivi")
    answer = other.post("/suivi", {"code": f" {code.lower().replace('-', '   ')} "})
    assert code not in answer.headers["Location"]
    other.follow(answer)
    assert pen.BANC in other.page
    assert "Une réponse, au plus tard" in other.page


@pytest.mark.parametrize("deed", ["suivie", *DEEDS, "question"])
def test_without_the_code_there_is_nothing_to_see(
    app: Flask, nobody: Visitor, benoit: Visitor, deed: str
) -> None:
    code = sent(app, nobody)
    for stranger in (Visitor(app), benoit):
        stranger.get(f"/idees/{code}/{deed}", status=404)


def test_the_page_without_an_address_asks_for_the_code(nobody: Visitor) -> None:
    assert nobody.get("/idees/suivie", status=302).headers["Location"] == "/suivi"


def test_a_precision_reaches_the_team_and_nobody_else(app: Flask, nobody: Visitor) -> None:
    code = sent(app, nobody)
    nobody.get(f"/idees/{code}/precision")
    form = nobody.hidden()
    nobody.post(f"/idees/{code}/precision", {"text": "Côté parking."} | form)
    nobody.post(f"/idees/{code}/precision", {"text": "Côté parking."} | form)
    (step,) = steps(app, StepKind.PRECISION)
    assert (step.words, step.visibility, step.read_at) == ("Côté parking.", Visibility.AUTHOR, None)
    nobody.get(f"/idees/{code}/suivie")
    assert "Côté parking." in nobody.page


def test_a_question_is_answered_once_it_is_asked(app: Flask, nobody: Visitor) -> None:
    code = sent(app, nobody)
    nobody.get(f"/idees/{code}/question", status=302)
    ask(app)
    nobody.get(f"/idees/{code}/suivie")
    assert "Répondre à la question" in nobody.page
    nobody.get(f"/idees/{code}/question")
    assert "Quelle porte ?" in nobody.page
    nobody.post(f"/idees/{code}/question", {"text": ""}, status=422)
    nobody.post(f"/idees/{code}/question", {"text": "Celle du parking."})
    assert [step.words for step in steps(app, StepKind.REPLY)] == ["Celle du parking."]
    nobody.get(f"/idees/{code}/suivie")
    assert "Répondre à la question" not in nobody.page


def test_distress_in_a_precision_meets_calm_and_wakes_the_team(
    app: Flask, chloe: Visitor, nobody: Visitor
) -> None:
    code = sent(app, nobody)
    nobody.get(f"/idees/{code}/precision")
    nobody.post(f"/idees/{code}/precision", {"text": "Je veux mourir."}, status=200)
    assert 'href="tel:3114"' in nobody.page
    assert not steps(app, StepKind.PRECISION)
    nobody.post(f"/idees/{code}/precision", status=200)
    assert 'href="tel:3114"' in nobody.page
    assert len(steps(app, StepKind.PRECISION)) == 1
    with app.app_context():
        assert only_idea().is_distress
        assert db.session.scalars(select(Message)).one().address == chloe.account.email


def test_the_contact_is_corrected_and_waiting_mail_dropped(app: Flask, nobody: Visitor) -> None:
    code = sent(app, nobody, reply="mail", email="lae@exemple.fr")
    nobody.get(f"/idees/{code}/contact")
    assert "lae@exemple.fr" in nobody.page
    nobody.post(f"/idees/{code}/contact", {"reply": "mail", "email": "lea@"}, status=422)
    nobody.post(f"/idees/{code}/contact", {"reply": "letter", "address": "1 rue du Lac", "first_name": "Léa"})
    with app.app_context():
        idea = only_idea()
        assert (idea.reply, idea.contact, idea.first_name) == (Reply.LETTER, "1 rue du Lac", "Léa")
        assert db.session.scalars(select(Message)).one().state is State.STOPPED


def test_taking_back_erases_words_photo_and_contact(app: Flask, nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": pen.BANC, "photo": (pen.photo(), "a.jpg")})
    nobody.post("/idees/nouvelle/reponse", {"public": "yes", "reply": "mail", "email": "lea@exemple.fr"})
    nobody.get("/idees/nouvelle/relecture")
    nobody.post("/idees/nouvelle/envoi")
    with app.app_context():
        code = only_idea().code
        file = Path(app.extensions["engage_settings"].files) / db.session.scalars(select(Upload.name)).one()
    nobody.get(f"/idees/{code}/precision")
    nobody.post(f"/idees/{code}/precision", {"text": "Un secret."})
    nobody.get(f"/idees/{code}/retrait")
    nobody.post(f"/idees/{code}/retrait", {}, status=422)
    nobody.follow(nobody.post(f"/idees/{code}/retrait", {"sure": "y"}))
    assert "Retirée" in nobody.page
    assert "Un banc" not in nobody.page
    assert "Un secret" not in nobody.page
    with app.app_context():
        idea = only_idea()
        assert (idea.text, idea.contact, idea.photo_id) == ("", None, None)
        assert idea.publication is Publication.WITHDRAWN
        assert idea.closed_at is not None
        assert db.session.scalars(fulltext.matching("idea-desk", "banc")).all() == []
        message = db.session.scalars(select(Message)).one()
        assert (message.state, message.address, message.body) == (State.STOPPED, None, "")
    assert not file.exists()


def test_after_taking_back_nothing_more_can_be_said(app: Flask, nobody: Visitor) -> None:
    code = sent(app, nobody)
    nobody.get(f"/idees/{code}/precision")
    page = nobody.hidden()
    nobody.post(f"/idees/{code}/retrait", {"sure": "y"})
    nobody.post(f"/idees/{code}/precision", {"text": "Encore un mot."} | page, status=409)
    assert "Encore un mot." in nobody.page
    nobody.post(f"/idees/{code}/retrait", {"sure": "y"})


def test_the_code_of_a_merged_idea_shows_the_one_it_joined(app: Flask, nobody: Visitor) -> None:
    code = sent(app, nobody)
    with app.app_context():
        target = make.idea("Trois bancs", publication=Publication.PUBLIC)
        source = db.session.scalars(select(Idea).filter_by(code=code)).one()
        source.publication, source.merged_into = Publication.MERGED, target
        timeline.note(target, StepKind.ANSWER, visibility=Visibility.PUBLIC, words="Ils arrivent en mai.")
        db.session.commit()
        joined = target.code
    nobody.get(f"/idees/{code}/suivie")
    assert f"/idees/{joined}" in nobody.page
    assert "Ils arrivent en mai." in nobody.page


def test_taking_back_sets_apart_what_had_joined(app: Flask, nobody: Visitor, amina: Visitor) -> None:
    code = sent(app, nobody)
    with app.app_context():
        target = only_idea()
        source = make.idea("Deux bancs", publication=Publication.MERGED, merged_into=target)
        support = Support(idea_id=target.id, account_id=amina.account_id, at=now())
        db.session.add(support)
        db.session.flush()
        facts = {"publication_before": Publication.PUBLIC, "moved": {"supports": [support.id]}, "at": now()}
        db.session.add(Merge(source_id=source.id, target_id=target.id, **facts))
        db.session.commit()
        joined = source.code
    nobody.get(f"/idees/{code}/retrait")
    nobody.post(f"/idees/{code}/retrait", {"sure": "y"})
    with app.app_context():
        source = db.session.scalars(select(Idea).filter_by(code=joined)).one()
        assert (source.publication, source.merged_into_id, source.support_count) == (
            Publication.PUBLIC,
            None,
            1,
        )
    amina.get("/idees?q=bancs")
    assert joined in amina.page


def test_an_account_claims_an_idea_and_keeps_it(
    app: Flask, amina: Visitor, benoit: Visitor, nobody: Visitor
) -> None:
    code = pen.send(nobody)
    for person in (amina, benoit):
        person.get("/suivi")
        person.follow(person.post("/suivi", {"code": code}))
    with app.app_context():
        public_code = only_idea().code
    amina.post(f"/idees/{public_code}/compte")
    with app.app_context():
        assert only_idea().account_id == amina.account_id
    benoit.post(f"/idees/{public_code}/compte", status=403)
    again = Visitor(app, amina.account_id)
    again.get(f"/idees/{public_code}/suivie")
    assert pen.BANC in again.page


def test_who_is_not_signed_in_cannot_claim(app: Flask, nobody: Visitor) -> None:
    code = sent(app, nobody)
    assert "/connexion" in nobody.post(f"/idees/{code}/compte").headers["Location"]


def test_a_shared_computer_forgets_on_request(app: Flask, nobody: Visitor) -> None:
    code = sent(app, nobody)
    nobody.get(f"/idees/{code}/suivie")
    nobody.post("/suivi/fin")
    nobody.get(f"/idees/{code}/suivie", status=404)
    nobody.get("/idees/nouvelle/envoyee", status=302)


def test_the_page_asks_little_of_the_database(app: Flask, nobody: Visitor) -> None:
    code = sent(app, nobody)
    with nobody.counting() as asked:
        nobody.get(f"/idees/{code}/suivie")
    assert len(asked) <= 6, asked
