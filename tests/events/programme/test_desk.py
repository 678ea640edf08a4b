"""The team writes a programme slot by slot: nothing overlaps in a room, nothing chosen disappears."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest
import yaml
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.kinds import EventKind
from engage.events.models import Event, Occurrence
from engage.events.planning import actions as planning
from engage.events.programme import actions, queries
from engage.events.programme.document import Timed
from engage.events.programme.models import Programme, Slot, SlotChoice, SlotKind
from engage.events.signing import actions as signing
from engage.events.signing.models import SignUp
from engage.journal.models import Entry
from tests import make
from tests.browser import Visitor
from tests.core import paper
from tests.events.programme.days import brought_in
from tests.events.signing.people import signed

NINE = datetime(2027, 3, 18, 8, tzinfo=UTC)


def day(**values: Any) -> Event:
    """A day from 9 to 17."""
    event = make.event("Journée santé", kind=EventKind.MEETING_DAY, **values)
    make.occurrence(event, starts_at=NINE, minutes=480)
    return event


@pytest.fixture
def code(app: Flask) -> str:
    with app.app_context():
        event = day()
        db.session.commit()
        return event.code


def test_a_programme_is_written_slot_by_slot(app: Flask, chloe: Visitor, code: str) -> None:
    desk = f"/equipe/evenements/{code}/programme"
    assert desk in chloe.get(f"/equipe/evenements/{code}").text
    assert "Pas encore de créneau" in chloe.get(desk).text
    chloe.get(f"{desk}/sujet")
    chloe.follow(chloe.post(f"{desk}/sujet", {
        "subject": "Bien vieillir", "is_remote": "y", "audiences": "les habitants\n\n les soignants ",
    }))  # fmt: skip
    assert "les soignants" in chloe.page
    chloe.get(f"{desk}/nouveau")
    chloe.follow(chloe.post(f"{desk}/nouveau", {
        "starts": "09:00", "ends": "10h30", "kind": "round_table", "number": "1", "title": "Rester chez soi",
        "topics": "les aides\nle logement", "room": "Salle bleue", "name_1": "Paul Roux",
        "role_1": "médecin", "organisation_1": "CPTS", "remote_1": "y", "name_3": "Chloé Martin",
    }))  # fmt: skip
    assert "Paul Roux, médecin, CPTS, à distance" in chloe.page
    with app.app_context():
        slot = db.session.scalars(select(Slot)).one()
        assert [one.name for one in slot.speakers] == ["Paul Roux", "Chloé Martin"]
        assert slot.topics == ["les aides", "le logement"]
        verbs = db.session.scalars(select(Entry.verb)).all()
    assert verbs == ["programme changed"] * 2
    page = chloe.get(f"{desk}/{slot.id}").text
    assert 'value="Paul Roux"' in page
    assert "le logement" in page
    chloe.follow(chloe.post(f"{desk}/{slot.id}", {
        "starts": "09:00", "ends": "10:00", "kind": "talk", "title": "Rester chez soi",
        "name_1": "Chloé Martin",
    }))  # fmt: skip
    assert "Paul Roux" not in chloe.page
    chloe.get(f"{desk}/{slot.id}")
    chloe.follow(chloe.post(f"{desk}/{slot.id}/retrait"))
    assert "Pas encore de créneau" in chloe.page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"starts": "09:30", "ends": "09:45"}, "chevauche «\u00a0Équilibre\u00a0»"),
        ({"starts": "09:30", "ends": "09:45", "room": "salle  BLEUE"}, "dans la même salle"),
        ({"starts": "11:00", "ends": "10:00"}, "La fin vient après le début"),
        ({"starts": "22:00", "ends": "23:00"}, "loin des heures"),
        ({"title": "", "starts": "12:00", "ends": "13:00"}, "Donnez-lui un titre"),
        ({"starts": "12:00", "ends": "13:00", "capacity": "0"}, "entre 1 et"),
        ({"starts": "12:00", "ends": "13:00", "role_2": "médecin"}, "Écrivez le nom"),
        ({"starts": "12:00", "ends": "13:00", "topics": "x\n" * 20}, "Au plus 12 lignes"),
    ],
)
def test_what_cannot_be_is_refused_with_everything_kept(
    app: Flask, chloe: Visitor, code: str, typed: dict[str, str], words: str
) -> None:
    with app.app_context():
        event = db.session.scalars(select(Event).filter_by(code=code)).one()
        make.slot(event, time(9), time(10))
        make.slot(event, time(9, 1), time(10), room="Salle bleue", title="Mémoire")
        db.session.commit()
    address = f"/equipe/evenements/{code}/programme/nouveau"
    chloe.get(address)
    chloe.post(address, {"title": "Exposé", "kind": "talk", "text": "Mes mots"} | typed, status=422)
    assert words in chloe.page
    assert "Mes mots" in chloe.page


def test_another_room_at_the_same_time_and_a_break_without_title(
    app: Flask, chloe: Visitor, code: str
) -> None:
    address = f"/equipe/evenements/{code}/programme/nouveau"
    for typed in (
        {"starts": "09:00", "ends": "10:00", "kind": "workshop", "title": "Équilibre", "room": "Gymnase"},
        {"starts": "09:00", "ends": "10:00", "kind": "workshop", "title": "Mémoire", "room": "Salle bleue"},
        {"starts": "10:00", "ends": "10:15", "kind": "break", "title": ""},
    ):
        chloe.get(address)
        chloe.post(address, typed)
    text = chloe.get(f"/equipe/evenements/{code}/programme.yaml").text
    assert [one["title"] for one in yaml.safe_load(text)["programme"]] == ["Équilibre", "Mémoire", None]
    answer = chloe.get(f"/equipe/evenements/{code}/programme.pdf")
    assert "Mémoire" in paper.words(answer.data)


def test_two_people_write_at_once(session: None) -> None:
    chloe, event = make.account("Chloé", Role.COORDINATOR), day()
    seen = event.version
    slot = Timed(time(9), time(10), SlotKind.TALK, "Un exposé")
    actions.add_slot(event, slot, version=seen, by=chloe)
    db.session.flush()
    with pytest.raises(Refused, match="entre-temps"):
        actions.add_slot(event, slot._replace(starts=time(10), ends=time(11)), version=seen, by=chloe)
    with pytest.raises(Refused, match="chevauche"):
        actions.add_slot(event, slot, version=event.version, by=chloe)


def test_what_people_chose_stays(app: Flask, chloe: Visitor, code: str) -> None:
    with app.app_context():
        event = db.session.scalars(select(Event).filter_by(code=code)).one()
        slot = make.slot(event, time(9), time(10), takes_sign_up=True, capacity=5)
        date = db.session.scalars(select(Occurrence)).one()
        amina = signed(date, "Amina", party=3)
        actions.choose(amina, [slot.id])
        db.session.commit()
        slot_id, amina_id = slot.id, amina.id
    address = f"/equipe/evenements/{code}/programme/{slot_id}"
    assert "3 personnes l’ont choisi" in chloe.get(f"/equipe/evenements/{code}/programme").text
    same = {"starts": "09:00", "ends": "10:00", "kind": "workshop", "title": "Équilibre"}
    for typed, words in (
        ({"takes_sign_up": "y", "capacity": "2"}, "3 personnes ont choisi ce créneau\u00a0: gardez"),
        ({}, "3 personnes ont choisi ce créneau\u00a0: il reste"),
    ):
        chloe.get(address)
        chloe.post(address, same | typed, status=409)
        assert words in chloe.page
    chloe.get(address)
    chloe.post(f"{address}/retrait", status=409)
    assert "3 personnes ont choisi ce créneau\u00a0: il reste" in chloe.page
    chloe.get(address)
    chloe.post(address, same | {"takes_sign_up": "y", "capacity": "3"})
    with app.app_context():
        signing.cancel(db.session.get_one(SignUp, amina_id))
        db.session.commit()
    chloe.get(address)
    chloe.post(f"{address}/retrait")
    with app.app_context():
        assert db.session.scalars(select(SlotChoice)).all() == []


def test_the_team_chooses_with_somebody_on_the_phone(app: Flask, chloe: Visitor, code: str) -> None:
    with app.app_context():
        event = db.session.scalars(select(Event).filter_by(code=code)).one()
        slot = str(make.slot(event, time(9), time(10), takes_sign_up=True, capacity=2).id)
        date = db.session.scalars(select(Occurrence.code)).one()
        db.session.commit()
    address = f"/equipe/evenements/dates/{date}/inscription"
    typed = {"name": "Ahmed", "reply": "reception", "door": "phone", "language": "fr", "slots": [slot]}
    typed |= {f"role_{place}": "" for place in range(1, 6)}
    assert "À quoi cette personne veut-elle participer" in chloe.get(address).text
    chloe.post(address, typed | {"role_1": "carer", "role_2": "child"}, status=422)
    assert "n’a plus que 2 places" in chloe.page
    chloe.post(address, typed, status=200)
    chloe.post(f"/equipe/evenements/dates/{date}/liste", status=200)
    assert "Équilibre" in chloe.page


def test_a_copy_has_the_programme_a_draft_thrown_away_leaves_nothing(session: None) -> None:
    chloe, event = make.account("Chloé", Role.COORDINATOR), brought_in(publish=False)
    twin = planning.copy(event, by=chloe)
    db.session.flush()
    assert [slot._replace(id=0) for slot in _slots(twin)] == [slot._replace(id=0) for slot in _slots(event)]
    for one in (event, twin):
        planning.discard(one, by=chloe)
    db.session.commit()
    db.session.expire_all()
    assert db.session.scalars(select(Slot)).all() == []
    assert db.session.scalars(select(Programme)).all() == []


def _slots(event: Event) -> tuple[Timed, ...]:
    told = queries.told(event.id)
    assert told is not None
    return told.slots


def test_nothing_to_print_without_a_date_or_a_programme(app: Flask, chloe: Visitor, code: str) -> None:
    chloe.get(f"/equipe/evenements/{code}/programme.pdf", status=404)
    chloe.get(f"/equipe/evenements/{code}/programme.yaml", status=409)
    chloe.get(f"/equipe/evenements/{code}/programme/77", status=404)
