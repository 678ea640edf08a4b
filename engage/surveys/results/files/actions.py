"""Taking answers out one by one: rarely, for a reason, never from a wave that promised strict anonymity."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal import actions as journal
from engage.surveys.answering.kinds import Anonymity
from engage.surveys.answering.models import Wave
from engage.surveys.results import queries


def take_out_answers(wave: Wave, kind: str, *, reason: str, by: Account) -> None:
    """Note that the answers leave the house, and why. Raises Refused."""
    if wave.anonymity is Anonymity.STRICT:
        raise Refused(_("This survey promised strict anonymity: its answers never leave one by one."))
    if queries.last(wave) is None:
        raise Refused(_("Release the results first: before that no answer leaves the house."))
    if wave.erased_at is not None:
        raise Refused(_("The answers of this survey are erased."))
    if not reason.strip():
        raise Refused(_("Say what you need the answers for."))
    journal.record("answers exported", "wave", wave.code, by=by, note=f"{kind}: {reason}")
