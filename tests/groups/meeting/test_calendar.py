"""A group in one's own calendar: a secret address that ends with the membership."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask, g
from icalendar import Calendar

from engage.core.clock import now
from engage.core.db import db
from engage.groups.meeting.calendar import actions, queries
from engage.groups.models import Membership
from tests.browser import Visitor
from tests.groups.meeting.sample import Circle, account, meeting, visitor


@pytest.fixture
def circle(session: None) -> Circle:
    made = Circle.made()
    db.session.commit()
    return made


def address(member: Membership) -> str:
    wish = queries.wish(member)
    return f"/groupes/agenda/{queries.token(member, wish.feed if wish else 0)}.ics"


def entries(nobody: Visitor, where: str) -> list[dict[str, str]]:
    content = nobody.get(where).get_data()
    names = ("UID", "SEQUENCE", "STATUS", "SUMMARY")
    found = Calendar.from_ical(content).walk("VEVENT")
    return [{name: str(one[name]) for name in names} for one in found]


def test_it_says_meetings_in_utc_under_one_name_however_they_change(circle: Circle, nobody: Visitor) -> None:
    held = meeting(circle.group, title="Le budget", remote_link="https://visio.exemple.fr")
    db.session.commit()
    where = address(circle.zoe)
    [first] = entries(nobody, where)
    assert f"DTSTART:{held.starts_at:%Y%m%dT%H%M%SZ}\r\n".encode() in nobody.get(where).get_data()
    held.sequence, held.cancelled_at = 1, now()
    db.session.commit()
    [second] = entries(nobody, where)
    assert (first["UID"], first["SEQUENCE"], first["STATUS"]) == (second["UID"], "0", "CONFIRMED")
    assert (second["SEQUENCE"], second["STATUS"]) == ("1", "CANCELLED")
    assert second["SUMMARY"].startswith("ANNUL")
    assert b"visio" not in nobody.get(where).get_data()


def test_what_was_cancelled_or_is_over_stays_for_thirty_days(circle: Circle, nobody: Visitor) -> None:
    for days, cancelled in ((-29, None), (-31, None), (40, 29), (40, 31)):
        at = now() - timedelta(days=cancelled) if cancelled else None
        meeting(circle.group, starts_at=now() + timedelta(days=days), cancelled_at=at, title=f"{days} {at}")
    db.session.commit()
    assert len(entries(nobody, address(circle.zoe))) == 2


def test_another_address_ends_the_first_and_leaving_ends_all(
    app: Flask, circle: Circle, nobody: Visitor
) -> None:
    zoe = visitor(app, circle.zoe)
    first = address(circle.zoe)
    zoe.get(f"/groupes/{circle.group.code}/agenda")
    assert first in zoe.page
    zoe.follow(zoe.post(f"/groupes/{circle.group.code}/agenda/renouvellement"))
    nobody.get(first, status=404)
    db.session.expire_all()
    second = address(circle.zoe)
    assert second in zoe.page
    nobody.get(second)
    nobody.get(second.replace("-", "-0", 1), status=404)
    nobody.get("/groupes/agenda/rien.ics", status=404)
    circle.zoe.ended_at = now()
    db.session.commit()
    g.pop("group_standings")  # kept for one page, in a context that this test holds open
    nobody.get(second, status=404)
    zoe.get(f"/groupes/{circle.group.code}/agenda", status=403)


def test_an_account_that_is_closed_ends_it_and_nobody_renews_for_another(
    circle: Circle, nobody: Visitor
) -> None:
    with pytest.raises(ValueError, match="who reads it"):
        actions.renew(circle.zoe, by=account(circle.lea))
    account(circle.zoe).ended_at = now()
    db.session.commit()
    nobody.get(address(circle.zoe), status=404)
