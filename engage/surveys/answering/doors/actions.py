"""What is known of paper: slips taken back, sheets handed out."""

from __future__ import annotations

from sqlalchemy import delete

from engage.accounts.models import Account
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal import actions as journal
from engage.surveys.answering import queries
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Ticket, Wave


def cancel_unused(wave: Wave, *, given: int, by: Account) -> int:
    """Unused slips open nothing any more; `given` of them had reached somebody and still count. How many.

    Raises Refused when fewer slips are unused than were given.
    """
    unused = queries.unspent(wave)
    if given > unused:
        raise Refused(_("Only %(unused)d slips are unused: no more can have been given.", unused=unused))
    db.session.execute(delete(Ticket).filter_by(wave_id=wave.id, is_spent=False))
    slips = queries.channel(wave, ChannelKind.SLIPS)
    if slips is not None and slips.handed_out is not None:
        slips.handed_out -= unused - given
    journal.record("tickets cancelled", "wave", wave.code, by=by, note=str(unused))
    return unused


def count_paper(wave: Wave, *, handed_out: int, by: Account) -> None:
    """How many paper sheets people got. Raises Refused for fewer than came back, or without paper."""
    paper = queries.channel(wave, ChannelKind.PAPER)
    if paper is None:
        raise Refused(_("This questionnaire is not answered in this way."))
    if handed_out < paper.completed:
        raise Refused(_("More sheets than that came back. Please count again."))
    paper.handed_out = handed_out
    journal.record("paper counted", "wave", wave.code, by=by, note=str(handed_out))
