"""Taking the hours of partner patients out of the house."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.i18n import gettext as _
from engage.core.sheets import Table
from engage.events.after.hours import queries
from engage.journal import actions as journal


def take_out_hours(year: int, *, by: Account) -> Table:
    """One person a line, in dates and hours; each time is in the journal."""
    journal.record("hours exported", "partners", str(year), by=by)
    rows = [(one.name, one.dates, round(one.minutes / 60, 2)) for one in queries.of_everybody(year)]
    return (_("Name"), _("Dates"), _("Hours in all")), rows
