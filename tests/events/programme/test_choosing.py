"""People choose slots when they sign up: never more than the room holds, whoever comes first."""

from __future__ import annotations

import threading
import time as time_of_day
from collections.abc import Callable
from datetime import time

import pytest
from flask import Flask
from sqlalchemy import select

from engage.app import create_app
from engage.core import units
from engage.core.db import db
from engage.core.errors import Refused
from engage.events import queries as events
from engage.events.kinds import Cause, EventKind, SignUpState
from engage.events.models import Occurrence
from engage.events.programme import actions, queries
from engage.events.programme.document import Timed
from engage.events.programme.models import Slot, SlotChoice
from engage.events.signing import actions as signing
from engage.events.signing import line, places
from engage.events.signing.models import SignUp
from tests import make
from tests.browser import Visitor
from tests.conftest import SECRET_KEYS
from tests.core import paper
from tests.events.programme.days import REAL, brought_in, has_real
from tests.events.signing.people import signed, wanted
from tests.events.signing.test_race import begin_as_the_driver_does


@pytest.fixture
def date(app: Flask) -> str:
    """The code of a day whose workshop "Équilibre" has three places."""
    with app.app_context():
        event = brought_in()
        return db.session.scalars(select(Occurrence.code).filter_by(event_id=event.id)).one()


def slot_id(title: str) -> int:
    return db.session.scalars(select(Slot.id).filter_by(title=title)).one()


def number(app: Flask, title: str) -> str:
    with app.app_context():
        return str(slot_id(title))


def chosen() -> dict[str, list[str]]:
    """Who chose what."""
    rows = select(SignUp, Slot.title).join(SlotChoice, SlotChoice.sign_up_id == SignUp.id)
    found: dict[str, list[str]] = {}
    for one, title in db.session.execute(
        rows.join(Slot, Slot.id == SlotChoice.slot_id).order_by(Slot.position)
    ):
        found.setdefault(one.name or "", []).append(str(title))
    return found


def test_who_is_there_keeps_the_place_in_the_slot(app: Flask, date: str) -> None:
    """People are noted at the door while others still sign up."""
    with app.app_context():
        day = events.get_occurrence(date)
        there, late = signed(day, "Amina", 3), signed(day, "Benoît")
        actions.choose(there, [slot_id("Équilibre")])
        line.move(there, SignUpState.ATTENDED, Cause.TEAM)
        with pytest.raises(Refused, match="complet"):
            actions.choose(late, [slot_id("Équilibre")])
        assert queries.most_on_a_date(db.session.get_one(Slot, slot_id("Équilibre"))) == 3


def test_the_page_shows_the_day_in_full_and_in_a_few_words(app: Flask, nobody: Visitor, date: str) -> None:
    page = nobody.get(f"/evenements/{date}").text
    for words in ("Bien vieillir chez soi", "Rester chez soi", "Table ronde 1", "Pause", "le logement",
                  "Paul Roux", "à distance", "Gymnase", "3 places libres", "les habitants"):  # fmt: skip
        assert words in page, words
    short = nobody.get(f"/evenements/{date}/court").text
    assert "Rester chez soi" in short
    assert "Paul Roux" not in short
    answer = nobody.get(f"/evenements/{date}/programme.pdf")
    words = paper.words(answer.data)
    assert "Chloé Martin, coordinatrice, Maison de santé" in words
    with app.app_context():
        plain = make.occurrence(make.event("Marche"))
        db.session.commit()
        code = plain.code
    assert "Programme" not in nobody.get(f"/evenements/{code}").text.split("<main")[1]
    nobody.get(f"/evenements/{code}/programme.pdf", status=404)


