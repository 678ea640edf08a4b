"""Who promised something in a group hears once, by their channel, that its day is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.groups.minutes import actions, commands
from engage.groups.minutes.models import Task
from engage.groups.models import Group, MembershipPause
from engage.outbox.models import Channel, Kind, Message, State
from tests import make
from tests.groups.belonging.test_actions import nadia
from tests.groups.meeting.sample import belongs
from tests.groups.minutes.meeting import task

pytestmark = pytest.mark.usefixtures("session")


def late(group: Group, owner: Account | None, **values: object) -> Task:
    return task(group, owner, **{"due_on": centre_today() - timedelta(days=1)} | values)


def told() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def member(group: Group, name: str, **values: Any) -> Account:
    held = belongs(group, name, **values).account
    assert held
    return held


def test_each_owner_hears_of_a_late_task_once_by_their_channel() -> None:
    group = make.group()
    ana = member(group, "Ana")
    bob = member(group, "Bob", email=None, phone="06 12 34 56 78")
    late(group, ana)
    late(group, bob)
    late(group, None)
    late(group, ana, due_on=centre_today())
    late(group, ana, due_on=None)
    late(group, ana, done_at=now())
    assert [commands.remind_owners() for _day in range(2)] == [2, 0]
    mail, call = told()
    assert (mail.channel, mail.address, mail.kind) == (Channel.MAIL, ana.email, Kind.REMINDER)
    assert "Demander trois devis" in mail.body
    assert f"/groupes/{group.code}/taches" in mail.body
    assert (call.channel, call.address) == (Channel.PHONE, "06 12 34 56 78")
    assert "/taches" not in call.body


def test_nobody_on_a_break_hears_of_it_and_it_is_told_after_the_break() -> None:
    group = make.group()
    here, altogether = belongs(group, "Ana"), member(group, "Bob")
    pause = MembershipPause(membership_id=here.id, begun_at=now())
    db.session.add(pause)
    nadia(account=altogether, paused_until=centre_today() + timedelta(days=30))
    late(group, here.account)
    late(group, altogether)
    assert commands.remind_owners() == 0
    assert told() == []
    pause.ended_at = now()
    db.session.flush()
    assert commands.remind_owners() == 1


def test_who_left_and_a_group_that_ended_are_left_in_peace() -> None:
    group = make.group()
    late(group, member(group, "Ana", ended_at=now()))
    over = make.group(closed_at=now())
    late(over, member(over, "Bob"))
    assert commands.remind_owners() == 0


@pytest.mark.parametrize("is_removed", [False, True])
def test_what_is_done_or_gone_is_told_no_more(*, is_removed: bool) -> None:
    group = make.group()
    bob = member(group, "Bob", email=None, phone="06 12 34 56 78")
    held = late(group, bob)
    commands.remind_owners()
    if is_removed:
        actions.remove_task(held, by=bob)
    else:
        actions.finish_task(held, is_done=True, by=bob)
    (call,) = told()
    assert call.state is State.STOPPED
