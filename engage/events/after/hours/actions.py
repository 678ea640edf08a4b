"""Keeping the hours of partner patients when lists are forgotten, and taking them out of the house."""

from __future__ import annotations

from sqlalchemy import delete, literal, select

from engage.accounts.models import Account, Role
from engage.core.db import INSERT, db
from engage.core.i18n import gettext as _
from engage.core.sheets import Table
from engage.events.after.hours import queries
from engage.events.after.models import Presence
from engage.events.kinds import CAME
from engage.events.models import Occurrence
from engage.events.signing import keeping
from engage.events.signing.models import SignUp
from engage.journal import actions as journal


def take_out_hours(year: int, *, by: Account) -> Table:
    """One person a line, in dates and hours; each time is in the journal."""
    journal.record("hours exported", "partners", str(year), by=by)
    rows = [(one.name, one.dates, round(one.minutes / 60, 2)) for one in queries.of_everybody(year)]
    return (_("Name"), _("Dates"), _("Hours in all")), rows


def keep_presence(occurrence: Occurrence) -> None:
    """That partner patients came stays when the list does not say it any more. Twice, or by two, is once."""
    came = select(SignUp.account_id, literal(occurrence.id)).join(Account, Account.id == SignUp.account_id)
    theirs = came.where(SignUp.occurrence_id == occurrence.id, SignUp.state.in_(CAME)).distinct()
    partners = theirs.where(Account.role == Role.PARTNER, Account.ended_at.is_(None))
    held = INSERT[db.engine.dialect.name](Presence).from_select(["account_id", "occurrence_id"], partners)
    db.session.flush()
    db.session.connection().execute(held.on_conflict_do_nothing())


keeping.before_forgetting(keep_presence)


def forget_person(account: Account) -> None:
    """Whoever leaves takes their hours along."""
    db.session.execute(delete(Presence).filter_by(account_id=account.id))
