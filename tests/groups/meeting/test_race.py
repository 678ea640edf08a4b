"""Taps and changes at the same moment, on both engines: one answer each, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.meeting import actions
from engage.groups.meeting.attending import actions as attending
from engage.groups.meeting.models import AgendaItem, Attendance, Meeting
from engage.groups.models import Membership
from engage.outbox.models import Message
from tests.groups.calling.test_race import rush
from tests.groups.meeting.sample import Circle, account, meeting
from tests.groups.meeting.test_actions import facts


def together(app: Flask, deed: Callable[[Meeting, Membership, int], object], count: int) -> list[str]:
    """`deed` with the meeting and Zoe's membership, in as many threads; what became of each."""
    with app.app_context():
        circle = Circle.made()
        held = meeting(circle.group)
        db.session.commit()
        codes = held.id, circle.zoe.id

    def one(number: int) -> Callable[[], str]:
        def run() -> str:
            with app.test_request_context("/", method="POST"):
                try:
                    zoe = db.session.get_one(Membership, codes[1])
                    deed(db.session.get_one(Meeting, codes[0]), zoe, number)
                    db.session.commit()
                except Refused:
                    db.session.rollback()
                    return "refused"
                return "done"

        return run

    return rush([one(number) for number in range(count)])


def test_many_taps_at_once_are_one_answer(app: Flask) -> None:
    def tap(held: Meeting, zoe: Membership, number: int) -> None:
        attending.say(held, zoe, is_coming=number % 2 == 0, by=account(zoe))

    assert together(app, tap, 6) == ["done"] * 6
    with app.app_context():
        assert db.session.query(Attendance).count() == 1


def test_of_many_who_change_it_at_once_one_does_and_members_hear_once(app: Flask) -> None:
    def change(held: Meeting, zoe: Membership, number: int) -> None:
        said: dict[str, Any] = facts(held, place=f"Salle {number}", version=1)
        actions.change(held, **said, by=account(zoe))

    assert sorted(together(app, change, 4)) == ["done", "refused", "refused", "refused"]
    with app.app_context():
        assert db.session.query(Message).count() == 4


def test_points_added_at_once_stand_one_after_the_other(app: Flask) -> None:
    from engage.groups.meeting.agenda import actions as agenda

    def wish(held: Meeting, zoe: Membership, number: int) -> None:
        agenda.propose(held, text=f"Point {number}", minutes=None, by=account(zoe))

    assert together(app, wish, 5) == ["done"] * 5
    with app.app_context():
        assert sorted(item.position for item in db.session.query(AgendaItem)) == [1, 2, 3, 4, 5]
