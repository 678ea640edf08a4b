"""The letter of the week: Monday morning on the clock of the centre, once, when there is something to say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
import time_machine
from sqlalchemy import event

from engage.core.clock import local
from engage.core.db import db
from engage.groups.deciding.models import Decision, Way
from engage.groups.digest import commands, weeks
from engage.groups.meeting.models import Meeting
from engage.groups.minutes.models import Minutes, MinutesState, Task
from engage.groups.models import MembershipPause, MembershipWish
from engage.outbox.models import Channel, Kind, Message
from tests.groups.meeting.sample import ZONE, Circle, account, belongs, meeting, point

MONDAY = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # 7.30 on the wall
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def circle(session: None) -> Circle:
    return Circle.made(begun_at=LONG_AGO)


def old_meeting(circle: Circle, **values: object) -> Meeting:
    """Planned long ago, for a day that is far."""
    facts = {"starts_at": datetime(2027, 3, 3, 17, tzinfo=UTC), "changed_at": LONG_AGO}
    return meeting(circle.group, **facts | values)  # type: ignore[arg-type]


def letters() -> list[Message]:
    return db.session.query(Message).order_by(Message.id).all()


def at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return commands.write_letters()


def test_nothing_is_written_when_nothing_is_new(circle: Circle) -> None:
    old_meeting(circle)
    assert at(MONDAY) == 0
    assert letters() == []


def test_who_wants_it_gets_it_once_and_nobody_else(circle: Circle) -> None:
    belongs(circle.group, "Ana", email=None, begun_at=LONG_AGO)
    db.session.get_one(MembershipWish, circle.sam.id).wants_digest = False
    db.session.add(MembershipPause(membership_id=circle.max.id, begun_at=LONG_AGO))
    belongs(circle.group, "Eve", begun_at=LONG_AGO, ended_at=MONDAY - timedelta(days=1))
    old_meeting(circle, changed_at=MONDAY - timedelta(days=2))
    assert at(MONDAY) == 2
    assert [at(MONDAY + timedelta(hours=hours)) for hours in (1, 30, 120)] == [0, 0, 0]
    assert {one.person for one in letters()} == {"Zoe", "Lea"}
    assert {(one.channel, one.kind) for one in letters()} == {(Channel.MAIL, Kind.NEWS)}


def test_it_waits_for_monday_morning(circle: Circle) -> None:
    old_meeting(circle, changed_at=MONDAY - timedelta(days=2))
    assert at(MONDAY - timedelta(hours=1)) == 0
    assert at(MONDAY - timedelta(minutes=30)) == 4


@pytest.mark.parametrize("monday", [date(2026, 10, 26), date(2027, 3, 29), date(2026, 7, 6)])
def test_it_is_seven_on_the_wall_after_each_change_of_clocks(circle: Circle, monday: date) -> None:
    week = weeks.of(datetime(monday.year, monday.month, monday.day, 12, tzinfo=UTC), ZONE)
    assert (week.monday, local(week.opens, ZONE).hour) == (monday, 7)
    assert weeks.before(week, ZONE).monday == monday - timedelta(days=7)
    assert weeks.of(week.opens - timedelta(seconds=1), ZONE).monday == monday - timedelta(days=7)
    old_meeting(circle, starts_at=week.opens + timedelta(days=3))
    assert at(week.opens - timedelta(minutes=1)) == 0
    assert at(week.opens) == 4
    assert letters()[0].key.endswith(week.name)


def test_the_first_days_of_a_year_may_belong_to_the_last_week_of_the_other() -> None:
    assert weeks.of(datetime(2027, 1, 2, 12, tzinfo=UTC), ZONE).name == "2026-W53"
    assert weeks.of(datetime(2027, 1, 4, 12, tzinfo=UTC), ZONE).name == "2027-W01"


def test_a_worker_that_was_away_loses_no_news_and_tells_none_twice(circle: Circle) -> None:
    db.session.add(Task(group_id=circle.group.id, text="Appeler", made_at=LONG_AGO, owner_id=None))
    old_meeting(circle, title="Première", changed_at=MONDAY - timedelta(days=3))
    assert at(MONDAY) == 4
    old_meeting(circle, title="Deuxième", changed_at=MONDAY + timedelta(days=2))
    assert at(MONDAY + timedelta(days=17)) == 4  # away for a Monday, back on a Thursday
    assert "Deuxième" in letters()[-1].body
    assert "Première" not in letters()[-1].body
    assert at(MONDAY + timedelta(days=18)) == 0


def test_what_came_after_monday_waits_for_the_next_one(circle: Circle) -> None:
    old_meeting(circle, changed_at=MONDAY + timedelta(days=1))
    assert at(MONDAY + timedelta(days=2)) == 0
    assert at(MONDAY + timedelta(days=7)) == 4


def test_it_says_all_that_is_new_and_to_each_their_own_tasks(circle: Circle) -> None:
    new = MONDAY - timedelta(days=2)
    soon = old_meeting(circle, title="Jeudi", starts_at=MONDAY + timedelta(days=3), agenda_closed_at=new)
    point(soon)
    old_meeting(circle, title="Perdue", changed_at=new, cancelled_at=new, cancelled_why="Neige")
    told = old_meeting(circle, title="Dernière", starts_at=MONDAY - timedelta(days=9))
    minutes = {"meeting_id": told.id, "heard": "Tout", "state": MinutesState.SHARED, "written_at": new}
    db.session.add(Minutes(**minutes, shared_at=new, correct_until=date(2026, 11, 28)))
    asked = {"group_id": circle.group.id, "way": Way.CONSENT, "options": [], "counts": {"objections": 0}}
    db.session.add(
        Decision(**asked, question="Ouvrir à 8 h ?", is_adopted=True, opened_at=new, closed_at=new)
    )
    owner = {"group_id": circle.group.id, "made_at": LONG_AGO, "owner_id": circle.lea.account_id}
    db.session.add(Task(**owner, text="Écrire au maire", due_on=date(2026, 11, 27)))
    db.session.add(Task(**owner, text="Fini", due_on=date(2026, 11, 20), done_at=new))
    db.session.add(Task(**owner, text="Plus tard", due_on=date(2027, 1, 20)))
    assert at(MONDAY) == 4
    bodies = {one.person: one.body for one in letters()}
    for words in ("Jeudi", "Perdue", "annulée", "ordre-du-jour", "compte-rendu", "Ouvrir à 8 h"):
        assert words in bodies["Zoe"]
    assert "Écrire au maire" in bodies["Lea"]
    assert "Écrire au maire" not in bodies["Zoe"]
    assert "Fini" not in bodies["Lea"]
    assert "Plus tard" not in bodies["Lea"]


def test_who_came_later_hears_of_what_came_after(circle: Circle) -> None:
    belongs(circle.group, "Nour", begun_at=MONDAY - timedelta(days=1))
    belongs(circle.group, "Tom", begun_at=MONDAY + timedelta(hours=1))
    old_meeting(circle, changed_at=MONDAY - timedelta(days=3))
    assert at(MONDAY + timedelta(hours=2)) == 4
    assert {one.person for one in letters()} == {"Zoe", "Lea", "Sam", "Max"}
    circle.group.closed_at = MONDAY
    old_meeting(circle, changed_at=MONDAY + timedelta(days=3))
    assert at(MONDAY + timedelta(days=7)) == 0
    assert account(circle.zoe).email in {one.address for one in letters()}


def test_more_readers_ask_no_more_questions(circle: Circle) -> None:
    """It is looked at every half hour, also when there is nothing to say."""

    def asked() -> int:
        seen: list[str] = []
        note = partial(_note, seen)
        event.listen(db.engine, "before_cursor_execute", note)
        assert at(MONDAY) == 0
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    few = asked()
    for number in range(5):
        belongs(circle.group, f"Membre{number}", begun_at=LONG_AGO)
    db.session.commit()
    assert asked() <= few


def _note(seen: list[str], _c: object, _cursor: object, statement: str, *_rest: object) -> None:
    if statement.startswith("SELECT"):
        seen.append(statement)
