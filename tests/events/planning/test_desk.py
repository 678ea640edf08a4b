"""The team plans a workshop and a walk from their ready texts, and looks after who comes."""

from __future__ import annotations

import io
import re
import secrets
from html import unescape
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from engage.core.db import db
from engage.events.kinds import EventKind, EventState, Need, SignUpState
from engage.events.models import Event, EventQuestion, Occurrence
from engage.events.signing.models import SignUp, SignUpChange
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make
from tests.browser import Visitor
from tests.events.planning.conftest import dates
from tests.events.signing.people import signed

pytestmark = pytest.mark.usefixtures("november")
HOME = "/equipe/evenements"
CONTROL = re.compile(
    r"<(input|textarea|select)\b([^>]*)>(.*?)(?=</?(?:textarea|select|input|div|label)\b)", re.DOTALL
)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
DAY = {
    "day": "2026-12-10", "starts": "14:00", "ends": "16:00", "closes": "0", "comes": "once", "more_days": "",
    "last_day": "", "school_zone": "", "place": "", "note": "",
}  # fmt: skip
WALK = DAY | {
    "day": "2026-11-26", "starts": "10:00", "ends": "11:30", "comes": "weekly", "last_day": "2027-05-27",
    "school_zone": "A",
}  # fmt: skip


def filled(page: str) -> dict[str, Any]:
    """What a browser would send of the form on this page, untouched."""
    found: dict[str, Any] = {}
    for tag, attributes, body in CONTROL.findall(page):
        facts = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        kind, name = facts.get("type", ""), facts.get("name", "")
        if not name or kind == "file" or (kind in ("radio", "checkbox") and "checked" not in facts):
            continue
        if tag == "select":
            chosen = re.search(r'<option selected value="([^"]*)"', body)
            found[name] = chosen.group(1) if chosen else ""
        else:
            found[name] = unescape(body).strip("\r\n") if tag == "textarea" else facts.get("value", "")
    return found


def code_in(location: str) -> str:
    found = re.search(r"/equipe/evenements/(?:dates/)?(\w+)", location)
    assert found
    return found.group(1)


def planned(visitor: Visitor, kind: str = "workshop", **changes: Any) -> str:
    """The code of a new event, made as the page offers it."""
    visitor.get(f"{HOME}/nouveau/{kind}")
    response = visitor.post(f"{HOME}/nouveau/{kind}", filled(visitor.page) | changes)
    assert response.headers["Location"].endswith("/dates")
    return code_in(response.headers["Location"])


def published(visitor: Visitor, kind: str = "workshop", **changes: Any) -> str:
    code = planned(visitor, kind)
    visitor.post(f"{HOME}/{code}/dates", DAY | changes)
    visitor.post(f"{HOME}/{code}/publication")
    return code


def only(app: Flask, code: str) -> Event:
    return db.session.scalars(select(Event).filter_by(code=code)).one()


def date_of(app: Flask, code: str, number: int = 0) -> Occurrence:
    return dates(only(app, code))[number]


def verbs() -> list[str]:
    return [entry.verb for entry in db.session.scalars(select(Entry).order_by(Entry.id))]


