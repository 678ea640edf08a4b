"""What must be done now for events: at most seven lines, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from engage.core.clock import now
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import moment
from engage.events.after import queries as after
from engage.events.kinds import EventState
from engage.events.models import Occurrence
from engage.events.planning.queries import PREPARE, DateLine, EventLine

MOST = 7


class Todo(NamedTuple):
    """One line: what, about what, the one way to do it."""

    title: str
    text: str
    icon: str
    go: str
    endpoint: str
    code: str


def to_do(dates: Sequence[DateLine], events: Sequence[EventLine]) -> list[Todo]:
    found = (*_to_prepare(dates), *_waiting(dates), *_unread(), *_unpublished(events))
    return list(islice(found, MOST))


def _about(occurrence: Occurrence) -> str:
    return f"{_('“%(title)s”', title=occurrence.event.title)} · {moment(occurrence.starts_at)}"


def _to_prepare(dates: Sequence[DateLine]) -> Iterator[Todo]:
    for occurrence, _waits, needs in dates:
        if needs and occurrence.starts_at < now() + PREPARE:
            title = ngettext(
                "%(num)s sign-up with a need: prepare it",
                "%(num)s sign-ups with a need: prepare them", needs,
            )  # fmt: skip
            yield Todo(title, _about(occurrence), "support", _("See"), "event_guests.show", occurrence.code)


def _waiting(dates: Sequence[DateLine]) -> Iterator[Todo]:
    for occurrence, waits, _needs in dates:
        if waits:
            title = ngettext(
                "Full, and %(num)s sign-up waits: is there a larger room?",
                "Full, and %(num)s sign-ups wait: is there a larger room?", waits,
            )  # fmt: skip
            yield Todo(title, _about(occurrence), "people", _("See"), "event_guests.show", occurrence.code)


def _unread() -> Iterator[Todo]:
    for occurrence, number in after.with_unread():
        title = ngettext("%(num)s opinion to read", "%(num)s opinions to read", number)
        yield Todo(title, _about(occurrence), "message", _("Read"), "after_desk.show", occurrence.code)


def _unpublished(events: Sequence[EventLine]) -> Iterator[Todo]:
    for event, next_at, _coming in events:
        if event.state is EventState.DRAFT:
            text = _("It has its dates: publish it.") if next_at else _("Give it its dates, then publish it.")
            title = _("“%(title)s” is a draft", title=event.title)
            yield Todo(title, text, "publish", _("Go on"), "events_desk.show", event.code)
