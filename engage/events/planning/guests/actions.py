"""Looking at who comes, and writing to all of them."""

from __future__ import annotations

from collections.abc import Sequence

from engage.accounts.models import Account
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.kinds import ACTIVE, HOLDING
from engage.events.models import Occurrence
from engage.events.planning import telling
from engage.events.signing import queries as signed
from engage.events.signing.models import SignUp
from engage.journal import actions as journal


def read_guests(occurrence: Occurrence, *, by: Account) -> Sequence[SignUp]:
    """Names, contacts and needs of who comes: each look is in the journal."""
    journal.record("guests viewed", "occurrence", occurrence.code, by=by)
    return signed.guests(occurrence)


def write_to_all(
    occurrence: Occurrence, *, words: str, to_waiting: bool, submission_key: str, by: Account
) -> int:
    """Tell everybody who comes, each by their channel; how many parties. The same key tells them once."""
    states = ACTIVE if to_waiting else HOLDING
    people = [one for one in signed.active(occurrence) if one.state in states]
    if not people:
        raise Refused(_("Nobody has signed up for this date yet: there is nobody to write to."))
    for one in people:
        telling.tell_words(one, words, f"words {submission_key}")
    journal.record("guests written to", "occurrence", occurrence.code, by=by, note=str(len(people)))
    return len(people)
