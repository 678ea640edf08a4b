"""The door as a telephone opens it, the desk as the team does, and what strangers are told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from engage.core import pdf
from engage.core.clock import now
from engage.core.db import db
from engage.events.arriving import queries
from engage.events.arriving.entries import MOST_BYTES, MOST_ENTRIES
from engage.events.arriving.models import Arrival, DoorPass
from engage.events.kinds import SignUpState
from engage.events.letters import letters
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.journal.models import Entry as Written
from tests import make
from tests.browser import Visitor
from tests.core.paper import words
from tests.events.arriving.conftest import TEN
from tests.events.signing.people import signed
from tests.page import check


@dataclass
class Day:
    """A walk at ten, by the codes of its date and of who comes."""

    app: Flask
    code: str
    people: dict[str, str]

    @property
    def desk(self) -> str:
        return f"/equipe/evenements/dates/{self.code}/accueil"

    @property
    def door(self) -> str:
        return f"/accueil/{self.code}"

    def states(self) -> dict[str, SignUpState]:
        with self.app.app_context():
            rows = select(SignUp.name, SignUp.state).order_by(SignUp.id)
            return {name or "": state for name, state in db.session.execute(rows)}

    def letters(self, name: str) -> str:
        with self.app.app_context():
            return letters(self.people[name])


@pytest.fixture
def day(app: Flask, clock: time_machine.Traveller) -> Day:
    with app.app_context():
        date = make.occurrence(make.event(), starts_at=TEN, capacity=12, place="Parc des Tilleuls")
        made = [signed(date, "Amina"), signed(date, "Benoît", 3), signed(date, "Chloé")]
        return Day(app, date.code, {one.name or "": one.code for one in made})


@pytest.fixture
def phone(day: Day, chloe: Visitor) -> Visitor:
    """The telephone on which Chloé opened the door, and signed out."""
    chloe.follow(chloe.post(f"{day.desk}/telephone", {"device": "Accueil"}))
    with chloe.client.session_transaction() as own:
        own.clear()
    return chloe


def told(page: str, mark: str) -> str:
    return page.split(f'data-{mark}="')[1].split('"', maxsplit=1)[0]


def sent(phone: Visitor, day: Day, *entries: dict[str, Any], **said: Any) -> TestResponse:
    """What the script of the page would send."""
    present = now().timestamp() * 1000
    whole = {"now": present, "entries": [{"at": present, **one} for one in entries]} | said
    return raw(phone, day, json.dumps(whole).encode())


def raw(phone: Visitor, day: Day, body: bytes, key: str | None = None) -> TestResponse:
    headers = {"X-Door": told(phone.page, "key") if key is None else key}
    return phone.client.post(f"{day.door}/envoi", data=body, headers=headers, content_type="application/json")


def noted(number: int, kind: str, who: str = "", **more: Any) -> dict[str, Any]:
    return {"key": f"key-of-the-door-{number:04}", "kind": kind, "who": who, "party": 0, "name": "", **more}


def test_the_door_works_without_scripts_and_without_an_account(day: Day, phone: Visitor) -> None:
    phone.get(day.door)
    assert "Amina" in phone.page
    assert day.letters("Amina")[:3] in phone.page
    phone.follow(phone.post(day.door, {"came": day.people["Amina"]}))
    phone.follow(phone.post(day.door, {"came": day.people["Benoît"], f"heads-{day.people['Benoît']}": "2"}))
    assert "<span data-people>3</span>" in phone.page
    phone.follow(phone.post(day.door, {"undone": day.people["Amina"]}))
    phone.follow(phone.post(day.door, {"walk_in": "1", "name": "Paul", "party": "2"}))
    phone.follow(phone.post(day.door, {"count": "1"}))
    phone.follow(phone.post(day.door, {"count": "-1"}))
    assert "Paul" in phone.page
    assert day.states() == {
        "Amina": SignUpState.CONFIRMED, "Benoît": SignUpState.ATTENDED, "Chloé": SignUpState.CONFIRMED,
        "Paul": SignUpState.WALK_IN,
    }  # fmt: skip


def test_a_double_press_notes_once(day: Day, phone: Visitor) -> None:
    phone.get(day.door)
    for _twice in range(2):
        phone.post(day.door, {"walk_in": "1", "party": "1"})
    assert list(day.states().values()).count(SignUpState.WALK_IN) == 1


@pytest.mark.parametrize("typed", ["ben", "BENOIT", "  benoît "])
def test_somebody_is_found_by_name(day: Day, phone: Visitor, typed: str) -> None:
    phone.get(f"{day.door}?q={typed}")
    assert "Benoît" in phone.page
    assert "Amina" not in phone.page


def test_somebody_is_found_by_six_letters(day: Day, phone: Visitor) -> None:
    said = day.letters("Chloé")
    phone.get(f"{day.door}?q={said[:3].lower()} {said[3:]}")
    assert "Chloé" in phone.page
    assert "Benoît" not in phone.page
    phone.get(f"{day.door}?q=QQQQQQ")
    assert "Benoît" not in phone.page


def test_the_page_tells_names_and_nothing_else(app: Flask, day: Day, phone: Visitor) -> None:
    with app.app_context():
        one = db.session.scalars(select(SignUp).filter_by(code=day.people["Benoît"])).one()
        one.needs_words, one.companions[0].name = "Un fauteuil", "Fatou"
        db.session.commit()
    phone.get(day.door)
    told_by_script = sent(phone, day).get_data(as_text=True)
    for page in (phone.page, told_by_script):
        assert "Beno" in page
        for private in ("fauteuil", "Fatou", "exemple.fr"):
            assert private not in page


def test_without_a_pass_nothing_is_told(day: Day, phone: Visitor, nobody: Visitor) -> None:
    nobody.get(day.door, status=404)
    assert "data-gone" in nobody.page
    assert "Marche" not in nobody.page
    nobody.post(day.door, {"came": day.people["Amina"], "submission_key": "k" * 20}, status=404)
    nobody.get("/accueil/nowhere1", status=404)
    phone.get(day.door)
    assert raw(nobody, day, b"{}", key="").status_code == 404
    assert raw(nobody, day, b"{}", key=told(phone.page, "key")).get_json() == {"gone": True}
    assert raw(phone, day, b"{}", key="x").status_code == 404
    assert set(day.states().values()) == {SignUpState.CONFIRMED}


def test_a_pass_is_for_one_date(app: Flask, day: Day, phone: Visitor) -> None:
    with app.app_context():
        other = make.occurrence(make.event())
        code = other.code
        db.session.commit()
    with phone.client as client:
        cookie = client.get_cookie("door", path=day.door)
        assert cookie is not None
        assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", day.door)
        client.set_cookie("door", cookie.value, path=f"/accueil/{code}")
    phone.get(f"/accueil/{code}", status=404)


def test_what_is_sent_twice_is_noted_once(day: Day, phone: Visitor) -> None:
    phone.get(day.door)
    batch = [
        noted(1, "came", day.people["Amina"]),
        noted(2, "walk_in", party=2, name="Paul"),
        noted(3, "count", party=1),
    ]
    first, second = sent(phone, day, *batch).get_json(), sent(phone, day, *batch).get_json()
    assert first == second
    assert (len(first["done"]), first["refused"], first["counted"]) == (3, [], 1)
    assert [(one["name"], one["state"], one["party"]) for one in first["people"]] == [
        ("Amina", "attended", 1), ("Benoît", "confirmed", 3), ("Chloé", "confirmed", 1),
        ("Paul", "walk_in", 2),
    ]  # fmt: skip


def test_a_clock_that_goes_wrong_does_not_matter(app: Flask, day: Day, phone: Visitor) -> None:
    phone.get(day.door)
    entry = noted(1, "came", day.people["Amina"]) | {"at": 10_000}
    assert sent(phone, day, entry, now=70_000).status_code == 200
    assert (
        sent(phone, day, noted(2, "undone", day.people["Amina"]) | {"at": 99_000}, now=70_000).status_code
        == 200
    )
    with app.app_context():
        made = db.session.scalars(select(DoorPass.made_at)).one()
        assert list(db.session.scalars(select(Arrival.at).order_by(Arrival.id))) == [made, now()]


NONSENSE: list[Any] = [
    b"", b"\xff\xfe", b"[]", b"7", b"null", b"{", b'{"now": 1}', b'{"now": "1", "entries": []}',
    b'{"now": 1, "entries": {}}', b'{"now": NaN, "entries": []}', b'{"now": true, "entries": []}',
    b"[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
def test_what_cannot_be_read_is_refused(day: Day, phone: Visitor, body: bytes) -> None:
    phone.get(day.door)
    answer = raw(phone, day, body)
    assert answer.status_code == 422
    check(answer.get_data(as_text=True))


@pytest.mark.parametrize("count", [MOST_ENTRIES + 1, 10_000])
def test_too_much_at_once_is_refused_and_nothing_of_it_noted(day: Day, phone: Visitor, count: int) -> None:
    phone.get(day.door)
    entries = [
        {"key": f"key-of-the-door-{number:05}", "kind": "count", "party": 1} for number in range(count)
    ]
    answer = sent(phone, day, *entries)
    assert answer.status_code == 413
    assert raw(phone, day, b" " * (MOST_BYTES + 1)).status_code == 413
    with day.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Arrival)) == 0


def test_nonsense_among_sense_is_named_and_the_rest_noted(day: Day, phone: Visitor) -> None:
    phone.get(day.door)
    amina = day.people["Amina"]
    wrong = [
        noted(1, "came"), noted(2, "came", amina, party=7), noted(3, "came", amina, party=-1),
        noted(4, "walk_in"), noted(5, "walk_in", party=7), noted(6, "count"), noted(7, "flew", amina),
        noted(8, "came", amina) | {"at": "now"}, noted(9, "came", amina) | {"name": 3},
        noted(10, "came", amina) | {"party": True}, noted(11, "came", amina) | {"who": None},
        noted(12, "count", party=10**30), noted(13, "came", "nowhere1"), noted(14, "undone", amina, party=2),
        noted(15, "came", amina) | {"key": "short"},
    ]  # fmt: skip
    dated = [{"at": 1, **one} for one in (*wrong, noted(16, "came", amina))]
    whole = {"now": 1, "entries": [*dated, 7, None, {"kind": "came"}]}
    said = raw(phone, day, json.dumps(whole).encode()).get_json()
    assert said["done"] == ["key-of-the-door-0016"]
    assert sorted(said["refused"]) == sorted(one["key"] for one in wrong)
    assert day.states()["Amina"] is SignUpState.ATTENDED


@pytest.mark.parametrize("who", ["\x00" * 8, "\ud800", "x" * 65, "é' OR 1=1 --"])
def test_a_code_that_nobody_gave_out_finds_nobody(day: Day, phone: Visitor, who: str) -> None:
    phone.get(day.door)
    said = sent(phone, day, noted(1, "came", who), noted(2, "undone", who)).get_json()
    assert (said["done"], len(said["refused"])) == ([], 2)
    phone.post(day.door, {"came": who.encode(errors="ignore").decode() or "?"})
    assert set(day.states().values()) == {SignUpState.CONFIRMED}


def test_a_name_is_kept_as_names_are(day: Day, phone: Visitor) -> None:
    phone.get(day.door)
    sent(phone, day, noted(1, "walk_in", party=1, name=" Paul\u202e\x00 <b>\n" + "x" * 900))
    (name,) = [one for one in day.states() if one.startswith("Paul")]
    assert name.startswith("Paul <b> xxx")
    assert len(name) == 200
    phone.get(day.door)
    assert "Paul &lt;b&gt;" in phone.page


def test_a_telephone_is_taken_back(day: Day, phone: Visitor, admin: Visitor) -> None:
    phone.get(day.door)
    admin.get(day.desk)
    assert "Accueil" in admin.page
    way = admin.page.split('action="')
    (revoke,) = [part.split('"')[0] for part in way if part.startswith(f"{day.desk}/telephones/")]
    admin.follow(admin.post(revoke))
    assert raw(phone, day, b"{}").get_json() == {"gone": True}
    phone.get(day.door, status=404)
    with day.app.app_context():
        code = db.session.scalars(select(DoorPass.code)).one()
        other = make.occurrence(make.event()).code
        db.session.commit()
    admin.post(f"/equipe/evenements/dates/{other}/accueil/telephones/{code}/retrait", status=404)


def test_whoever_holds_the_telephone_ends_it(day: Day, phone: Visitor) -> None:
    phone.get(day.door)
    phone.follow(phone.post(day.door, {"end": "1"}), status=404)
    assert "data-gone" in phone.page


def test_a_pass_ends_a_day_after(day: Day, phone: Visitor, clock: time_machine.Traveller) -> None:
    phone.get(day.door)
    assert int(told(phone.page, "ends")) == (TEN + timedelta(minutes=90, days=1)).timestamp() * 1000
    clock.move_to(TEN + timedelta(minutes=90, days=1))
    assert raw(phone, day, b"{}").status_code == 404
    phone.get(day.door, status=404)


def test_what_a_telephone_keeps_of_the_page_names_nobody(day: Day, phone: Visitor) -> None:
    answer = phone.get(day.door)
    assert "Benoît" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    key = phone.client.get_cookie("door_list", path=day.door)
    assert key is not None
    assert (key.http_only, key.same_site, key.path, len(key.value)) == (False, "Strict", day.door, 64)
    assert key.expires is not None
    assert key.expires.timestamp() * 1000 == int(told(phone.page, "ends"))
    blank = phone.get(f"{day.door}?vide=1").text
    assert "Benoît" not in blank
    assert told(blank, "at") == "0"
    assert key.value not in blank


def test_the_door_may_see_and_nothing_else_may(day: Day, phone: Visitor) -> None:
    assert "camera=(self)" in phone.get(day.door).headers["Permissions-Policy"]
    assert "camera=()" in phone.get("/evenements").headers["Permissions-Policy"]
    worker = phone.get("/accueil/hors-ligne.js")
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-cache"
    for page in ("/evenements", "/", f"/evenements/{day.code}"):
        phone.get(page)
        assert "door" not in phone.page.replace("door.html", "")


def test_the_desk_shows_figures_before_names(day: Day, chloe: Visitor) -> None:
    chloe.get(f"/equipe/evenements/dates/{day.code}")
    assert f'href="{day.desk}"' in chloe.page
    chloe.get(day.desk)
    assert "Benoît" not in chloe.page
    chloe.post(f"{day.desk}/liste", status=200)
    assert "Benoît" in chloe.page
    chloe.get("/equipe/journal")
    assert "Liste de" in chloe.page


def test_the_paper_list_comes_back(day: Day, chloe: Visitor, clock: time_machine.Traveller) -> None:
    clock.move_to(TEN + timedelta(hours=3))
    with day.app.app_context():
        chloe.sign_in(chloe.account.id)
    chloe.post(f"{day.desk}/liste", status=200)
    typed = {f"guest-{day.people['Amina']}": "1", f"guest-{day.people['Benoît']}": "2", "guest-nowhere1": "1"}
    nonsense = {f"guest-{day.people['Chloé']}": "99"}
    chloe.follow(chloe.post(f"{day.desk}/presences", typed | nonsense))
    assert "2 lignes sont changées" in chloe.page
    assert day.states() == {
        "Amina": SignUpState.ATTENDED, "Benoît": SignUpState.ATTENDED, "Chloé": SignUpState.CONFIRMED,
    }  # fmt: skip
    chloe.follow(chloe.post(f"{day.desk}/venue", {"name": "Paul", "party": "2"}))
    chloe.follow(chloe.post(f"{day.desk}/nombre", {"heads": "9"}))
    chloe.follow(chloe.post(f"{day.desk}/cloture"))
    assert "La journée est close" in chloe.page
    assert day.states()["Chloé"] is SignUpState.ABSENT
    chloe.follow(chloe.post(f"{day.desk}/reouverture"))
    assert day.states()["Chloé"] is SignUpState.CONFIRMED
    chloe.post(f"{day.desk}/liste", status=200)
    assert "checked" in chloe.page


def test_a_telephone_has_a_short_name(day: Day, chloe: Visitor) -> None:
    chloe.get(day.desk)
    chloe.post(f"{day.desk}/telephone", {"device": "x" * 100_000}, status=422)
    assert "govuk-error-summary" in chloe.page
    with day.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(DoorPass)) == 0


def test_wrong_numbers_are_said_in_place(day: Day, chloe: Visitor) -> None:
    chloe.get(day.desk)
    for heads in ("", "-1", "x", "5001"):
        chloe.post(f"{day.desk}/nombre", {"heads": heads}, status=422)
        assert "govuk-error-summary" in chloe.page
    chloe.post(f"{day.desk}/venue", {"party": "7"}, status=422)
    chloe.post(f"{day.desk}/cloture", status=409)
    chloe.get(day.desk)
    chloe.post(f"{day.desk}/presences", {"submission_key": "x"})


def test_the_sheet_to_sign(day: Day, chloe: Visitor) -> None:
    chloe.get(day.desk)
    answer = chloe.post(f"{day.desk}/feuille.pdf", status=200)
    content = answer.get_data()
    said = words(content)
    for name in ("Amina", "Benoît", "3 personnes", "Signature", "Parc des Tilleuls"):
        assert name in said
    with day.app.app_context():
        assert db.session.scalars(select(Written.verb).order_by(Written.id.desc())).first() == "guests viewed"
    assert pdf.ROOT.joinpath("arrival_sheet.typ").is_file()


def test_a_date_where_people_just_come(app: Flask, clock: object, chloe: Visitor) -> None:
    with app.app_context():
        code = make.occurrence(make.event(), starts_at=TEN).code
        db.session.commit()
    desk = f"/equipe/evenements/dates/{code}/accueil"
    chloe.post(f"{desk}/liste", status=200)
    chloe.get(desk)
    chloe.follow(chloe.post(f"{desk}/telephone"))
    assert "bienvenu" in chloe.page
    assert "Téléphone" in [door.device for door in _doors(app, code)]


def _doors(app: Flask, code: str) -> list[DoorPass]:
    with app.app_context():
        date = db.session.scalars(select(Occurrence).filter_by(code=code)).one()
        return list(queries.passes(date))


def test_a_long_list_asks_no_more_questions(app: Flask, day: Day, phone: Visitor, admin: Visitor) -> None:
    pages: list[tuple[Visitor, str]] = [(phone, day.door), (admin, day.desk)]

    def asked() -> list[int]:
        counts = []
        for visitor, address in pages:
            visitor.get(address)
            with visitor.counting() as seen:
                visitor.get(address)
            counts.append(len(seen))
        with phone.counting() as seen:
            assert sent(phone, day).status_code == 200
        return [*counts, len(seen)]

    app.testing = False
    few = asked()
    with app.app_context():
        date = db.session.scalars(select(Occurrence).filter_by(code=day.code)).one()
        for number in range(12):
            signed(date, f"Paul {number}")
    assert asked() == few
    app.testing = True
    assert max(few) <= 6


def test_another_telephone_takes_the_pass_by_a_code(
    day: Day, chloe: Visitor, nobody: Visitor, clock: time_machine.Traveller
) -> None:
    """It serves once, on one telephone, within a quarter of an hour."""
    chloe.get(day.desk)
    chloe.post(f"{day.desk}/telephone", {"device": "Salle 2", "other": "1"}, status=200)
    code = handed(chloe)
    nobody.get(f"{day.door}/ouvrir")
    assert "ticket.js" in nobody.page
    assert "Marche" not in nobody.page
    nobody.post(f"{day.door}/ouvrir", {"ticket": ""}, status=422)
    nobody.post(f"{day.door}/ouvrir", {"ticket": "ABCDEFGHJKLM"}, status=409)
    nobody.client.set_cookie("door", code.replace(" ", ""), path=day.door)
    nobody.get(day.door, status=404)
    nobody.get(f"{day.door}/ouvrir")
    nobody.follow(nobody.post(f"{day.door}/ouvrir", {"ticket": code.lower()}))
    assert "Benoît" in nobody.page
    third = Visitor(day.app)
    third.get(f"{day.door}/ouvrir")
    third.post(f"{day.door}/ouvrir", {"ticket": code}, status=409)
    chloe.get(day.desk)
    chloe.post(f"{day.desk}/telephone", {"other": "1"}, status=200)
    later = handed(chloe)
    third.post("/accueil/nowhere1/ouvrir", {"ticket": later}, status=409)
    clock.move_to(now() + timedelta(minutes=15))
    third.post(f"{day.door}/ouvrir", {"ticket": later}, status=409)


def handed(visitor: Visitor) -> str:
    """The code that the page shows: three groups of four signs."""
    code = visitor.page.split('class="code" translate="no">')[1].split("<")[0]
    assert [len(group) for group in code.split()] == [4, 4, 4]
    return code
