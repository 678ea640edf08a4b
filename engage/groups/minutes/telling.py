"""What members are told about minutes and tasks."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.groups.deciding.telling import tell
from engage.groups.meeting.queries import Reader, readers
from engage.groups.meeting.telling import way
from engage.groups.meeting.words import title
from engage.groups.minutes.models import Minutes, Task
from engage.groups.minutes.queries import LATE
from engage.groups.models import Group
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind


def shared(minutes: Minutes) -> None:
    """Members may read them, and correct them for seven days."""
    meeting = minutes.meeting
    subject, key = _l("The minutes of your group are here"), f"minutes {meeting.code}"
    facts = {"minutes": minutes, "meeting": meeting, "title": title(meeting)}
    tell(meeting.group, subject, "minutes/mail/shared.txt", key=key, **facts)


def late(task: Task, group: Group) -> bool:
    """Once, a reminder that waits for the day as all of them do; never to who is paused or has left."""
    owner = next((one for one in readers(group) if one.account.id == task.owner_id), None)
    return owner is not None and _remind(task, group, owner)


def _remind(task: Task, group: Group, owner: Reader) -> bool:
    account = owner.account
    channel, address = way(account, owner.address)
    page = link("group_tasks.index", code=group.code) if channel is Channel.MAIL else ""
    with speaking(account.language):
        said = {"task": task, "group": group, "person": account.first_name, "page": page}
        message = outbox.write(
            key=f"{LATE}{task.code}",
            kind=Kind.REMINDER,
            channel=channel,
            subject=_("Something that you promised: %(group)s", group=group.name),
            body=render("minutes/mail/late.txt", **said),
            address=address,
            person=account.full_name,
            about=("task", task.code),
            whom=account.whom,
        )
    return message is not None
