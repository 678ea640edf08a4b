"""Calls in a browser: drafted, published, printed, applied to by every door, answered, closed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from engage.accounts.models import Role
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.groups.belonging import actions as belonging
from engage.groups.calling import actions
from engage.groups.calling.applying import actions as applying
from engage.groups.calling.applying import commands, queries, sealed
from engage.groups.calling.models import Application, ApplicationState, Call, CallState
from engage.groups.models import Entry, Group
from engage.intake import actions as intake
from engage.intake import commands as drafts
from engage.intake.models import Door, Draft, FollowUp, Reply
from engage.involvement.models import Carried, Person, SourceKind
from engage.involvement.sources import actions as sources
from engage.journal.models import Entry as Line
from engage.outbox.models import Message
from tests import make
from tests.browser import Visitor
from tests.core import paper as pdf
from tests.groups.calling.sample import QUESTIONS, applied, call

DESK = "/equipe/appels-a-participation"
NAMED = {"name": "Léa Martin", "reply": "mail", "email": "lea@exemple.fr"}


@pytest.fixture
def engine_name() -> str:
    """What the pages do; the rules are tried on both engines beside."""
    return "sqlite"


def published(app: Flask, **said: Any) -> str:
    with app.app_context():
        made = call(make.account("Chloé", Role.COORDINATOR), **said)
        db.session.commit()
        return made.code


def apply(visitor: Visitor, code: str, said: dict[str, Any] | None = None, *, status: int = 302) -> Any:
    visitor.get(f"/appels/{code}/candidature")
    return visitor.post(f"/appels/{code}/candidature", NAMED | (said or {}), status=status)


def read(visitor: Visitor, code: str) -> str:
    """The page of an application at the desk, opened by the press that is noted."""
    visitor.get(f"/equipe/candidatures/{code}")
    return visitor.follow(visitor.post(f"/equipe/candidatures/{code}/ouverture")).text


def everybody(app: Flask) -> list[Application]:
    with app.app_context():
        return list(db.session.scalars(select(Application).order_by(Application.id)))


def test_a_call_is_drafted_and_published(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    page = chloe.get(f"{DESK}/nouveau").text
    assert "Aucune connaissance n’est demandée" in page
    day = (centre_today_of(app) + timedelta(days=10)).isoformat()
    sheet = dict.fromkeys(actions.SHEET, "Oui.")
    typed = {"title": "Relire nos courriers", "side": "patient", "group_id": "", "closes_on": day, **sheet}
    chloe.follow(chloe.post(f"{DESK}/nouveau", {**typed, "question_1": QUESTIONS[0]}))
    with app.app_context():
        code = db.session.scalars(select(Call.code)).one()
    nobody.get(f"/appels/{code}", status=404)
    chloe.follow(chloe.post(f"{DESK}/{code}/publication"))
    assert "Relire nos courriers" in nobody.get("/appels").text
    assert "Je voudrais participer" in nobody.get(f"/appels/{code}").text
    chloe.get(f"{DESK}/{code}/modification")
    assert "Relire nos courriers" in chloe.page
    changed = {**typed, "title": "Lire avec nous", "question_1": QUESTIONS[0]}
    chloe.follow(chloe.post(f"{DESK}/{code}/modification", changed))
    assert "Lire avec nous" in chloe.page


def centre_today_of(app: Flask) -> Any:
    with app.app_context():
        return centre_today()


def test_a_past_day_and_a_question_about_health_are_said_beside_the_field(chloe: Visitor, app: Flask) -> None:
    past = (centre_today_of(app) - timedelta(days=1)).isoformat()
    chloe.get(f"{DESK}/nouveau")
    typed = {"title": "Marcher", "side": "patient", "group_id": "", "closes_on": past}
    questions = {"question_1": "Quelle est votre maladie ?", "question_2": "Avez-vous du diabète ?"}
    page = chloe.post(f"{DESK}/nouveau", typed | questions, status=422).text
    assert "Cette date de fin est passée" in page
    assert "maladie" in page
    assert "parle de santé" in page
    assert page.count("parle de santé") >= 2
    assert 'value="Avez-vous du diabète ?"' in page


def test_the_poster_fits_one_page_with_phone_and_short_address(app: Flask, nobody: Visitor) -> None:
    code = published(app, what="Vous dites si nos courriers sont clairs. " * 12)
    content = nobody.get(f"/appels/{code}/affiche.pdf").data
    words = pdf.words(content)
    assert len(pdf.read(content).pages) == 1
    assert f"/a/{code}" in words
    assert "04 00 00 00 00" in words
    nobody.follow(nobody.get(f"/a/{code.upper()}", status=302))
    assert "Relire nos courriers" in nobody.page


def test_whoever_comes_by_a_numbered_poster_is_known_to_have(app: Flask, nobody: Visitor) -> None:
    code = published(app)
    with app.app_context():
        by = make.account("Chloé", Role.COORDINATOR)
        source = sources.make(kind=SourceKind.POSTER, label="Affiche 12", by=by).code
        db.session.commit()
    short = nobody.get(f"/a/{code}?par={source}", status=302)
    nobody.follow(short)
    apply(nobody, code)
    with app.app_context():
        person = db.session.scalars(select(Person)).one()
        assert person.source
        assert person.source.label == "Affiche 12"


def test_one_applies_without_account_on_one_screen_and_follows_it(app: Flask, nobody: Visitor) -> None:
    code = published(app)
    page = nobody.follow(apply(nobody, code, {"answer_1": "Pour aider.", "answer_2": "Le soir."})).text
    follow_up = re.search(r'class="code"[^>]*>([^<]+)<', page)
    assert follow_up
    (made,) = everybody(app)
    assert made.said == ["Pour aider.", "Le soir."]
    assert made.door is Door.WEB
    other = Visitor(app)
    other.get(f"/candidatures/{made.code}", status=404)
    other.get("/suivi")
    other.follow(other.post("/suivi", {"code": follow_up[1]}))
    assert "Votre candidature est arrivée" in other.page
    assert "Pour aider." in other.page
    other.follow(other.post(f"/candidatures/{made.code}/retrait"))
    assert "Vous l’avez retirée" in other.page
    assert "Pour aider." not in other.page
    assert everybody(app)[0].name is None


def test_the_same_form_sent_twice_shows_the_same_page_even_after_the_end(app: Flask, nobody: Visitor) -> None:
    code = published(app)
    nobody.get(f"/appels/{code}/candidature")
    form = nobody.hidden() | NAMED
    first = nobody.follow(nobody.post(f"/appels/{code}/candidature", form)).text
    with app.app_context():
        made = db.session.scalars(select(Call)).one()
        actions.close(made, by=make.account("Zoé", Role.COORDINATOR))
        db.session.commit()
    second = nobody.follow(nobody.post(f"/appels/{code}/candidature", form)).text
    codes = [re.search(r'class="code"[^>]*>([^<]+)<', page) for page in (first, second)]
    assert codes[0]
    assert codes[1]
    assert codes[0][1] == codes[1][1]
    assert len(everybody(app)) == 1


def test_a_second_tab_hears_kindly_that_we_have_it_and_keeps_the_words(app: Flask, amina: Visitor) -> None:
    code = published(app)
    apply(amina, code)
    page = apply(amina, code, {"answer_1": "Encore moi."}, status=409).text
    assert "Nous avons déjà une candidature à ce nom" in page
    assert "Encore moi." in page


def plain(page: str) -> str:
    """What a page says, without what differs by chance: its keys, and the code."""
    return re.sub(r'(nonce|value|content)="[^"]*"|class="code"[^>]*>[^<]+<', "", page)


def test_a_stranger_does_not_learn_that_a_neighbour_applied(app: Flask, nobody: Visitor) -> None:
    code, curious = published(app), Visitor(app)
    first = nobody.follow(apply(nobody, code)).text
    for _time in range(2):
        assert plain(curious.follow(apply(curious, code)).text) == plain(first)
    (made,) = everybody(app)
    curious.get(f"/candidatures/{made.code}", status=404)
    with app.app_context():
        told = db.session.scalars(select(Message).where(Message.key.endswith(" again"))).one()
        assert told.address == "lea@exemple.fr"
        assert "déjà votre candidature" in told.body


def code_on(page: str) -> str:
    found = re.search(r'class="code"[^>]*>([^<]+)<', page)
    assert found
    return found[1]


def followed(app: Flask, code: str) -> Visitor:
    """Somebody who types this code on another device."""
    visitor = Visitor(app)
    visitor.get("/suivi")
    visitor.follow(visitor.post("/suivi", {"code": code}))
    return visitor


def address(visitor: Visitor) -> str:
    found = re.search(r"/candidatures/\w+", visitor.page)
    assert found
    return found[0]


def alike(page: str) -> str:
    """A page of an application, without its own address."""
    return re.sub(r"/candidatures/\w+", "", plain(page))


def test_the_code_of_a_neighbour_tells_a_stranger_nothing(app: Flask, nobody: Visitor) -> None:
    """It opens what was typed with it, as any code does; the first application opens for its contact."""
    code, curious = published(app), Visitor(app)
    said = {"answer_1": "Pour aider."}
    first = code_on(nobody.follow(apply(nobody, code, said)).text)
    second = code_on(curious.follow(apply(curious, code, said)).text)
    assert first != second
    theirs, probing = followed(app, first), followed(app, second)
    assert alike(probing.page) == alike(theirs.page)
    assert "la réponse est au contact que vous avez donné" in probing.page
    assert "Pour aider." in probing.page
    (made,) = everybody(app)
    assert made.code not in probing.page
    own = [address(one) for one in (theirs, probing)]
    probing.get(own[0], status=404)
    Visitor(app).get(own[1], status=404)
    for one, where in zip((theirs, probing), own, strict=True):
        one.get(where)
        one.follow(one.post(f"{where}/retrait"))
        assert "Vous l’avez retirée" in one.page
        assert "Pour aider." not in one.page
    assert alike(probing.page) == alike(theirs.page)


def answered(app: Flask) -> None:
    """The team says no to who applied first."""
    with app.app_context():
        made = db.session.scalars(select(Application).order_by(Application.id)).all()[0]
        by = make.account("Zoé", Role.COORDINATOR)
        applying.refuse(made, answer="Merci, la place est prise.", other_way="Le groupe de marche.", by=by)
        db.session.commit()


def test_once_the_first_is_answered_the_page_of_a_second_one_is_still_true(
    app: Flask, nobody: Visitor
) -> None:
    """It says where the answer is for whom we knew, and no more: a stranger reads it as well."""
    code, again, other = published(app), Visitor(app), Visitor(app)
    apply(nobody, code)
    second = code_on(again.follow(apply(again, code)).text)
    third = code_on(other.follow(apply(other, code, {"name": "Paul Roux", "email": "paul@exemple.fr"})).text)
    answered(app)
    probing, waiting = followed(app, second), followed(app, third)
    assert "L’équipe la lit" not in probing.page
    assert "la réponse est au contact que vous avez donné" in probing.page
    assert "la place est prise" not in probing.page
    unnamed = waiting.page.replace("Paul Roux", "Léa Martin").replace("paul@", "lea@")
    assert alike(probing.page) == alike(unnamed)


@pytest.mark.parametrize("is_answered", [True, False])
def test_when_the_promised_day_is_over_the_page_of_a_second_one_says_whom_to_call(
    app: Flask, nobody: Visitor, *, is_answered: bool
) -> None:
    code, again, other = published(app), Visitor(app), Visitor(app)
    apply(nobody, code)
    second = code_on(again.follow(apply(again, code)).text)
    third = code_on(other.follow(apply(other, code, {"name": "Paul Roux", "email": "paul@exemple.fr"})).text)
    if is_answered:
        answered(app)
    with time_machine.travel(now() + timedelta(days=60), tick=False):
        probing, waiting = followed(app, second), followed(app, third)
        for page in (probing.page, waiting.page):
            assert "Le délai de notre réponse est passé" in page
            assert "au plus tard le" not in page


def test_who_applies_once_more_after_the_answer_hears_that_it_was_given(app: Flask, nobody: Visitor) -> None:
    code = published(app)
    apply(nobody, code)
    apply(Visitor(app), code)
    answered(app)
    for _time in range(2):
        apply(Visitor(app), code)
    with app.app_context():
        told = db.session.scalars(select(Message).where(Message.key.contains(" again")).order_by(Message.id))
        bodies = [one.body or "" for one in told]
    assert ["déjà votre candidature" in body for body in bodies] == [True, False]
    assert "Nous avons déjà répondu à votre candidature" in bodies[1]


def test_taking_a_second_one_back_leaves_the_first_as_it_is(app: Flask, nobody: Visitor) -> None:
    code, curious = published(app), Visitor(app)
    apply(nobody, code, {"answer_1": "Pour aider."})
    probing = followed(app, code_on(curious.follow(apply(curious, code, {"answer_1": "Pour voir."})).text))
    assert "Pour voir." in probing.page
    assert "Pour aider." not in probing.page
    where = address(probing)
    for _time in range(2):
        probing.follow(probing.post(f"{where}/retrait"))
    (made,) = everybody(app)
    assert made.state is ApplicationState.RECEIVED
    assert made.said == ["Pour aider.", ""]


def test_a_second_one_sent_twice_is_one_even_after_the_end(app: Flask, nobody: Visitor) -> None:
    code, curious = published(app), Visitor(app)
    apply(nobody, code)
    curious.get(f"/appels/{code}/candidature")
    form = curious.hidden() | NAMED
    pages = [curious.follow(curious.post(f"/appels/{code}/candidature", form)).text for _time in range(2)]
    with app.app_context():
        made = db.session.scalars(select(Call)).one()
        actions.close(made, by=make.account("Zoé", Role.COORDINATOR))
        db.session.commit()
    pages.append(curious.follow(curious.post(f"/appels/{code}/candidature", form)).text)
    assert len({code_on(page) for page in pages}) == 1
    with app.app_context():
        theirs = select(func.count()).select_from(FollowUp).where(FollowUp.kind == "application")
        assert db.session.scalar(theirs) == 2


def test_the_code_of_a_second_one_ends_with_it(app: Flask, nobody: Visitor) -> None:
    code, curious = published(app), Visitor(app)
    first = code_on(nobody.follow(apply(nobody, code)).text)
    second = code_on(curious.follow(apply(curious, code)).text)
    with time_machine.travel(now() + queries.KEPT + timedelta(days=1), tick=False), app.app_context():
        commands.forget_applications()
        drafts.erase_drafts()
    followed(app, first)
    late = Visitor(app)
    late.get("/suivi")
    late.post("/suivi", {"code": second}, status=422)
    with app.app_context():
        assert not db.session.scalars(select(Draft)).all()


@pytest.mark.parametrize("is_first", [True, False])
def test_a_paper_with_the_code_is_there_for_who_left_a_mail_address(
    app: Flask, nobody: Visitor, *, is_first: bool
) -> None:
    code = published(app)
    if not is_first:
        apply(Visitor(app), code)
    nobody.get("/candidatures/numero.pdf", status=404)
    page = nobody.follow(apply(nobody, code)).text
    assert "/candidatures/numero.pdf" in page
    printed = nobody.get("/candidatures/numero.pdf").data
    shown = pdf.words(printed)
    assert code_on(page).replace("-", "") in shown.replace(" ", "").replace("-", "")
    assert "Relire nos courriers" in shown
    assert "Léa" not in shown


def test_after_the_last_day_the_page_says_so_with_another_way(app: Flask, nobody: Visitor) -> None:
    code = published(app)
    with app.app_context():
        db.session.scalars(select(Call)).one().closes_on = centre_today() - timedelta(days=1)
        db.session.commit()
    assert "Cet appel est fermé" in nobody.get(f"/appels/{code}").text
    page = nobody.get(f"/appels/{code}/candidature").text
    assert "D’autres façons de participer" in page
    assert "Rien n’a été envoyé" not in page
    page = nobody.post(f"/appels/{code}/candidature", NAMED, status=409).text
    assert "D’autres façons de participer" in page
    assert everybody(app) == []


def test_what_is_missing_is_said_and_nothing_is_lost(app: Flask, nobody: Visitor) -> None:
    code = published(app)
    page = apply(nobody, code, {"reply": "phone", "phone": "", "answer_1": "Pour aider."}, status=422).text
    assert "Écrivez votre numéro de téléphone" in page
    assert "Pour aider." in page
    assert apply(nobody, code, {"name": "", "reply": "pigeon"}, status=422)


def test_words_of_distress_are_met_with_numbers_that_answer(app: Flask, nobody: Visitor) -> None:
    code = published(app)
    page = apply(nobody, code, {"answer_1": "Je veux mourir."}, status=200).text
    assert "3114" in page
    assert len(everybody(app)) == 1


def test_somebody_who_would_rather_talk_is_called_and_answered_by_voice(
    app: Flask, nobody: Visitor, chloe: Visitor
) -> None:
    code = published(app)
    said = {"reply": "phone", "phone": "06 12 34 56 78", "wants_to_talk": "y"}
    assert "vous répondez de vive voix" in nobody.follow(apply(nobody, code, said)).text
    (made,) = everybody(app)
    assert "préfère qu’on l’appelle" in chloe.get("/equipe/candidatures").text
    read(chloe, made.code)
    chloe.get(f"/equipe/candidatures/{made.code}/reponses")
    chloe.follow(chloe.post(f"/equipe/candidatures/{made.code}/reponses", {"answer_1": "Pour mon père."}))
    assert "Pour mon père." in chloe.page


def test_a_kiosk_applies_and_follows_nobody(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    code = published(app)
    with app.app_context():
        kiosk = intake.open_kiosk("Salle d’attente", by=chloe.account).code
        db.session.commit()
    nobody.get(f"/borne/{kiosk}")
    nobody.post(f"/borne/{kiosk}")
    assert "Nous cherchons des personnes" in nobody.get(f"/borne/{kiosk}").text
    nobody.follow(apply(nobody, code))
    (made,) = everybody(app)
    assert made.door is Door.KIOSK
    with nobody.client.session_transaction() as own:
        assert "follow" not in own


def test_a_relay_writes_for_somebody_who_said_yes_aloud(app: Flask) -> None:
    code = published(app)
    with app.app_context():
        account = make.account("Rémi", Role.RELAY)
        db.session.commit()
        relay = Visitor(app, account.id)
    apply(relay, code, status=422)
    assert "Demandez d’abord à la personne" in relay.page
    relay.follow(apply(relay, code, {"said_yes": "y"}))
    (made,) = everybody(app)
    assert (made.door, made.account_id) == (Door.RELAY, None)
    with app.app_context():
        carried = db.session.scalars(select(Carried)).one()
        assert (carried.kind, carried.ref, carried.person) == ("application", made.code, "Léa Martin")
    relay.get(f"/candidatures/{made.code}", status=404)


def test_the_team_types_in_who_called(app: Flask, chloe: Visitor) -> None:
    code = published(app)
    chloe.get(f"/equipe/candidatures/appel/{code}/nouvelle")
    said = {"door": "phone", "name": "Marcel", "reply": "reception", "answer_1": "Pour rencontrer du monde."}
    page = chloe.follow(chloe.post(f"/equipe/candidatures/appel/{code}/nouvelle", said)).text
    assert re.search(r"[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}", page)
    (made,) = everybody(app)
    assert made.door is Door.PHONE
    chloe.post(f"/equipe/candidatures/appel/{code}/nouvelle", {"door": "web", "name": "X"}, status=422)


def test_an_account_finds_its_applications_and_is_asked_nothing_twice(app: Flask, amina: Visitor) -> None:
    code = published(app)
    page = amina.get(f"/appels/{code}/candidature").text
    assert 'value="Amina"' in page
    apply(amina, code, {"name": "Amina"})
    assert 'href="/candidatures"' in amina.get("/appels").text
    assert 'href="/candidatures"' in amina.get("/mon-espace").text
    assert "Relire nos courriers" in amina.get("/candidatures").text
    (made,) = everybody(app)
    assert made.account_id == amina.account_id
    amina.get(f"/candidatures/{made.code}")


def test_the_mail_opens_the_page_by_a_button(app: Flask, nobody: Visitor) -> None:
    apply(nobody, published(app))
    (made,) = everybody(app)
    reader = Visitor(app)
    with app.app_context():
        seal = sealed.seal(made)
    reader.get(f"/candidatures/{made.code}/ouvrir/{'0' * 32}", status=404)
    reader.get(f"/candidatures/{made.code}/ouvrir/{seal}")
    reader.get(f"/candidatures/{made.code}", status=404)
    reader.get(f"/candidatures/{made.code}/ouvrir/{seal}")
    reader.follow(reader.post(f"/candidatures/{made.code}/ouvrir/{seal}"))
    assert "Léa Martin" in reader.page
    with app.app_context():
        db.session.scalars(select(Application)).one().contact = "autre@exemple.fr"
        db.session.commit()
    Visitor(app).get(f"/candidatures/{made.code}/ouvrir/{seal}", status=404)


def test_taking_back_is_counted_as_following_is(app: Flask) -> None:
    app.extensions["engage_settings"].limits["follow"] = "20/hour"
    curious = Visitor(app)
    for _time in range(20):
        curious.post("/candidatures/zz/retrait", status=404)
    curious.post("/candidatures/zz/retrait", status=429)


def test_answers_typed_before_midnight_are_kept_after_it(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    """Nobody has looked today: what is sent is taken, and the look is noted with it."""
    apply(nobody, published(app))
    (made,) = everybody(app)
    said = {"answer_1": "Pour mon père.", "answer_2": "", "answer_3": ""}
    chloe.follow(chloe.post(f"/equipe/candidatures/{made.code}/reponses", said))
    assert "Pour mon père." in chloe.page
    with app.app_context():
        looks = select(func.count()).where(Line.subject_ref == made.code, Line.verb == queries.LOOKED)
        assert db.session.scalar(looks) == 1


def test_each_look_at_a_contact_is_in_the_journal(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    apply(nobody, published(app))
    (made,) = everybody(app)
    page = f"/equipe/candidatures/{made.code}"
    assert "Léa Martin" not in chloe.get(page).text
    chloe.get(f"{page}/reponses", status=302)
    for _time in range(2):
        chloe.follow(chloe.post(f"{page}/ouverture"))
        assert "Léa Martin" in chloe.page
        assert "lea@exemple.fr" not in chloe.page
    chloe.get(f"{page}/reponses")
    assert "lea@exemple.fr" in chloe.post(f"/equipe/candidatures/{made.code}/contact", status=200).text
    with app.app_context():
        looked = db.session.scalars(select(Line).where(Line.verb == "application viewed")).one()
        assert (looked.subject_ref, looked.actor) == (made.code, chloe.account.actor_id)
        line = db.session.scalars(select(Line).where(Line.verb == "contact viewed")).one()
        assert (line.subject_kind, line.subject_ref) == ("application", made.code)


@pytest.mark.parametrize("deed", ["accord", "refus"])
def test_no_answer_opens_what_somebody_left_unseen(
    app: Flask, nobody: Visitor, chloe: Visitor, deed: str
) -> None:
    apply(nobody, published(app))
    (made,) = everybody(app)
    chloe.get("/equipe/candidatures")
    assert "Léa Martin" in chloe.post(f"/equipe/candidatures/{made.code}/{deed}", {}, status=422).text
    with app.app_context():
        looked = db.session.scalars(select(Line).where(Line.verb == "application viewed")).one()
        assert (looked.subject_ref, looked.actor) == (made.code, chloe.account.actor_id)


def test_yes_and_no_are_said_in_words(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    with app.app_context():
        group = make.group().id
        db.session.commit()
    code = published(app, group_id=group)
    apply(nobody, code)
    apply(Visitor(app), code, {"name": "Omar", "reply": "reception"})
    first, second = everybody(app)
    read(chloe, first.code)
    chloe.post(f"/equipe/candidatures/{first.code}/refus", {"refusal": "Merci."}, status=422)
    assert "personne ne repart les mains vides" in chloe.page
    said = {"refusal": "Merci, pas cette fois.", "other_way": "meet"}
    chloe.follow(chloe.post(f"/equipe/candidatures/{first.code}/refus", said))
    assert "Merci, pas cette fois." in nobody.get(f"/candidatures/{first.code}").text
    assert "sans vous engager" in nobody.page
    assert "D’autres façons de participer" in nobody.page
    read(chloe, second.code)
    yes = {"answer": "Oui !", "side": "carer"}
    chloe.follow(chloe.post(f"/equipe/candidatures/{second.code}/accord", yes))
    assert "/groupes/invitation" in chloe.page  # nobody can mail it: it is written down for them
    assert everybody(app)[1].state is ApplicationState.ACCEPTED
    chloe.post(f"/equipe/candidatures/{second.code}/refus", said | {"version": "1"}, status=409)


def test_closing_tells_who_still_waits(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    code = published(app)
    apply(nobody, code)
    assert "Léa Martin" in chloe.get(f"{DESK}/{code}/fermeture").text
    chloe.follow(chloe.post(f"{DESK}/{code}/fermeture"))
    assert "1 personne attend encore votre réponse" in chloe.page
    assert "personne ne doit rester sans réponse" in chloe.page
    with app.app_context():
        assert db.session.scalars(select(Call)).one().state is CallState.CLOSED
        assert queries.to_answer().total == 1
    assert "Fermé" in chloe.get(DESK).text
    assert "Fermés récemment" in nobody.get("/appels").text


def test_many_applications_are_read_25_at_a_time(app: Flask, chloe: Visitor) -> None:
    code = published(app)
    with app.app_context():
        held = db.session.scalars(select(Call)).one()
        for number in range(26):
            applied(held, f"Personne {number:02}", reply=Reply.RECEPTION, contact=None)
        db.session.commit()
    for page in ("/equipe/candidatures", f"{DESK}/{code}"):
        assert "Personne 24" in chloe.get(page).text
        assert "Personne 25" not in chloe.page
        assert "page=2" in chloe.page
        assert "Personne 25" in chloe.get(f"{page}?page=2").text
        assert "Personne 00" in chloe.get(f"{page}?page=99").text
    assert "26 personnes" in chloe.get(f"{DESK}/{code}?page=2").text
    assert "26 personnes" in chloe.get(f"{DESK}/{code}/fermeture").text


def test_a_call_is_copied_and_a_draft_thrown_away(app: Flask, chloe: Visitor) -> None:
    code = published(app)
    chloe.get(f"{DESK}/{code}")
    where = chloe.post(f"{DESK}/{code}/copie").headers["Location"]
    twin = where.split("/")[-2]
    chloe.get(where)
    chloe.get(f"{DESK}/{twin}")
    chloe.follow(chloe.post(f"{DESK}/{twin}/retrait"))
    chloe.get(f"{DESK}/{twin}", status=404)


def test_a_group_by_application_is_asked_from_its_page(app: Flask, nobody: Visitor, amina: Visitor) -> None:
    with app.app_context():
        group = make.group(entry=Entry.APPLICATION)
        make.membership(group, amina.account)
        code = group.code
        db.session.commit()
    nobody.get(f"/groupes/{code}/candidature")
    nobody.follow(nobody.post(f"/groupes/{code}/candidature", NAMED))
    assert "Commission d’usagers" in nobody.page
    amina.get(f"/groupes/{code}/candidature", status=302)
    with app.app_context():
        db.session.scalars(select(Group)).one().entry = Entry.INVITATION
        db.session.commit()
    assert "ne cherche personne" in Visitor(app).get(f"/groupes/{code}/candidature").text


@pytest.mark.parametrize("path", ["/appels/zz", "/appels/zz/candidature", "/candidatures/zz", "/a/zz"])
def test_what_is_not_there_is_not_found(nobody: Visitor, path: str) -> None:
    nobody.get(path, status=404)


def test_nothing_sent_yet_leads_to_the_calls(nobody: Visitor) -> None:
    nobody.get("/candidatures/recue", status=302)
    assert "Nous ne cherchons personne en ce moment" in nobody.get("/appels").text


def test_a_finished_application_shows_on_the_desk_without_its_person(app: Flask, chloe: Visitor) -> None:
    code = published(app)
    with app.app_context():
        made = applied(db.session.scalars(select(Call)).one())
        applying.withdraw(made)
        db.session.commit()
        ref = made.code
    assert "a retiré sa candidature" in chloe.get(f"/equipe/candidatures/{ref}").text
    chloe.get(f"{DESK}/{code}")
    chloe.get("/equipe/candidatures")


def test_the_calls_of_a_closed_group_are_over(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    with app.app_context():
        group = make.group()
        db.session.commit()
        number = group.id
    code = published(app, group_id=number)
    apply(nobody, code)
    with app.app_context():
        belonging.close(db.session.get_one(Group, number), by=chloe.account)
        db.session.commit()
    assert "a terminé son travail" in nobody.get(f"/appels/{code}").text
    assert "Fermés récemment" in nobody.get("/appels").text
    assert "a terminé son travail" in nobody.get(f"/appels/{code}/candidature").text
    apply(Visitor(app), code, {"name": "Omar", "reply": "reception"}, status=409)
    (made,) = everybody(app)
    read(chloe, made.code)
    assert "Personne ne peut plus y entrer" in chloe.page
    assert "/accord" not in chloe.page
    chloe.get(f"{DESK}/{code}")


def test_a_call_begins_at_the_desk_of_its_group(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        group = make.group("Comité de marche")
        db.session.commit()
        code, number = group.code, group.id
    chloe.get(f"/equipe/groupes/{code}")
    assert f"{DESK}/nouveau?groupe={code}" in chloe.page
    page = chloe.get(f"{DESK}/nouveau?groupe={code}").text
    assert re.search(rf'<option selected value="{number}"', page)
