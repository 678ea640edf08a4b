"""Meetings are planned on the clock of the wall, and members hear of each change once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.meeting import actions, queries
from engage.groups.meeting.models import Meeting
from engage.groups.meeting.repeating import Repeat, days
from engage.groups.models import MembershipPause
from engage.outbox.models import Channel, Kind, Message
from tests import make
from tests.groups.meeting.sample import Circle, account, belongs, meeting

WORDS = {"title": "", "place": "Salle 2", "remote_link": None, "transport": "", "access": ""}


@pytest.fixture
def circle(session: None) -> Circle:
    return Circle.made()


def facts(of: Meeting, **values: Any) -> dict[str, Any]:
    """The meeting as its form would send it back."""
    names = (*WORDS, "day", "starts", "minutes", "version")
    return {name: getattr(of, name) for name in names} | values


def planned(circle: Circle, day: date, **values: Any) -> list[Meeting]:
    said: dict[str, Any] = {"starts": time(18, 30), "minutes": 90, "repeat": Repeat.ONCE, "count": 1}
    return actions.plan(circle.group, day=day, **said | WORDS | values, by=account(circle.lea))


def told(channel: Channel = Channel.MAIL) -> list[Message]:
    return db.session.query(Message).filter_by(channel=channel).order_by(Message.id).all()


@time_machine.travel(datetime(2026, 9, 1, 10, tzinfo=UTC), tick=False)
def test_it_stands_at_the_same_hour_of_the_wall_whatever_the_season(
    circle: Circle,
) -> None:
    made = planned(circle, date(2026, 10, 13), repeat=Repeat.WEEKDAY, count=7)
    assert [one.day for one in made] == [
        date(2026, 10, 13), date(2026, 11, 10), date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9),
        date(2027, 3, 9), date(2027, 4, 13),
    ]  # fmt: skip
    assert [one.starts_at.hour for one in made] == [16, 17, 17, 17, 17, 17, 16]
    assert {one.ends_at - one.starts_at for one in made} == {timedelta(minutes=90)}
    assert len({one.code for one in made}) == 7


@time_machine.travel(datetime(2026, 9, 1, 10, tzinfo=UTC), tick=False)
def test_an_hour_that_is_jumped_over_is_refused_and_one_that_comes_twice_is_the_first(
    circle: Circle,
) -> None:
    with pytest.raises(Refused, match="n’existe pas"):
        planned(circle, date(2027, 3, 28), starts=time(2, 30))
    [twice] = planned(circle, date(2026, 10, 25), starts=time(2, 30))
    assert twice.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "repeat", "count", "expected"),
    [
        (date(2026, 9, 29), Repeat.WEEKDAY, 3, [date(2026, 9, 29), date(2026, 10, 27), date(2026, 11, 24)]),
        (date(2026, 12, 31), Repeat.DATE, 3, [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]),
        (date(2026, 12, 1), Repeat.WEEKDAY, 2, [date(2026, 12, 1), date(2027, 1, 5)]),
        (date(2026, 12, 1), Repeat.ONCE, 5, [date(2026, 12, 1)]),
    ],
)
def test_days_come_back_as_people_say_them(
    first: date, repeat: Repeat, count: int, expected: list[date]
) -> None:
    assert days(first, repeat, count) == expected


def test_a_past_day_and_a_closed_group_are_refused(circle: Circle) -> None:
    with pytest.raises(Refused, match="passé"):
        planned(circle, date(2020, 1, 1))
    circle.group.closed_at = now()
    with pytest.raises(Refused, match="terminé"):
        planned(circle, date(2100, 1, 1))


def test_each_member_hears_by_their_channel_and_nobody_who_is_paused(circle: Circle) -> None:
    phone = belongs(circle.group, "Ana", email=None, phone="04 00 00 00 01")
    belongs(circle.group, "Bob", email=None)
    db.session.add(MembershipPause(membership_id=circle.sam.id, begun_at=now()))
    gone = belongs(circle.group, "Eve", ended_at=now())
    planned(circle, date(2100, 1, 1))
    assert {one.person for one in told()} == {"Lea", "Zoe", "Max"}
    assert [one.address for one in told(Channel.PHONE)] == [account(phone).phone]
    assert [one.person for one in told(Channel.RECEPTION)] == ["Bob"]
    assert account(gone).email not in {one.address for one in told()}
    assert {one.kind for one in told()} == {Kind.NEWS}


def test_who_is_paused_altogether_hears_nothing(circle: Circle) -> None:
    from engage.intake.models import Door, Reply
    from engage.involvement import actions as involvement

    person = involvement.meet(
        submission_key="k" * 20, name="Zoe", reply=Reply.NONE, contact=None, language="fr", door=Door.WEB,
        account=account(circle.zoe),
    )  # fmt: skip
    person.paused_until = date(2100, 1, 1)
    planned(circle, date(2099, 1, 1))
    assert "Zoe" not in {one.person for one in told()}


def test_a_change_of_place_is_told_once_and_one_of_words_is_not(circle: Circle) -> None:
    held = meeting(circle.group)
    by = account(circle.lea)
    assert not actions.change(held, **facts(held, access="Ascenseur"), by=by)
    assert (told(), held.sequence) == ([], 0)
    assert actions.change(held, **facts(held, place="Mairie"), by=by)
    assert (len(told()), held.sequence) == (4, 1)
    assert "Mairie" in told()[0].body
    assert actions.change(held, **facts(held, day=date(2100, 3, 2), starts=time(9)), by=by)
    assert (len(told()), held.sequence, held.starts_at.hour) == (8, 2, 8)


def test_the_second_of_two_who_change_it_is_told_so(circle: Circle) -> None:
    held = meeting(circle.group)
    stale = facts(held, place="Gymnase")
    actions.change(held, **facts(held, place="Mairie"), by=account(circle.lea))
    db.session.flush()
    with pytest.raises(Refused, match="vient de modifier"):
        actions.change(held, **stale, by=account(circle.sam))


def test_it_is_cancelled_once_and_says_why(circle: Circle) -> None:
    held = meeting(circle.group)
    actions.cancel(held, why="La salle est prise.", by=account(circle.lea))
    assert (held.is_cancelled, held.sequence, len(told())) == (True, 1, 4)
    assert "La salle est prise." in told()[0].body
    with pytest.raises(Refused, match="déjà annulée"):
        actions.cancel(held, why="Encore", by=account(circle.lea))
    over = meeting(circle.group, starts_at=now() - timedelta(hours=1))
    with pytest.raises(Refused, match="a commencé"):
        actions.cancel(over, why="Trop tard", by=account(circle.lea))
    assert len(told()) == 4


def test_lists_tell_what_is_to_come_from_what_is_over(circle: Circle) -> None:
    ids = [meeting(circle.group, starts_at=now() + timedelta(days=one)).id for one in (9, 2, -3, -40)]
    assert [one.id for one in queries.upcoming(circle.group)] == [ids[1], ids[0]]
    assert [one.id for one in queries.past(circle.group, 1).meetings] == ids[2:]
    assert queries.past(circle.group, 99).number == 1
    other: Account = make.account("Nour")
    assert queries.minutes_given(other, date(2000, 1, 1), date(2100, 1, 1)) == []