class TestPlanning:
    @pytest.fixture
    def engine_name(self) -> str:
        """The classes below go to both databases."""
        return "sqlite"

    def test_each_kind_is_ready_to_be_kept_as_it_is(self, app: Flask, chloe: Visitor) -> None:
        chloe.get(f"{HOME}/nouveau")
        for kind in EventKind:
            assert f"{HOME}/nouveau/{kind}" in chloe.page
            planned(chloe, kind)
            chloe.get(f"{HOME}/nouveau")
        with app.app_context():
            assert {event.kind for event in db.session.scalars(select(Event))} == set(EventKind)

    def test_a_workshop_of_two_dates_is_published(self, app: Flask, chloe: Visitor, nobody: Visitor) -> None:
        code = planned(chloe, capacity="12")
        chloe.get(f"{HOME}/{code}")
        assert "Choisissez d’abord les dates" in chloe.page
        chloe.post(f"{HOME}/{code}/publication", status=409)
        assert "quand venir" in chloe.page
        chloe.get(f"{HOME}/{code}/dates")
        chloe.follow(chloe.post(f"{HOME}/{code}/dates", DAY | {"more_days": "17/12/2026\n2027-01-07\n"}))
        assert "3 dates sont ajoutées" in chloe.page
        chloe.follow(chloe.post(f"{HOME}/{code}/publication"))
        assert "jeudi 7 janvier 2027 à 14\u00a0h" in chloe.page
        with app.app_context():
            assert [one.capacity for one in dates(only(app, code))] == [12, 12, 12]
            first = date_of(app, code).code
            assert verbs() == ["event created", "dates added", "event published"]
        nobody.get(f"/evenements/{first}")
        assert "Atelier" in nobody.page
        chloe.get(f"{HOME}/dates/{first}")
        for size in ("a4", "a5"):
            assert f"/evenements/{first}/affiche/{size}" in chloe.page
            assert chloe.get(f"/evenements/{first}/affiche/{size}").mimetype == "application/pdf"

    def test_a_weekly_walk_is_looked_at_twice(self, app: Flask, chloe: Visitor) -> None:
        code = planned(chloe, "walk")
        chloe.post(f"{HOME}/{code}/dates", WALK | {"last_day": "2028-05-25"}, status=200)
        assert "Nous connaissons les vacances scolaires jusqu’au mardi 31 août 2027" in chloe.page
        said = [line for line in chloe.page.splitlines() if "vacances scolaires pas encore connues" in line]
        assert len(said) == 37  # 39 Thursdays, but Armistice and Ascension
        assert "2 septembre 2027" in said[0]
        chloe.get(f"{HOME}/{code}/dates")
        chloe.post(f"{HOME}/{code}/dates", WALK, status=200)
        assert "Nous connaissons les vacances" not in chloe.page
        assert "pas encore connues" not in chloe.page
        assert "Vacances de Noël" in chloe.page
        assert "Ascension" in chloe.page
        sent = filled(chloe.page)
        ticked = re.findall(r'name="without" value="([^"]+)" checked', chloe.page)
        assert {"2026-12-24", "2026-12-31", "2027-02-18", "2027-05-06"} <= set(ticked)
        kept = [day for day in ticked if day != "2026-12-31"]
        chloe.follow(chloe.post(f"{HOME}/{code}/dates", sent | {"without": kept}))
        assert "Chaque semaine, le jeudi, jusqu’au jeudi 27 mai 2027" in chloe.page
        with app.app_context():
            days = [one.day.isoformat() for one in dates(only(app, code))]
        assert "2026-12-31" in days
        assert not set(kept) & set(days)
        assert days[-1] == "2027-05-20"

    def test_two_dates_at_one_time_are_refused_with_what_was_typed(self, chloe: Visitor) -> None:
        code = published(chloe)
        twice = DAY | {"starts": "15:00", "ends": "17:00", "note": "Deuxième groupe"}
        chloe.post(f"{HOME}/{code}/dates", twice, status=409)
        assert "déjà une date à ce moment-là" in unescape(chloe.page)
        assert "Deuxième groupe" in chloe.page

    def test_a_copy_is_a_draft_with_the_same_words_and_questions(self, app: Flask, chloe: Visitor) -> None:
        code = published(chloe)
        twin = code_in(chloe.post(f"{HOME}/{code}/copie").headers["Location"])
        with app.app_context():
            old, new = only(app, code), only(app, twin)
            assert (new.state, new.title) == (EventState.DRAFT, f"{old.title} (copie)")
            assert (new.what, new.capacity, new.rung) == (old.what, old.capacity, old.rung)
            asked = [
                db.session.scalars(select(EventQuestion.text).filter_by(event_id=one.id)).all()
                for one in (old, new)
            ]
            assert asked[0] == asked[1]
            assert not dates(new)

    def test_a_draft_is_thrown_away_a_published_event_is_not(self, app: Flask, chloe: Visitor) -> None:
        draft, shown = planned(chloe), published(chloe, day="2026-12-15")
        chloe.post(f"{HOME}/{draft}/dates", DAY)
        chloe.get(f"{HOME}/{draft}")
        chloe.follow(chloe.post(f"{HOME}/{draft}/retrait"))
        chloe.get(f"{HOME}/{draft}", status=404)
        chloe.post(f"{HOME}/{shown}/retrait", status=409)
        assert "annulez-le plutôt" in chloe.page

    def test_an_unknown_kind_is_not_found(self, chloe: Visitor) -> None:
        chloe.get(f"{HOME}/nouveau/fête", status=404)

    def test_members_of_the_team_see_but_do_not_plan(self, app: Flask, chloe: Visitor) -> None:
        code = published(chloe)
        with app.app_context():
            from engage.accounts.models import Role

            account = make.account("Ines", Role.STAFF)
            db.session.commit()
            ines = Visitor(app, account.id)
            first = date_of(app, code).code
        for path in (
            "",
            f"/{code}",
            f"/dates/{first}",
            f"/dates/{first}/inscription",
            f"/dates/{first}/annulation",
        ):
            ines.get(f"{HOME}{path}")
        theirs = [f"/{code}/{deed}" for deed in ("modification", "dates", "annulation")]
        theirs += [f"/dates/{first}/{deed}" for deed in ("modification", "message")]
        for path in ("/nouveau", "/nouveau/walk", *theirs):
            ines.get(f"{HOME}{path}", status=403)


