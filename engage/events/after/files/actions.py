"""Taking the list of a date out of the house."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.sheets import Table
from engage.events import queries as events
from engage.events.after import queries
from engage.events.after.files import writing
from engage.events.models import Occurrence
from engage.events.signing import queries as signing
from engage.journal import actions as journal


def take_out(occurrence: Occurrence, *, by: Account) -> Table:
    """Who comes or came, or how many once names are forgotten; each time is in the journal."""
    guests = signing.guests(occurrence)
    journal.record("guests exported", "occurrence", occurrence.code, by=by, note=str(len(guests)))
    if any(one.name for one in guests):
        return writing.people(guests, events.questions(occurrence.event))
    return writing.counts(queries.attendance(occurrence))
