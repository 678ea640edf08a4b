"""Signing up without an account, on one screen, and with one click."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from engage.core.clock import now
from engage.core.db import db
from engage.events import queries as events
from engage.events.kinds import CompanionRole, Need, SigningUp, SignUpState
from engage.events.letters import spoken
from engage.events.models import EventQuestion
from engage.events.signing.commands import tell_newcomers
from engage.events.signing.models import SignUp
from engage.intake.models import Reply
from engage.outbox.models import Message
from tests.browser import Visitor
from tests.conftest import ENGINES
from tests.events.agenda.test_reading import planned

NAMED = {"name": "Léa Martin", "reply": "mail", "email": "lea@exemple.fr"}
KEY = {"submission_key": "k" * 20}


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """What the database decides is tried on both engines in `signing`; here, where it says so."""
    name: str = getattr(request, "param", "sqlite")
    return name


def sign_ups(app: Flask) -> list[SignUp]:
    with app.app_context():
        found = db.session.query(SignUp).order_by(SignUp.id).all()
        for one in found:
            db.session.refresh(one, ["occurrence", "companions"])
        return found


def enter(visitor: Visitor, code: str, said: dict[str, Any] | None = None, *, status: int = 302) -> Any:
    visitor.get(f"/evenements/{code}/inscription")
    return visitor.post(f"/evenements/{code}/inscription", NAMED | (said or {}), status=status)


def noted(page: str) -> str:
    """The follow-up code that a page shows."""
    found = re.search(r'<strong class="code" translate="no">([^<]+)<', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("engine_name", ENGINES, indirect=True)
def test_a_name_and_a_way_to_be_reached_are_enough(app: Flask, nobody: Visitor) -> None:
    code = planned(app, capacity=12)
    page = nobody.follow(enter(nobody, code)).text
    assert "Vous avez votre place" in page
    assert "Pour 1 personne" in page
    (made,) = sign_ups(app)
    assert (made.name, made.reply, made.contact) == ("Léa Martin", Reply.MAIL, "lea@exemple.fr")
    assert made.state is SignUpState.CONFIRMED
    assert "11 places libres" in nobody.get("/evenements").text


def test_somebody_without_phone_or_mail_gets_a_code_and_a_paper(app: Flask, nobody: Visitor) -> None:
    code = planned(app, place="Salle 2")
    page = nobody.follow(enter(nobody, code, {"reply": "reception", "email": ""})).text
    assert "Nous ne pouvons pas vous joindre" in page
    (made,) = sign_ups(app)
    assert made.contact is None
    paper = nobody.get(f"/evenements/{code}/inscription/numero.pdf")
    words = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.data)).pages)
    assert "Salle 2" in words
    assert all(part in words for part in noted(page).split("-"))
    assert "no-store" in paper.headers["Cache-Control"]


@pytest.mark.parametrize("engine_name", ENGINES, indirect=True)
def test_companions_needs_and_answers_arrive(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    ask(app, code, "Que voulez-vous apprendre ?", is_required=True)
    said = {
        "role_1": "child", "name_1": "Léo", "role_2": "carer", "name_4": "Paul",
        "needs": ["hearing", "quiet"], "needs_words": "Une chaise haute.", "answer_1": "Mieux dormir",
    }  # fmt: skip
    nobody.follow(enter(nobody, code, said))
    (made,) = sign_ups(app)
    assert [(one.role, one.name or "") for one in made.companions] == [
        (CompanionRole.CHILD, "Léo"), (CompanionRole.CARER, ""), (CompanionRole.OTHER, "Paul"),
    ]  # fmt: skip
    assert made.party == 4
    assert made.needs == [Need.HEARING, Need.QUIET]
    assert (made.needs_words, made.said) == ("Une chaise haute.", ["Mieux dormir"])


def ask(app: Flask, code: str, text: str, *, is_required: bool) -> None:
    with app.app_context():
        event = events.get_occurrence(code).event
        db.session.add(EventQuestion(event_id=event.id, position=1, text=text, is_required=is_required))
        db.session.commit()


def test_what_is_missing_is_said_and_nothing_is_lost(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    ask(app, code, "Quel niveau ?", is_required=True)
    said = {
        "name": "",
        "reply": "phone",
        "email": "",
        "role_3": "carer",
        "name_3": "Rosa",
        "needs": ["quiet"],
    }
    page = enter(nobody, code, said, status=422).text
    assert (
        page.index("Écrivez votre nom") < page.index("numéro de téléphone") < page.index("Répondez à cette")
    )
    assert 'value="Rosa"' in page
    assert '<details class="govuk-details" open>' in page
    assert re.search(r'value="quiet"[^>]* checked', page)
    assert not sign_ups(app)


def test_more_people_than_lines_are_not_left_out_in_silence(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    said = {f"role_{place}": "child" for place in range(1, 7)}
    page = enter(nobody, code, said, status=422).text
    assert "5 personnes au plus" in page
    assert not sign_ups(app)
    nobody.follow(enter(nobody, code, {f"role_{place}": "child" for place in range(1, 6)}))
    assert sign_ups(app)[0].party == 6


@pytest.mark.parametrize("said", [{"role_1": "-1"}, {"reply": "letter"}, {"needs": ["gold"]}])
def test_what_the_page_does_not_offer_is_not_taken(app: Flask, nobody: Visitor, said: dict[str, Any]) -> None:
    enter(nobody, planned(app), said, status=422)
    assert not sign_ups(app)


@pytest.mark.parametrize("engine_name", ENGINES, indirect=True)
def test_the_same_form_sent_twice_shows_the_same_page(app: Flask, nobody: Visitor) -> None:
    code = planned(app, capacity=1)
    nobody.get(f"/evenements/{code}/inscription")
    form = nobody.hidden() | NAMED
    first = nobody.follow(nobody.post(f"/evenements/{code}/inscription", form)).text
    second = nobody.follow(nobody.post(f"/evenements/{code}/inscription", form)).text
    assert noted(first) == noted(second)
    assert "Vous avez votre place" in second
    assert len(sign_ups(app)) == 1


def test_each_stranger_has_a_form_of_their_own(app: Flask, nobody: Visitor) -> None:
    code, other = planned(app), Visitor(app)
    app.testing = False
    nobody.get(f"/evenements/{code}/inscription")
    other.get(f"/evenements/{code}/inscription")
    app.testing = True
    assert nobody.hidden()["submission_key"] != other.hidden()["submission_key"]
    assert nobody.hidden()["csrf_token"] != other.hidden()["csrf_token"]


def test_a_full_date_puts_on_the_waiting_list(app: Flask, nobody: Visitor) -> None:
    code = planned(app, capacity=1)
    for name in ("Amina", "Benoît", "Chloé"):
        visitor = Visitor(app)
        page = visitor.follow(enter(visitor, code, {"name": name, "email": f"{len(name)}@exemple.fr"})).text
    assert "Vous êtes sur la liste d’attente" in page
    assert "1 demande est avant la vôtre" in page


@pytest.mark.parametrize("engine_name", ENGINES, indirect=True)
def test_somebody_signed_up_already_is_told_so(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    enter(nobody, code)
    page = enter(Visitor(app), code, status=409).text
    assert "déjà" in page
    assert "Léa Martin" in page
    assert len(sign_ups(app)) == 1


CLOSED = [
    ({"on_cancelled_at": now(), "on_cancelled_why": "Alerte orage."}, "Cette date est annulée"),
    ({"days": -2}, "Cette date est passée"),
    ({"on_closes_at": now() - timedelta(hours=1)}, "Les inscriptions sont fermées"),
    ({"signing_up": SigningUp.NONE}, "venez comme vous êtes"),
]


@pytest.mark.parametrize(("values", "words"), CLOSED)
def test_a_date_that_takes_nobody_says_why(
    app: Flask, nobody: Visitor, values: dict[str, Any], words: str
) -> None:
    code = planned(app, **values)
    assert words in nobody.get(f"/evenements/{code}/inscription").text
    page = nobody.post(f"/evenements/{code}/inscription", NAMED | KEY, status=409).text
    assert words in page
    assert "Rien n’a été envoyé" in page
    assert not sign_ups(app)


def test_words_of_distress_are_answered_with_numbers(app: Flask, nobody: Visitor) -> None:
    page = enter(nobody, planned(app), {"needs_words": "Je veux mourir."}, status=200).text
    assert "3114" in page
    assert "/inscription/recue" in page
    assert len(sign_ups(app)) == 1


@pytest.mark.parametrize("engine_name", ENGINES, indirect=True)
def test_one_click_for_somebody_who_is_signed_in(app: Flask, amina: Visitor) -> None:
    code = planned(app)
    amina.get(f"/evenements/{code}")
    page = amina.follow(amina.post(f"/evenements/{code}/inscription/directe")).text
    assert "Vous avez votre place" in page
    (made,) = sign_ups(app)
    assert made.account_id == amina.account_id
    assert "Vous avez votre place" in amina.get(f"/evenements/{code}").text
    assert f"/evenements/inscription/{made.code}" in amina.get("/evenements/inscription").text


def test_one_click_leads_to_the_form_when_the_organiser_asks(app: Flask, amina: Visitor) -> None:
    code = planned(app)
    ask(app, code, "Quel niveau ?", is_required=False)
    assert "inscription/directe" not in amina.get(f"/evenements/{code}").text
    answer = amina.post(f"/evenements/{code}/inscription/directe", KEY)
    assert "Amina" in amina.follow(answer).text


def test_one_click_too_late(app: Flask, amina: Visitor) -> None:
    code = planned(app, on_cancelled_at=now())
    page = amina.post(f"/evenements/{code}/inscription/directe", KEY, status=409).text
    assert "Cette date est annulée" in page


def test_a_partner_patient_takes_a_kept_place(app: Flask, nobody: Visitor, benoit: Visitor) -> None:
    code = planned(app, capacity=1, reserved_places=1, released_days=0)
    assert "liste d’attente" in nobody.follow(enter(nobody, code)).text
    benoit.get(f"/evenements/{code}")
    assert (
        "Vous avez votre place" in benoit.follow(benoit.post(f"/evenements/{code}/inscription/directe")).text
    )


def test_who_came_alone_gets_the_whole_form_back(app: Flask, nobody: Visitor) -> None:
    page = enter(nobody, planned(app), {"name": ""}, status=422).text
    assert all(f'name="{part}_{place}"' in page for part in ("role", "name") for place in range(1, 6))
    assert 'value="lea@exemple.fr"' in page
    assert not sign_ups(app)


def test_each_reads_their_own_code_where_the_page_is_kept(app: Flask) -> None:
    code = planned(app, capacity=1)
    app.testing = False
    pages = []
    for name in ("Léa Martin", "Amina Diallo", "Benoît Roux", "Chloé Petit"):
        person = Visitor(app)
        pages.append(person.follow(enter(person, code, {"name": name})).text)
    made = sign_ups(app)
    assert len({noted(page) for page in pages}) == len(made) == 4
    for one, page in zip(made, pages, strict=True):
        assert set(re.findall(r"/evenements/inscription/([a-z0-9]{8})", page)) == {one.code}
        assert not re.search(r"--(sign-up|code|letters|ahead)--", page)
    with app.app_context():
        assert spoken(made[0].code) in pages[0]
    assert "Vous êtes en tête de la liste" in pages[1]
    assert "1 demande est avant la vôtre" in pages[2]
    assert "2 demandes sont avant la vôtre" in pages[3]


def test_without_having_sent_anything_there_is_nothing_to_show(app: Flask, nobody: Visitor) -> None:
    code, other = planned(app), planned(app)
    enter(nobody, other)
    answer = nobody.get(f"/evenements/{code}/inscription/recue", status=302)
    assert answer.headers["Location"] == f"/evenements/{code}"
    nobody.get(f"/evenements/{code}/inscription/numero.pdf", status=404)
    nobody.get(f"/evenements/{other}/inscription/numero.pdf")


def test_the_page_of_a_form_says_no_word_of_it_in_mails(app: Flask, nobody: Visitor) -> None:
    code = planned(app, "Atelier VIH", neutral_title="Rencontre")
    enter(nobody, code, {"needs": ["quiet"], "needs_words": "Une chaise."})
    with app.app_context():
        tell_newcomers()
        (mail,) = db.session.query(Message).all()
        assert "Rencontre" in mail.subject
        assert "VIH" not in mail.subject + mail.body
        assert "chaise" not in mail.body


def test_too_many_forms_are_held_back(app: Flask, nobody: Visitor) -> None:
    app.extensions["engage_settings"].limits["sign_up"] = "1/hour"
    code = planned(app)
    enter(nobody, code)
    page = enter(nobody, code, {"name": "Paul"}, status=429).text
    assert "Paul" in page


def test_a_form_sent_again_after_the_date_was_closed(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    nobody.get(f"/evenements/{code}/inscription")
    form = nobody.hidden() | NAMED
    first = nobody.follow(nobody.post(f"/evenements/{code}/inscription", form)).text
    with app.app_context():
        events.get_occurrence(code).closes_at = now() - timedelta(minutes=1)
        db.session.commit()
    again = nobody.follow(nobody.post(f"/evenements/{code}/inscription", form)).text
    assert noted(again) == noted(first)


@pytest.mark.parametrize("engine_name", ENGINES, indirect=True)
@pytest.mark.parametrize("key", ["\x00" * 20, "member somebody somewhere", "x" * 100_000])
def test_a_form_with_a_key_that_is_none_finds_no_sign_up(app: Flask, nobody: Visitor, key: str) -> None:
    code = planned(app, on_closes_at=now() - timedelta(minutes=1))
    nobody.get(f"/evenements/{code}")
    nobody.post(f"/evenements/{code}/inscription", NAMED | {"submission_key": key}, status=409)
