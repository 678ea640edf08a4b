"""Giving it in writing that people came."""

from __future__ import annotations

from collections.abc import Sequence

from engage.accounts.models import Account
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.after.attesting import queries
from engage.events.after.attesting.queries import Named
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.journal import actions as journal


def attest(occurrence: Occurrence, only: SignUp | None = None, *, by: Account) -> Sequence[Named]:
    """Those who came, or the one asked for; that the team printed their names is in the journal.

    Raises Refused where nobody came under a name, or the date is not over.
    """
    people: Sequence[Named] = queries.attested(occurrence) if only is None else [only]
    if not people or (only and not queries.is_attested(only)):
        raise Refused(_("Nobody is noted as having come under a name, or this date is not over."))
    journal.record("attendance certified", "occurrence", occurrence.code, by=by, note=str(len(people)))
    return people
