"""What no programme may be: slots that overlap, that end before they begin, or far from the day's hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time
from itertools import pairwise

from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.words import fold
from engage.events.programme import words
from engage.events.programme.document import Timed

AROUND = 120  # minutes before and after a day in which people are welcomed, and tidy up
A_DAY = 24 * 60
Fault = tuple[int, str]
"""The place of a slot in its programme, and what is wrong with it."""


def minute(value: time) -> int:
    return value.hour * 60 + value.minute


def faults(slots: Sequence[Timed], dates: Sequence[tuple[time, int]] = ()) -> Iterator[Fault]:
    """All that is wrong. `dates`: when each date of the event starts, and how many minutes it lasts."""
    for place, slot in enumerate(slots):
        if slot.ends <= slot.starts:
            yield place, _("It must end after it starts, on the same day.")
        elif dates and not any(_touches(slot, *date) for date in dates):
            yield place, _("%(hours)s is far from the hours of the day.", hours=_upper(words.hours(slot)))
    yield from _overlaps(slots)


def fault(slot: Timed, others: Sequence[Timed], dates: Sequence[tuple[time, int]]) -> str:
    """What this slot would make wrong in a programme; nothing where it fits."""
    before = {sentence for _place, sentence in faults(others, dates)}
    found = (sentence for _place, sentence in faults([slot, *others], dates))
    return next((sentence for sentence in found if sentence not in before), "")


def _upper(said: str) -> str:
    return said[:1].upper() + said[1:]


def _touches(slot: Timed, starts: time, minutes: int) -> bool:
    first = minute(starts) - AROUND
    last = min(minute(starts) + minutes, A_DAY) + AROUND
    return first <= minute(slot.starts) and minute(slot.ends) <= last


def _room(slot: Timed) -> str:
    return " ".join(fold(slot.room).split())


def _overlaps(slots: Sequence[Timed]) -> Iterator[Fault]:
    """In one room, and among the slots without a room: those are for everybody."""
    until: dict[str, Timed] = {}
    for place in sorted(range(len(slots)), key=lambda place: slots[place].starts):
        slot = slots[place]
        before = until.get(_room(slot))
        if before and slot.starts < before.ends:
            yield place, _overlap(before, slot)
        if before is None or before.ends < slot.ends:
            until[_room(slot)] = slot


def _overlap(before: Timed, slot: Timed) -> str:
    both = {
        "second": words.label(slot),
        "second_hours": words.hours(slot),
        "first": words.label(before),
        "first_hours": words.hours(before),
    }
    if not slot.room:
        return _(
            "“%(second)s” (%(second_hours)s) overlaps “%(first)s” (%(first_hours)s)."
            " Change the hours, or give each its room.",
            **both,
        )
    return _(
        "“%(second)s” (%(second_hours)s) overlaps “%(first)s” (%(first_hours)s) in the same room: %(room)s."
        " Change the hours or the room.",
        room=slot.room,
        **both,
    )


def full(slot: Timed, free: int) -> str:
    """Why a party cannot come to this slot too."""
    if free < 1:
        return _("“%(title)s” is full. Please choose something else.", title=words.label(slot))
    return ngettext(
        "“%(title)s” has only %(num)s place left. Please choose something else, or come with fewer people.",
        "“%(title)s” has only %(num)s places left. Please choose something else, or come with fewer people.",
        free,
        title=words.label(slot),
    )


def clash(slots: Sequence[Timed]) -> str:
    """Why one party cannot come to all of these; nothing where it can."""
    for before, slot in pairwise(sorted(slots, key=lambda slot: slot.starts)):
        if slot.starts < before.ends:
            return _(
                "“%(first)s” and “%(second)s” are at the same time. Please choose one of them.",
                first=words.label(before),
                second=words.label(slot),
            )
    return ""
