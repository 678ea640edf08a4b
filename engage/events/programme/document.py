"""A day with a programme as plain values: what is read from a file, checked, shown, printed, written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from engage.events.kinds import EventKind, SigningUp
from engage.events.programme.models import SlotKind

MOST_SLOTS, MOST_SPEAKERS, MOST_TOPICS = 60, 8, 12
WORDS = ("neutral_title", "what", "what_short", "for_whom", "to_bring", "cost", "proposed_by")
"""What a file may also say of its event, under these names."""


class Voice(NamedTuple):
    """Somebody who speaks, or who prepared the day."""

    name: str
    role: str = ""
    organisation: str = ""
    is_remote: bool = False


class Timed(NamedTuple):
    """One slot. `free`: places left, on one date, for who chooses it now; None without a limit."""

    starts: time
    ends: time
    kind: SlotKind
    title: str | None = None
    number: int | None = None
    text: str = ""
    topics: tuple[str, ...] = ()
    speakers: tuple[Voice, ...] = ()
    room: str = ""
    takes_sign_up: bool = False
    capacity: int | None = None
    id: int = 0
    free: int | None = None


class Told(NamedTuple):
    """What the programme of an event says, its slots in order."""

    subject: str
    is_remote: bool
    audiences: tuple[str, ...]
    committee: tuple[Voice, ...]
    notes: tuple[str, ...]
    slots: tuple[Timed, ...]

    @property
    def to_choose(self) -> tuple[Timed, ...]:
        """The slots for which people sign up apart."""
        return tuple(slot for slot in self.slots if slot.takes_sign_up)


@dataclass(frozen=True)
class Day:
    """Everything that a file says: an event, its one date, its programme."""

    title: str
    kind: EventKind
    day: date
    starts: time
    minutes: int
    programme: Told
    organiser: str = ""
    place: str = ""
    address: str = ""
    signing_up: SigningUp = SigningUp.OPTIONAL
    capacity: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
