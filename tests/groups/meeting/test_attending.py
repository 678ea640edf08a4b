"""Who comes, who comes instead, what they need, who was there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.meeting import queries
from engage.groups.meeting.attending import actions, commands
from engage.groups.meeting.attending import queries as attending
from engage.groups.meeting.models import Attendance, Coming, Meeting
from engage.groups.models import Membership
from engage.outbox.models import Message
from tests.groups.meeting.sample import Circle, account, belongs, meeting


@pytest.fixture
def circle(session: None) -> Circle:
    return Circle.made()


def said(held: Meeting, membership: Membership) -> Attendance:
    row = attending.said(held, membership)
    assert row is not None
    return row


def comes(held: Meeting) -> set[str]:
    return {seat.name for seat in attending.expected(queries.roster(held))}


def test_the_last_word_counts_and_a_second_tap_changes_nothing(circle: Circle) -> None:
    held, by = meeting(circle.group), account(circle.zoe)
    for coming in (True, True, False, True):
        actions.say(held, circle.zoe, is_coming=coming, is_remote=coming, by=by)
    assert (said(held, circle.zoe).coming, said(held, circle.zoe).is_remote) == (Coming.COMING, True)
    assert comes(held) == {"Zoe"}


def test_a_substitute_keeps_the_place_and_is_told_once(circle: Circle) -> None:
    held, by = meeting(circle.group), account(circle.zoe)
    actions.say(held, circle.zoe, is_coming=False, substitute=circle.max, by=by)
    actions.say(held, circle.zoe, is_coming=True, by=by)
    actions.say(held, circle.zoe, is_coming=False, substitute=circle.max, by=by)
    [message] = db.session.query(Message).all()
    assert message.person == "Max"
    assert "Zoe" in message.body
    assert comes(held) == {"Max"}


def test_a_substitute_who_cannot_come_gives_the_place_back_and_the_member_hears(circle: Circle) -> None:
    held = meeting(circle.group)
    actions.say(held, circle.zoe, is_coming=False, substitute=circle.max, by=account(circle.zoe))
    actions.say(held, circle.max, is_coming=False, by=account(circle.max))
    assert said(held, circle.zoe).coming is Coming.EXCUSED
    assert comes(held) == set()
    assert [one.person for one in db.session.query(Message).order_by(Message.id)] == ["Max", "Zoe"]


def test_substitutes_go_neither_round_nor_on(circle: Circle) -> None:
    held = meeting(circle.group)
    with pytest.raises(Refused, match="ne peut pas envoyer"):
        actions.say(held, circle.max, is_coming=False, substitute=circle.zoe, by=account(circle.max))
    with pytest.raises(Refused, match="ne vous remplace pas"):
        actions.say(held, circle.zoe, is_coming=False, substitute=circle.sam, by=account(circle.zoe))
    with pytest.raises(Refused, match="ne vous remplace pas"):
        actions.say(held, circle.lea, is_coming=False, substitute=circle.max, by=account(circle.lea))


@pytest.mark.parametrize(("hours", "cancelled"), [(-1, False), (24, True)])
def test_nothing_is_said_any_more_once_it_began_or_is_cancelled(
    circle: Circle, hours: int, cancelled: bool
) -> None:
    held = meeting(
        circle.group, starts_at=now() + timedelta(hours=hours), cancelled_at=now() if cancelled else None
    )
    with pytest.raises(Refused):
        actions.say(held, circle.zoe, is_coming=True, by=account(circle.zoe))
    with pytest.raises(Refused):
        actions.say_needs(held, circle.zoe, needs=["hearing"], needs_words="", by=account(circle.zoe))


def test_who_was_there_is_counted_once_in_person_or_in_place(circle: Circle) -> None:
    held = meeting(circle.group, starts_at=now() + timedelta(days=1))
    actions.say(held, circle.lea, is_coming=False, by=account(circle.lea))
    with pytest.raises(Refused, match="n’a pas commencé"):
        actions.note_who_came(held, came=[], by=account(circle.sam))
    held.starts_at, held.ends_at = now() - timedelta(hours=2), now() - timedelta(hours=1)
    db.session.flush()
    actions.note_who_came(held, came=[circle.sam.code, circle.max.code, "unknown"], by=account(circle.sam))
    assert {seat.name for seat in attending.present(queries.roster(held))} == {"Sam", "Max"}
    assert said(held, circle.lea).coming is Coming.EXCUSED
    year = date(held.day.year, 1, 1), date(held.day.year, 12, 31)
    before = date(2000, 1, 1), date(held.day.year - 1, 12, 31)
    assert [one.minutes for one in queries.minutes_given(account(circle.max), *year)] == [90]
    assert queries.minutes_given(account(circle.zoe), *year) == []
    assert queries.minutes_given(account(circle.max), *before) == []
    actions.note_who_came(held, came=[circle.zoe.code, circle.max.code], by=account(circle.sam))
    assert {seat.name for seat in attending.present(queries.roster(held))} == {"Zoe", "Max"}
    assert said(held, circle.sam).coming is Coming.ABSENT
    assert [len(queries.minutes_given(account(one), *year)) for one in (circle.zoe, circle.max)] == [1, 1]


def test_who_came_or_left_between_is_not_in_the_room(circle: Circle) -> None:
    held = meeting(circle.group, starts_at=now() - timedelta(days=5))
    belongs(circle.group, "Nour", begun_at=now() - timedelta(days=1))
    circle.zoe.ended_at = now() - timedelta(days=6)
    circle.max.ended_at = now() - timedelta(days=1)
    db.session.flush()
    assert {seat.name for seat in queries.roster(held)} == {"Lea", "Sam", "Max"}


def test_needs_are_forgotten_thirty_days_after_and_what_was_said_stays(circle: Circle) -> None:
    old, fresh = meeting(circle.group), meeting(circle.group)
    for held in (old, fresh):
        by = account(circle.zoe)
        actions.say_needs(held, circle.zoe, needs=["transport"], needs_words="Un taxi", by=by)
        actions.say_needs(held, circle.lea, needs=["quiet"], needs_words="", by=account(circle.lea))
        actions.say(held, circle.sam, is_coming=True, by=account(circle.sam))
    old.starts_at, old.ends_at = now() - timedelta(days=32), now() - timedelta(days=31)
    db.session.commit()
    assert commands.forget_needs() == 2
    assert commands.forget_needs() == 0
    assert (said(old, circle.zoe).needs, said(old, circle.zoe).needs_words) == ([], None)
    assert said(old, circle.zoe).coming is Coming.COMING
    assert said(fresh, circle.zoe).needs_words == "Un taxi"
    actions.forget_person(account(circle.zoe))
    assert said(fresh, circle.zoe).needs_words is None