RHYTHMS = {
    "fortnightly": "Toutes les 2 semaines, le jeudi",
    "monthly_weekday": "Chaque mois, le 4e jeudi",
    "monthly_date": "Chaque mois, le 26",
}
NO_DATES = [
    ({"ends": "13:00"}, "La fin vient après le début", 422),
    ({"day": "2027-03-28", "starts": "02:30", "ends": "04:00"}, "n’existe pas", 422),
    ({"day": ""}, "C’est nécessaire.", 422),
    ({"more_days": "demain"}, "demain\u00a0» n’est pas un jour", 422),
    ({"comes": "weekly"}, "Une série a besoin d’un dernier jour", 422),
    ({"comes": "weekly", "last_day": "2026-12-01"}, "Le dernier jour vient avant le premier", 422),
    ({"comes": "weekly", "last_day": "2030-12-01"}, "Une série dure 2 ans au plus", 422),
    ({"comes": "every second"}, "", 422),
    ({"day": "2026-11-01"}, "c’est déjà passé", 409),
    ({"day": "2026-11-24", "closes": "168"}, "les inscriptions seraient déjà closes", 409),
]
NO_EVENTS = [
    ({"title": "…"}, "quelques mots"),
    ({"place": "", "online_link": ""}, "Dites où cela se passe"),
    ({"online_link": "javascript:alert(1)"}, "Un lien commence par https://"),
    ({"capacity": "0"}, "entre 1 et 5000"),
    ({"capacity": "5", "reserved_places": "6"}, "moins de places"),
    ({"capacity": "", "reserved_places": "2"}, "moins de places"),
    ({"signing_up": "perhaps"}, ""),
]


class TestBadInput:
    @pytest.fixture
    def engine_name(self) -> str:
        """Forms do not depend on the database."""
        return "sqlite"

    def test_a_date_that_cannot_be_is_said_and_nothing_is_lost(self, chloe: Visitor) -> None:
        code = planned(chloe)
        for wrong, words, status in NO_DATES:
            chloe.get(f"{HOME}/{code}/dates")
            chloe.post(f"{HOME}/{code}/dates", DAY | {"note": "Sonnez deux fois"} | wrong, status=status)
            assert words in unescape(chloe.page), wrong
            assert "Sonnez deux fois" in chloe.page

    def test_an_event_that_cannot_be_says_why(self, chloe: Visitor) -> None:
        chloe.get(f"{HOME}/nouveau/workshop")
        sent = filled(chloe.page) | {"to_bring": "Un coussin rouge"}
        for wrong, words in NO_EVENTS:
            chloe.post(f"{HOME}/nouveau/workshop", sent | wrong, status=422)
            assert words in unescape(chloe.page), wrong
            assert "Un coussin rouge" in chloe.page

    def test_each_rhythm_is_said_in_plain_words(self, chloe: Visitor) -> None:
        for comes, words in RHYTHMS.items():
            code = planned(chloe, "walk")
            chloe.post(f"{HOME}/{code}/dates", WALK | {"comes": comes, "school_zone": ""}, status=200)
            chloe.follow(chloe.post(f"{HOME}/{code}/dates", filled(chloe.page) | {"without": []}))
            assert words in chloe.page


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    file.seek(0)
    return file


