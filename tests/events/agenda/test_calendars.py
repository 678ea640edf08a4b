"""Dates in calendars: read back as a phone would read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from flask import Flask

from engage.core.clock import now
from engage.core.db import db
from engage.events import queries as events
from engage.events.signing import actions
from tests import make
from tests.browser import Visitor
from tests.events.agenda.test_reading import planned

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def engine_name() -> str:
    """What a calendar says does not depend on the database."""
    return "sqlite"


def read(visitor: Visitor, path: str) -> dict[str, Any]:
    """Every entry by its identifier."""
    answer = visitor.get(path)
    assert answer.mimetype == "text/calendar"
    found = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    return {str(entry["uid"]): entry for entry in found}


def test_one_date_for_my_calendar(app: Flask, nobody: Visitor) -> None:
    code = planned(app, "Marche du jeudi", place="Parc", address="Rue des Lilas\n42000 Saint-Étienne")
    ((uid, entry),) = read(nobody, f"/evenements/{code}.ics").items()
    assert uid.startswith(code)
    assert entry["summary"] == "Marche du jeudi"
    assert entry["location"] == "Parc, Rue des Lilas 42000 Saint-Étienne"
    assert f"/evenements/{code}" in entry["url"]
    assert entry["sequence"] == 0
    assert entry["status"] == "CONFIRMED"
    assert entry["dtstart"].dt.tzinfo is not None
    assert entry["dtend"].dt - entry["dtstart"].dt == timedelta(minutes=90)
    raw = nobody.get(f"/evenements/{code}.ics").text
    assert raw.count("DTSTART:2") == 1
    assert "Z\r\n" in raw.split("DTSTART:")[1]


def test_a_calendar_others_see_says_the_neutral_title(app: Flask, nobody: Visitor) -> None:
    code = planned(app, "Atelier VIH", neutral_title="Rencontre à la maison de santé")
    for path in (f"/evenements/{code}.ics", "/evenements/agenda.ics"):
        (entry,) = read(nobody, path).values()
        assert entry["summary"] == "Rencontre à la maison de santé"
        assert "VIH" not in nobody.get(path).text


def test_the_same_date_has_the_same_name_everywhere(app: Flask, nobody: Visitor) -> None:
    codes = [planned(app, f"Atelier {number}") for number in range(3)]
    feed = read(nobody, "/evenements/agenda.ics")
    alone = {uid for code in codes for uid in read(nobody, f"/evenements/{code}.ics")}
    assert set(feed) == alone
    assert len(feed) == 3


def test_a_cancelled_date_stays_thirty_days_and_says_so(app: Flask, nobody: Visitor) -> None:
    code = planned(app, "Marche", days=60)
    (before,) = read(nobody, "/evenements/agenda.ics").values()
    with app.test_request_context("/", method="POST"):
        actions.cancel_occurrence(events.get_occurrence(code), "Orage.", by=make.account("Chloé"))
        db.session.commit()
    ((uid, after),) = read(nobody, "/evenements/agenda.ics").items()
    assert uid == before["uid"]
    assert after["status"] == "CANCELLED"
    assert after["summary"] == "ANNULÉ – Marche"
    assert after["sequence"] == before["sequence"] + 1
    with app.app_context():
        events.get_occurrence(code).cancelled_at = now() - timedelta(days=31)
        db.session.commit()
    assert read(nobody, "/evenements/agenda.ics") == {}


def test_dates_long_over_leave_the_feed(app: Flask, nobody: Visitor) -> None:
    planned(app, "Il y a longtemps", days=-40)
    planned(app, "La semaine passée", days=-7)
    titles = [str(entry["summary"]) for entry in read(nobody, "/evenements/agenda.ics").values()]
    assert titles == ["La semaine passée"]


def test_a_walk_at_ten_stays_at_ten_across_both_changes_of_clock(app: Flask, nobody: Visitor) -> None:
    four = ((3, 25), (4, 1), (10, 28), (11, 4))
    days = [datetime(2027, month, day, 10, tzinfo=PARIS) for month, day in four]
    with app.app_context():
        walk = make.event()
        for day in days:
            make.occurrence(walk, starts_at=day.astimezone(UTC))
        db.session.commit()
    content = nobody.get("/evenements/agenda.ics").data
    shown = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(
        datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    )
    there = sorted(entry["dtstart"].dt.astimezone(PARIS) for entry in shown)
    assert there == days
    assert {entry["dtstart"].dt.astimezone(UTC).hour for entry in shown} == {8, 9}


def test_long_and_strange_titles_survive_the_format(app: Flask, nobody: Visitor) -> None:
    title = "Été ; « ça, c’est \\ bien » — " + "très long, " * 30
    code = planned(app, title.strip())
    (entry,) = read(nobody, f"/evenements/{code}.ics").values()
    assert entry["summary"] == title.strip()
    lines = nobody.get(f"/evenements/{code}.ics").data.split(b"\r\n")
    assert max(map(len, lines)) <= 75


def test_a_group_has_its_own_calendar(app: Flask, nobody: Visitor) -> None:
    planned(app, "Ciné-débat")
    with app.app_context():
        walk = make.event("Marche du jeudi")
        codes = [make.occurrence(walk, starts_at=now() + timedelta(days=7 * week)).code for week in (1, 2, 3)]
        db.session.commit()
    assert f"/evenements/{codes[0]}/dates.ics" in nobody.get(f"/evenements/{codes[0]}").text
    found = read(nobody, f"/evenements/{codes[1]}/dates.ics")
    assert {uid.split("@")[0] for uid in found} == set(codes)
