"""A day comes in from a file and goes out again: identical, or refused in words with nothing written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from engage.cli import main
from engage.core.db import db
from engage.core.yamltext import MOST_BYTES, Invalid
from engage.events.kinds import EventKind, EventState, SigningUp
from engage.events.models import Event, Occurrence
from engage.events.programme import actions, queries, reading, writing
from engage.events.programme.models import Programme, Slot, SlotKind
from engage.journal.models import Entry
from tests import make
from tests.events.programme.days import REAL, SMALL, brought_in, has_real


def out(event: Event) -> str:
    return writing.write(actions.take_out(event))


def ordered(text: str) -> str:
    """What a reader of YAML finds, the order of the keys with it."""
    return json.dumps(yaml.safe_load(text), default=str)


@pytest.mark.parametrize(
    "path", [pytest.param(REAL, marks=has_real, id="2021"), pytest.param(SMALL, id="ours")]
)
def test_what_came_in_goes_out_again(session: None, path: Path) -> None:
    event = brought_in(path)
    text = out(event)
    assert yaml.safe_load(text) == yaml.safe_load(path.read_text("utf-8"))
    assert ordered(text) == ordered(path.read_text("utf-8"))
    again = actions.bring_in(reading.parse(text.encode()), publish=False, by=None)
    assert out(again) == text


@has_real
def test_the_day_of_2021_is_read_whole(session: None) -> None:
    event = brought_in(REAL, publish=False)
    date = db.session.scalars(select(Occurrence).filter_by(event_id=event.id)).one()
    assert (event.kind, event.state) == (EventKind.MEETING_DAY, EventState.DRAFT)
    assert (event.place, event.organiser) == ("Espace ASIEM", "Médialis")
    assert date.starts_at.isoformat() == "2021-12-16T08:00:00+00:00"
    held = queries.told(event.id)
    assert held is not None
    assert held.is_remote
    assert len(held.committee) == 7
    tables = [slot for slot in held.slots if slot.kind is SlotKind.ROUND_TABLE]
    assert [slot.number for slot in tables] == [1, 2, 3, 4]
    assert [len(slot.speakers) for slot in tables] == [4, 3, 4, 3]
    assert [voice.is_remote for voice in tables[3].speakers] == [True, False, True]
    assert [slot.title for slot in held.slots if slot.kind is SlotKind.BREAK] == [None, None]


def test_an_event_made_by_hand_goes_out_too(session: None) -> None:
    event = make.event("Journée", kind=EventKind.MEETING_DAY, cost="2 €", signing_up=SigningUp.NONE)
    with pytest.raises(Exception, match="date"):
        out(event)
    make.occurrence(event, starts_at=datetime(2027, 3, 18, 8, tzinfo=UTC), minutes=420)
    with pytest.raises(Exception, match="programme"):
        out(event)
    db.session.add(Programme(event_id=event.id, audiences=[], committee=[], notes=[]))
    first = reading.parse(SMALL.read_bytes()).programme.slots[0]
    chloe = make.account("Chloé")
    actions.add_slot(event, first, version=event.version, by=chloe)
    found: dict[str, Any] = yaml.safe_load(out(event))
    assert (found["cost"], found["sign_up"], len(found["programme"])) == ("2 €", "none", 1)
    assert "capacity" not in found


def changed(old: str, new: str) -> bytes:
    text = SMALL.read_text("utf-8")
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('starts: "13:00", ends: "14:00"', 'starts: "11:00", ends: "12:00"', "dans la même salle"),
        ('room: "Gymnase", takes', 'room: " gymnase ", takes', ""),
        ('room: "Salle bleue"', 'room: "GYMNASE"', "« Mémoire » (de 10 h 15 à 11 h 30) chevauche"),
        ('starts: "10:00", ends: "10:15"', 'starts: "09:45", ends: "10:15"', "« Pause »"),
        ('starts: "13:00", ends: "14:00"', 'starts: "14:00", ends: "13:00"', "La fin vient après"),
        ('starts: "13:00", ends: "14:00"', 'starts: "20:00", ends: "21:00"', "loin des heures"),
        ('starts: "13:00"', 'starts: "13h"', "Une heure est attendue"),
        ("date: 2027-03-18", "date: 18/03/2027", "Un jour est attendu"),
        ("date: 2027-03-18", "date: 2027-03-28", ""),
        ("timezone: Europe/Paris", "timezone: Europe/London", "fuseau horaire"),
        ('ends: "16:00"', 'ends: "08:00"', "La fin vient après"),
        ("kind: meeting_day", "kind: congress", "meeting_day"),
        ("capacity: 3", "capacity: 0", "entre 1 et 5000"),
        ("takes_sign_up: true, capacity: 2", "capacity: 2", "takes_sign_up: true"),
        ("organiser:", "organizer:", "organizer"),
        ("kind: welcome", "kind: hello", "ligne 18"),
        ("les habitants", "x" * 700, "600"),
        ('title: "Journée santé et quartier"', 'title: ""', "600"),
    ],
)  # fmt: skip
def test_each_fault_is_said_with_its_place(session: None, old: str, new: str, words: str) -> None:
    if not words:
        reading.parse(changed(old, new))
        return
    with pytest.raises(Invalid) as no:
        reading.parse(changed(old, new))
    assert words in str(no.value).replace("\u202f", " ").replace("\u00a0", " ")
    assert "ligne" in str(no.value)


def test_an_hour_that_does_not_exist_is_refused(session: None) -> None:
    night = changed("date: 2027-03-18", "date: 2027-03-28").replace(
        b'\nstarts: "09:00"', b'\nstarts: "02:30"'
    )
    with pytest.raises(Invalid, match="cette heure n’existe pas"):
        reading.parse(night)


@pytest.mark.parametrize("raw", [b"", b"- 1", b"\xff", b"a: &a 1\nb: *a", b"a: !!python/name:os.system x"])
def test_hostile_files_are_refused(session: None, raw: bytes) -> None:
    with pytest.raises(Invalid):
        reading.parse(raw)
    with pytest.raises(Invalid):
        reading.parse(b"x" * (MOST_BYTES + 1))


def rows() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(model)) or 0
            for model in (Event, Occurrence, Programme, Slot, Entry)]  # fmt: skip


def test_the_commands(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good, copied = tmp_path / "bad.yaml", tmp_path / "good.yaml", tmp_path / "copy.yaml"
    bad.write_bytes(changed('room: "Salle bleue"', 'room: "Gymnase"'))
    good.write_bytes(SMALL.read_bytes())
    monkeypatch.setattr("engage.ops.folder.open_centre", lambda _settings: app)

    def run(*said: object) -> Result:
        db.session.rollback()  # what the test has read must not hold the database
        return CliRunner().invoke(main, [str(one) for one in said])

    with app.app_context():
        before = rows()
        no = run("import", "event", bad)
        assert no.exit_code == 1
        assert "nothing was imported" in no.output
        assert run("import", "event", good, "--dry-run").exit_code == 0
        assert rows() == before
        told = run("import", "event", good)
        assert told.exit_code == 0
        code = told.output.split()[0]
        event = db.session.scalars(select(Event).filter_by(code=code)).one()
        assert event.state is EventState.DRAFT
        assert db.session.scalars(select(Entry.verb)).all() == ["event brought in"]
        run("export", "event", code, copied)
        assert yaml.safe_load(copied.read_text()) == yaml.safe_load(SMALL.read_text("utf-8"))
        assert run("export", "event", code).output == copied.read_text()
        assert "there is no event" in run("export", "event", "rien").output
        empty = make.event("Sans programme")
        db.session.commit()
        assert run("export", "event", empty.code).exit_code == 1