class TestChanging:
    def test_words_and_photo_change_and_two_people_do_not_overwrite_each_other(
        self, app: Flask, chloe: Visitor
    ) -> None:
        code = published(chloe)
        chloe.get(f"{HOME}/{code}/modification")
        first = filled(chloe.page)
        unsaid = first | {"photo": (picture(), "salle.png"), "photo_alt": ""}
        chloe.post(f"{HOME}/{code}/modification", unsaid, status=422)
        assert "ce qu’elle montre" in chloe.page
        pictured = first | {
            "title": "Dormir mieux",
            "photo": (picture(), "salle.png"),
            "photo_alt": "La salle",
        }
        chloe.follow(chloe.post(f"{HOME}/{code}/modification", pictured))
        assert "Dormir mieux" in chloe.page
        assert (chloe.get(f"{HOME}/{code}/photo").mimetype or "").startswith("image/")
        chloe.post(f"{HOME}/{code}/modification", first | {"title": "Bien dormir"}, status=409)
        assert "entre-temps" in chloe.page
        assert "Bien dormir" in chloe.page
        with app.app_context():
            assert date_of(app, code).sequence == 1
        chloe.get(f"{HOME}/{code}/modification")
        chloe.post(f"{HOME}/{code}/modification", filled(chloe.page) | {"no_photo": "y"})
        chloe.get(f"{HOME}/{code}/photo", status=404)

    def test_a_question_that_was_answered_is_reworded_not_taken_away(
        self, app: Flask, chloe: Visitor
    ) -> None:
        code = published(chloe)
        with app.app_context():
            signed(date_of(app, code), answers=["Des idées simples"])
        chloe.get(f"{HOME}/{code}/modification")
        sent = filled(chloe.page)
        chloe.post(f"{HOME}/{code}/modification", sent | {"question_1": ""}, status=409)
        assert "pas l’enlever" in chloe.page
        chloe.get(f"{HOME}/{code}/modification")
        chloe.post(
            f"{HOME}/{code}/modification", filled(chloe.page) | {"question_1": "Que voulez-vous savoir ?"}
        )
        with app.app_context():
            assert db.session.scalars(select(EventQuestion.text)).all() == ["Que voulez-vous savoir ?"]
        chloe.post(f"{HOME}/{code}/modification", sent | {"question_1": "Et alors ?"}, status=409)
        assert "entre-temps" in chloe.page

    def test_a_cancelled_event_tells_everyone_and_takes_no_date(self, app: Flask, chloe: Visitor) -> None:
        code = published(chloe)
        with app.app_context():
            signed(date_of(app, code))
        chloe.get(f"{HOME}/{code}/annulation")
        chloe.post(f"{HOME}/{code}/annulation", {"why": ""}, status=422)
        chloe.follow(chloe.post(f"{HOME}/{code}/annulation", {"why": "L’animatrice est malade."}))
        assert "Il est annulé" in chloe.page
        with app.app_context():
            assert date_of(app, code).is_cancelled
            assert (
                "malade"
                in db.session.scalars(select(Message.body).order_by(Message.id.desc())).first().__str__()
            )
        chloe.post(f"{HOME}/{code}/dates", DAY | {"day": "2026-12-20"}, status=409)
        chloe.post(f"{HOME}/{code}/annulation", {"why": "Encore"}, status=409)
        chloe.get(HOME)

    def test_a_date_moves_and_is_called_off(self, app: Flask, chloe: Visitor) -> None:
        code = published(chloe)
        with app.app_context():
            first = date_of(app, code).code
            signed(date_of(app, code))
        chloe.get(f"{HOME}/dates/{first}/modification")
        sent = filled(chloe.page)
        chloe.post(f"{HOME}/dates/{first}/modification", sent | {"ends": "13:00"}, status=422)
        chloe.follow(chloe.post(f"{HOME}/dates/{first}/modification", sent | {"day": "2026-12-11"}))
        assert "1 inscription est prévenue" in chloe.page
        chloe.post(f"{HOME}/dates/{first}/modification", sent | {"day": "2026-12-12"}, status=409)
        chloe.get(f"{HOME}/dates/{first}/annulation")
        chloe.post(f"{HOME}/dates/{first}/annulation", {"why": "", "scope": "this"}, status=422)
        chloe.follow(chloe.post(f"{HOME}/dates/{first}/annulation", {"why": "Neige", "scope": "this"}))
        assert "1 date est annulée" in chloe.page
        chloe.get(f"{HOME}/dates/{first}")
        assert "Neige" in chloe.page

    def test_a_series_offers_the_three_ways_to_change_it(self, app: Flask, chloe: Visitor) -> None:
        code = planned(chloe, "walk")
        chloe.post(f"{HOME}/{code}/dates", WALK, status=200)
        chloe.post(f"{HOME}/{code}/dates", filled(chloe.page) | {"without": []})
        chloe.post(f"{HOME}/{code}/publication")
        with app.app_context():
            second, count = date_of(app, code, 1).code, len(dates(only(app, code)))
        chloe.get(f"{HOME}/dates/{second}/modification")
        assert "Toutes les dates à venir" in chloe.page
        sent = filled(chloe.page) | {"starts": "09:30", "ends": "11:00", "scope": "following"}
        chloe.follow(chloe.post(f"{HOME}/dates/{second}/modification", sent))
        with app.app_context():
            assert [one.starts.hour for one in dates(only(app, code))] == [10] + [9] * (count - 1)
        chloe.get(f"{HOME}/dates/{second}/annulation")
        chloe.follow(chloe.post(f"{HOME}/dates/{second}/annulation", {"why": "Fin", "scope": "following"}))
        assert f"{count - 1} dates sont annulées" in chloe.page


