"""The letter of the week: on Monday morning, once, only when there is something to say."""

from __future__ import annotations

from datetime import datetime, timedelta

from engage.centre.queries import zone
from engage.core.clock import now
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.groups.deciding import words as deciding
from engage.groups.digest import queries, weeks
from engage.groups.digest.queries import News
from engage.groups.digest.weeks import Week
from engage.groups.meeting import words
from engage.groups.meeting.queries import Reader
from engage.groups.models import Group
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind

WEEKS_BACK = 4  # what a worker that was away makes up for


def _key(reader: Reader, week: Week) -> str:
    return f"digest {reader.membership.code} {week.name}"


def write_week(group: Group) -> int:
    """The letters of the week that was opened last, to who wants it and has none yet; how many."""
    past = [weeks.of(now(), zone())]
    for _week in range(WEEKS_BACK):
        past.append(weeks.before(past[-1], zone()))
    readers = [one for one in queries.wanting(group) if one.membership.begun_at < past[0].opens]
    written = queries.written(_key(one, week) for one in readers for week in past)
    due = {one.membership.id: one for one in readers if _key(one, past[0]) not in written}
    tasks = queries.tasks_by_owner(group, [one.account for one in due.values()])
    found: dict[datetime, News] = {}
    count = 0
    for one in due.values():
        since = _since(one, past, written)
        if since not in found:
            found[since] = queries.news(group, since, past[0])
        told = queries.with_tasks(found[since], tasks.get(one.account.id, []), since, past[0])
        count += not told.is_empty and _write(group, one, past[0], told)
    return count


def _since(reader: Reader, past: list[Week], written: set[str]) -> datetime:
    """What came after the last letter is new; nothing is from before somebody belonged to the group."""
    told = [week.opens for week in past[1:] if _key(reader, week) in written]
    return max(told[0] if told else past[-1].opens, reader.membership.begun_at - timedelta(seconds=1))


def _write(group: Group, reader: Reader, week: Week, news: News) -> bool:
    account = reader.account
    with speaking(account.language):
        body = render(
            "digest/mail/week.txt", group=group, name=account.first_name, news=news, words=words,
            deciding=deciding, week=week, page=link("space.inside", code=group.code),
        )  # fmt: skip
        message = outbox.write(
            key=_key(reader, week),
            kind=Kind.NEWS,
            channel=Channel.MAIL,
            subject=_("This week: %(group)s", group=group.name),
            body=body,
            address=account.email,
            person=account.full_name,
            about=("group", group.code),
        )
    return message is not None
