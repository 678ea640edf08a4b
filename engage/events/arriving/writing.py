"""Writing down what was noted, once for each key, and the figures that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.events.arriving import noting, queries
from engage.events.arriving.entries import Entry
from engage.events.arriving.models import Arrival, ArrivalKind, DoorPass
from engage.events.models import Occurrence
from engage.events.signing import places
from engage.events.signing.models import SignUp


class Noted(NamedTuple):
    """The keys of what is noted now, and of what cannot be."""

    done: list[str]
    refused: list[str]


def note_all(
    occurrence_id: int, entries: Sequence[Entry], *, by: Account | None, door: DoorPass | None = None
) -> Noted:
    """Lock the date, then note one thing after the other."""
    occurrence = queries.locked(occurrence_id)
    writer = _Writer(occurrence, entries, by, door)
    noted = Noted([], [])
    for entry in entries:
        (noted.done if writer.note(entry) else noted.refused).append(entry.key)
    written(occurrence)
    return noted


def written(occurrence: Occurrence) -> None:
    """The figures that follow from the list; new faces are known on the evening of the day."""
    db.session.flush()
    places.write_back(occurrence)
    occurrence.head_count = queries.heads(occurrence)
    occurrence.new_faces = queries.new_faces(occurrence) if occurrence.day_closed_at else None


class _Writer:
    """For one date that is locked."""

    def __init__(
        self, occurrence: Occurrence, entries: Sequence[Entry], by: Account | None, door: DoorPass | None
    ) -> None:
        self.occurrence, self.by, self.door = occurrence, by, door
        self.people = queries.sign_ups(occurrence, (entry.who for entry in entries))
        self.last = queries.last_noted(self.people.values())
        self.why = door.device if door else ""

    def note(self, entry: Entry) -> bool:
        """Whether it is noted, now or before; False when it names nobody of this date."""
        sign_up = self.people.get(entry.who)
        if entry.who and sign_up is None:
            return False
        arrival = insert_once(
            Arrival,
            submission_key=entry.key,
            occurrence_id=self.occurrence.id,
            pass_id=self.door.id if self.door else None,
            sign_up_id=sign_up.id if sign_up else None,
            by_id=self.by.id if self.by else None,
            kind=entry.kind,
            party=self._party(entry),
            at=self._at(entry),
        )
        if arrival is None:
            return True
        if entry.kind is ArrivalKind.WALK_IN:
            return self._walk_in(arrival, entry)
        if sign_up is not None:
            self._move(sign_up, arrival)
        return True

    def _party(self, entry: Entry) -> int:
        """Nobody takes more heads away than were counted."""
        if entry.kind is ArrivalKind.UNDONE and not entry.who:
            return min(entry.party, queries.heads(self.occurrence) or 0)
        return entry.party

    def _at(self, entry: Entry) -> datetime:
        """Never before the telephone had its pass."""
        at = now() - entry.ago
        return max(at, self.door.made_at) if self.door else at

    def _walk_in(self, arrival: Arrival, entry: Entry) -> bool:
        made = noting.walk_in(arrival, entry.name, by=self.by, why=self.why)
        if made is not None:
            self.people |= {entry.key: made, made.code: made}
        return made is not None

    def _move(self, sign_up: SignUp, arrival: Arrival) -> None:
        """What was noted last counts, in whichever order devices send it."""
        if (last := self.last.get(sign_up.id)) and arrival.at < last:
            return
        self.last[sign_up.id] = arrival.at
        if arrival.kind is ArrivalKind.CAME:
            noting.come(self.occurrence, sign_up, arrival.party, by=self.by, why=self.why)
        else:
            noting.undo(self.occurrence, sign_up, by=self.by, why=self.why)