class TestPeople:
    def test_the_first_page_says_what_to_do_now(self, app: Flask, chloe: Visitor) -> None:
        planned(chloe, "film")
        code = published(chloe, day="2026-11-25")
        with app.app_context():
            date = date_of(app, code)
            date.capacity = 1
            db.session.commit()
            signed(date, needs=[Need.HEARING])
            signed(date, "Paul")
        chloe.get("/equipe")
        assert "Une date à préparer" in chloe.page
        chloe.get(HOME)
        assert "1 inscription avec un besoin" in chloe.page
        assert "Complet, et 1 inscription attend" in chloe.page
        assert "est un brouillon" in chloe.page
        assert "amina@exemple.fr" not in chloe.page

    def test_a_look_at_the_list_is_in_the_journal(self, app: Flask, chloe: Visitor) -> None:
        code = published(chloe)
        with app.app_context():
            date = date_of(app, code)
            needs: dict[str, Any] = {
                "needs": [Need.STEP_FREE],
                "needs_words": "Un fauteuil large",
                "answers": ["Mieux dormir"],
            }
            signed(date, party=2, **needs)
            first = date.code
        chloe.get(f"{HOME}/dates/{first}")
        assert "sans marche, avec une rampe" in chloe.page
        assert "Un fauteuil large" not in chloe.page
        assert "Amina" not in chloe.page
        chloe.post(f"{HOME}/dates/{first}/liste", status=200)
        for words in ("Amina", "amina@exemple.fr", "Un fauteuil large", "Mieux dormir", "Entrer sans marche"):
            assert words in chloe.page
        with app.app_context():
            assert verbs()[-1] == "guests viewed"

    def test_somebody_is_signed_up_on_the_phone(self, app: Flask, chloe: Visitor) -> None:
        code = published(chloe)
        with app.app_context():
            first = date_of(app, code).code
        where = f"{HOME}/dates/{first}/inscription"
        chloe.get(where)
        empty = filled(chloe.page)
        chloe.post(where, empty | {"name": "Paul Durand", "reply": "phone"}, status=422)
        assert "Tapez le numéro" in chloe.page
        said = {"name": "Paul Durand", "reply": "phone", "phone": "06 12 34 56 78", "needs": ["transport"],
                "role_1": "carer", "name_1": "Lise", "answer_1": "Bien dormir"}  # fmt: skip
        chloe.post(where, empty | said, status=200)
        shown = re.search(r'<strong class="code"[^>]*>([^<]+)<', chloe.page)
        chloe.post(where, empty | said, status=200)
        again = re.search(r'<strong class="code"[^>]*>([^<]+)<', chloe.page)
        assert shown and again and shown.group(1) == again.group(1)  # noqa: PT018
        assert "data-print" in chloe.page
        with app.app_context():
            one = db.session.scalars(select(SignUp)).one()
            assert (one.name, one.party, one.contact, one.said) == (
                "Paul Durand",
                2,
                "06 12 34 56 78",
                ["Bien dormir"],
            )
            assert one.entered_by_id == chloe.account_id
            change = db.session.scalars(select(SignUpChange)).one()
            assert (change.cause, change.by_id) == ("team", chloe.account_id)

    def test_one_without_phone_or_mail_waits_with_a_code(self, app: Flask, chloe: Visitor) -> None:
        code = published(chloe)
        with app.app_context():
            date = date_of(app, code)
            date.capacity = 1
            db.session.commit()
            signed(date)
            first = date.code
        chloe.get(f"{HOME}/dates/{first}/inscription")
        sent = filled(chloe.page) | {"name": "Jeanne", "reply": "reception"}
        chloe.post(f"{HOME}/dates/{first}/inscription", sent, status=200)
        assert "liste d’attente" in chloe.page
        assert "C’est la première" in chloe.page

    def test_places_change_but_never_below_those_held(self, app: Flask, chloe: Visitor) -> None:
        code = published(chloe)
        with app.app_context():
            signed(date_of(app, code), party=3)
            first = date_of(app, code).code
        chloe.get(f"{HOME}/dates/{first}/places")
        chloe.post(f"{HOME}/dates/{first}/places", {"capacity": "douze"}, status=422)
        chloe.post(f"{HOME}/dates/{first}/places", {"capacity": "2"}, status=409)
        assert "3" in chloe.page
        chloe.follow(chloe.post(f"{HOME}/dates/{first}/places", {"capacity": "3"}))
        chloe.get(f"{HOME}/dates/{first}/places")
        chloe.follow(chloe.post(f"{HOME}/dates/{first}/places", {"capacity": ""}))
        with app.app_context():
            assert date_of(app, code).capacity is None

    def test_a_place_given_back_goes_to_the_next_who_says_yes_on_the_phone(
        self, app: Flask, chloe: Visitor
    ) -> None:
        code = published(chloe)
        with app.app_context():
            date = date_of(app, code)
            date.capacity = 1
            db.session.commit()
            amina, paul = signed(date).code, signed(date, "Paul").code
            first = date.code
        chloe.post(f"{HOME}/inscriptions/{amina}/annulation")
        chloe.post(f"{HOME}/dates/{first}/liste", status=200)
        assert "Place proposée" in chloe.page
        chloe.follow(chloe.post(f"{HOME}/inscriptions/{paul}/acceptation"))
        with app.app_context():
            states = {one.code: one.state for one in db.session.scalars(select(SignUp))}
        assert states == {amina: SignUpState.CANCELLED, paul: SignUpState.CONFIRMED}

    def test_a_word_reaches_everyone_once_by_their_channel(self, app: Flask, chloe: Visitor) -> None:
        code = published(chloe)
        with app.app_context():
            date = date_of(app, code)
            first = date.code
        chloe.get(f"{HOME}/dates/{first}/message")
        chloe.post(f"{HOME}/dates/{first}/message", {"words": "Venez tôt."}, status=409)
        assert "personne à prévenir" in chloe.page
        with app.app_context():
            date = date_of(app, code)
            date.capacity = 2
            db.session.commit()
            signed(date, needs=[Need.QUIET])
            signed(date, "Paul", reply="phone", contact="06 12 34 56 78")
            signed(date, "Zoé")
        chloe.get(f"{HOME}/dates/{first}/message")
        chloe.post(f"{HOME}/dates/{first}/message", {"words": ""}, status=422)
        words = {"words": "Prenez un coussin.", "submission_key": secrets.token_urlsafe(16)}
        chloe.follow(chloe.post(f"{HOME}/dates/{first}/message", words))
        assert "2 inscriptions sont prévenues" in chloe.page
        chloe.post(f"{HOME}/dates/{first}/message", words)
        with app.app_context():
            written = [one for one in db.session.scalars(select(Message)) if "coussin" in one.body]
            assert sorted(one.channel for one in written) == ["mail", "phone"]
            assert not any("calme" in one.body for one in written)

    def test_a_storm_cancels_a_walk_in_one_tap(self, app: Flask, chloe: Visitor) -> None:
        code = published(chloe, "walk", day="2026-11-23")
        with app.app_context():
            date = date_of(app, code)
            first = date.code
            signed(date, reply="phone", contact="06 12 34 56 78")
        chloe.get(f"{HOME}/dates/{first}")
        assert "Annuler pour la météo" in chloe.page
        chloe.post(f"{HOME}/dates/{first}/annulation")
        with app.app_context():
            assert date_of(app, code).cancelled_why == "La météo est trop mauvaise pour marcher."
            message = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
            assert message is not None
            assert (message.channel, "météo" in message.body) == ("phone", True)
        chloe.get(f"{HOME}/dates/{first}")
        assert "Annuler pour la météo" not in chloe.page

    def test_codes_of_others_lead_nowhere(self, chloe: Visitor) -> None:
        for path in ("/abc", "/dates/abc", "/dates/abc/places", "/dates/abc/inscription"):
            chloe.get(f"{HOME}{path}", status=404)
        chloe.post(f"{HOME}/inscriptions/abc/annulation", status=404)