@has_real
def test_the_day_of_2021_is_shown_and_printed(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        event = brought_in(REAL)
        code = db.session.scalars(select(Occurrence.code).filter_by(event_id=event.id)).one()
    page = nobody.get(f"/evenements/{code}").text
    for words in ("Table ronde 4", "Eliane Abraham", "Déjeuner", "Cette date est passée", "Marlène NICOLAS"):
        assert words in page, words
    assert "The document prints" not in page
    words = paper.words(nobody.get(f"/evenements/{code}/programme.pdf").data)
    assert "Cécile Fayolle" in words


def test_somebody_chooses_changes_and_leaves(app: Flask, nobody: Visitor, date: str) -> None:
    balance, cooking, memory = (number(app, title) for title in ("Équilibre", "Cuisine", "Mémoire"))
    page = nobody.get(f"/evenements/{date}/inscription").text
    assert "À quoi voulez-vous participer" in page
    nobody.post(f"/evenements/{date}/inscription", {
        "name": "Amina", "reply": "reception", "slots": [balance, cooking], "role_1": "child",
    })  # fmt: skip
    with app.app_context():
        assert chosen() == {"Amina": ["Équilibre", "Cuisine"]}
        mine = db.session.scalars(select(SignUp)).one()
        assert queries.chosen_on(mine.occurrence_id) == {int(balance): 2, int(cooking): 2}
        code = mine.code
    assert "Cuisine, de 13" in nobody.get(f"/evenements/inscription/{code}").text
    assert nobody.get(f"/evenements/inscription/{code}/changement").text.count(" checked") == 2
    nobody.post(f"/evenements/inscription/{code}/changement", {"slots": [memory]})
    with app.app_context():
        assert chosen() == {"Amina": ["Mémoire"]}
    nobody.get(f"/evenements/inscription/{code}/annulation")
    nobody.post(f"/evenements/inscription/{code}/annulation")
    with app.app_context():
        date_id = db.session.scalars(select(Occurrence.id)).one()
        assert queries.chosen_on(date_id) == {}


def test_a_full_slot_says_so_and_nothing_typed_is_lost(app: Flask, nobody: Visitor, date: str) -> None:
    balance, memory = number(app, "Équilibre"), number(app, "Mémoire")
    typed = {"name": "Amina", "reply": "reception", "needs_words": "Une chaise"}
    with app.app_context():
        actions.choose(signed(db.session.scalars(select(Occurrence)).one(), "Zoé", party=2), [int(balance)])
        db.session.commit()
    address = f"/evenements/{date}/inscription"
    assert "1 place libre" in nobody.get(address).text
    for slots, words, companion in (
        ([balance], "n’a plus que 1 place", "child"),
        ([balance, memory], "ont lieu en même temps", ""),
    ):
        nobody.post(address, typed | {"slots": slots, "role_1": companion}, status=422)
        assert words in nobody.page
        assert "Une chaise" in nobody.page
    nobody.post(address, typed | {"slots": ["999"]}, status=422)
    nobody.post(address, typed | {"slots": [memory]})
    with app.app_context():
        assert chosen()["Amina"] == ["Mémoire"]


def test_an_old_form_sent_again_sets_nothing_back(
    app: Flask, nobody: Visitor, chloe: Visitor, date: str
) -> None:
    cooking, memory = number(app, "Cuisine"), number(app, "Mémoire")
    typed = {"reply": "reception", "slots": [cooking], "photos": "y", "language": "fr"}
    typed |= {f"role_{place}": "" for place in range(1, 6)}
    for visitor, address in (
        (nobody, f"/evenements/{date}/inscription"),
        (chloe, f"/equipe/evenements/dates/{date}/inscription"),
    ):
        visitor.get(address)
        form = visitor.hidden() | typed | {"name": address, "door": "phone"}
        status = 302 if visitor is nobody else 200
        visitor.post(address, form, status=status)
        with app.app_context():
            mine = db.session.scalars(select(SignUp).order_by(SignUp.id.desc())).first()
            assert mine is not None
            assert mine.agrees_to_photos
            mine.agrees_to_photos = False
            actions.choose(mine, [int(memory)])
            db.session.commit()
        visitor.post(address, form, status=status)
        with app.app_context():
            assert chosen()[address] == ["Mémoire"]
            assert not db.session.scalars(
                select(SignUp.agrees_to_photos).where(SignUp.agrees_to_photos)
            ).all()


def test_one_click_is_not_enough_where_there_is_something_to_choose(amina: Visitor, date: str) -> None:
    assert "inscription/directe" not in amina.get(f"/evenements/{date}").text
    answer = amina.post(f"/evenements/{date}/inscription/directe", {"submission_key": "k" * 20})
    assert answer.headers["Location"].endswith(f"/evenements/{date}/inscription")


def test_who_grows_needs_room_in_what_was_chosen(app: Flask, nobody: Visitor, date: str) -> None:
    cooking = number(app, "Cuisine")
    with app.app_context():
        there = db.session.scalars(select(Occurrence)).one()
        actions.choose(signed(there, "Zoé"), [int(cooking)])
        db.session.commit()
    nobody.get(f"/evenements/{date}/inscription")
    nobody.post(
        f"/evenements/{date}/inscription", {"name": "Amina", "reply": "reception", "slots": [cooking]}
    )
    with app.app_context():
        code = next(one.code for one in db.session.scalars(select(SignUp)) if one.name == "Amina")
    address = f"/evenements/inscription/{code}/changement"
    nobody.get(address)
    nobody.post(address, {"slots": [cooking], "role_1": "carer"}, status=409)
    assert "n’a plus que 1 place" in nobody.page
    with app.app_context():
        assert db.session.scalars(select(SignUp).filter_by(code=code)).one().party == 1


def test_choosing_twice_is_once_and_strange_slots_are_refused(session: None) -> None:
    event = brought_in()
    date = db.session.scalars(select(Occurrence)).one()
    amina = signed(date, "Amina")
    for _time in range(2):
        actions.choose(amina, [slot_id("Cuisine")])
    assert chosen() == {"Amina": ["Cuisine"]}
    other = make.slot(make.event("Autre", kind=EventKind.EVENING), time(9), time(10), takes_sign_up=True)
    for strange in (other.id, slot_id("Repas partagé"), 999):
        with pytest.raises(Refused, match="a changé"):
            actions.choose(amina, [strange])
    assert event.id == date.event_id


def test_who_waits_for_the_day_holds_a_place_in_the_slot(session: None) -> None:
    """When they get their place on the day, the slot must still have room for them."""
    brought_in()
    date = db.session.scalars(select(Occurrence)).one()
    date.capacity = 1
    first, waits = signed(date, "Zoé"), signed(date, "Amina")
    assert waits.state is SignUpState.WAITING
    actions.choose(waits, [slot_id("Cuisine")])
    assert queries.chosen_on(date.id)[slot_id("Cuisine")] == 1
    signing.cancel(first)
    assert waits.state is not SignUpState.WAITING
    assert queries.chosen_on(date.id)[slot_id("Cuisine")] == 1


PLACES, CLIENTS = 5, 16


@pytest.fixture
def workshop(app: Flask) -> tuple[int, int]:
    """The ids of a date without limit, and of a slot with few places."""
    with app.app_context():
        event = make.event("Journée", kind=EventKind.MEETING_DAY)
        date = make.occurrence(event)
        ids = date.id, make.slot(event, takes_sign_up=True, capacity=PLACES).id
        db.session.commit()
    return ids


def at_once(app: Flask, deed: Callable[[int], None]) -> list[str]:
    """Each client in a unit of its own, all at the same moment; why some were refused."""
    start, refused, faults = threading.Barrier(CLIENTS), [], []

    def run(client: int) -> None:
        start.wait(timeout=30)
        with app.app_context():
            try:
                deed(client)
                db.session.commit()
            except Refused as no:
                db.session.rollback()
                refused.append(no.message)
            except Exception as fault:  # noqa: BLE001 - whatever it is, the test must fail with it
                faults.append(fault)

    threads = [threading.Thread(target=run, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert faults == []
    return refused


def test_sixteen_at_once_never_fill_a_slot_twice(app: Flask, workshop: tuple[int, int]) -> None:
    date_id, slot = workshop

    def come(client: int) -> None:
        date = db.session.get_one(Occurrence, date_id)
        made, _code = signing.sign_up(date, **wanted(f"Personne {client}", 1 + client % 2))
        actions.choose(made, [slot])

    refused = at_once(app, come)
    with app.app_context():
        taken = queries.chosen_on(date_id)[slot]
        # Who was refused was refused whole: nobody has a place on the day without the slot they came for.
        assert len(db.session.scalars(select(SignUp)).all()) == CLIENTS - len(refused)
    assert PLACES - 1 <= taken <= PLACES
    assert all("complet" in words or "n’a plus que" in words for words in refused)


@pytest.mark.parametrize("is_locked", [True, False])
def test_who_changes_their_mind_at_once_and_control_without_the_lock(
    app: Flask,
    workshop: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
    engine_name: str,
    is_locked: bool,
) -> None:
    """Without the lock the same rush fills the slot twice; on SQLite the one writer at a time must go too."""
    date_id, slot = workshop
    with app.app_context():
        date = db.session.get_one(Occurrence, date_id)
        ids = [signed(date, f"Personne {client}").id for client in range(CLIENTS)]
    ask = queries.to_choose

    def slowly(occurrence: Occurrence, *, but: int = 0) -> tuple[Timed, ...]:
        found = ask(occurrence, but=but)
        time_of_day.sleep(0.02)
        return found

    monkeypatch.setattr(queries, "to_choose", slowly)
    if not is_locked and engine_name == "sqlite":
        monkeypatch.setattr(units.SqliteUnits, "begin", begin_as_the_driver_does)

    def choose(client: int) -> None:
        one = db.session.get_one(SignUp, ids[client])
        if is_locked:
            places.lock_running(date_id)
        actions.choose(one, [slot])

    other = create_app(app.extensions["engage_settings"], SECRET_KEYS)  # its units begin as was just said
    at_once(other, choose)
    with other.app_context():
        db.session.remove()
        db.engine.dispose()
    with app.app_context():
        assert (queries.chosen_on(date_id)[slot] <= PLACES) is is_locked
