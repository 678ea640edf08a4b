"""Who writes minutes, who corrects them, who makes them known, and who ticks tasks."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.groups import permissions as may_group
from engage.groups.meeting.models import Meeting
from engage.groups.minutes.models import Minutes, MinutesState, Task
from engage.groups.models import Group


def write(me: Account | None, meeting: Meeting, minutes: Minutes | None) -> bool:
    """The secretary or the team, as far as the group's autonomy says; never what is approved."""
    if minutes is not None and minutes.state is MinutesState.APPROVED:
        return False
    return not meeting.is_cancelled and may_group.publish_minutes(me, meeting.group)


def share(me: Account | None, minutes: Minutes) -> bool:
    return minutes.state is MinutesState.DRAFT and may_group.publish_minutes(me, minutes.meeting.group)


def correct(me: Account | None, minutes: Minutes) -> bool:
    """Members, for seven days."""
    if minutes.state is not MinutesState.SHARED or minutes.correct_until is None:
        return False
    return centre_today() <= minutes.correct_until and may_group.take_part(me, minutes.meeting.group)


def answer(me: Account | None, minutes: Minutes) -> bool:
    """Who writes the minutes answers what members would correct in them."""
    return minutes.state is MinutesState.SHARED and may_group.publish_minutes(me, minutes.meeting.group)


def approve(me: Account | None, minutes: Minutes) -> bool:
    return answer(me, minutes)


def publish(me: Account | None, minutes: Minutes) -> bool:
    """Who approves minutes writes the words for others, and takes them back."""
    return minutes.state is MinutesState.APPROVED and may_group.publish_minutes(me, minutes.meeting.group)


def take_back(me: Account | None, minutes: Minutes) -> bool:
    """Who publishes them; what a group that ended still shows, the coordination."""
    if minutes.meeting.group.is_closed:
        return minutes.published_at is not None and may_group.manage(me)
    return publish(me, minutes)


def add_task(me: Account | None, group: Group) -> bool:
    """Who writes the minutes or sets the agenda."""
    return may_group.publish_minutes(me, group) or may_group.set_agenda(me, group)


def remove_task(me: Account | None, task: Task, group: Group) -> bool:
    return add_task(me, group)


def finish_task(me: Account | None, task: Task, group: Group) -> bool:
    """Its owner while they take part, and who may add tasks."""
    owns = me is not None and task.owner_id == me.id and may_group.take_part(me, group)
    return owns or add_task(me, group)
