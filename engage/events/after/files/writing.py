"""The list of a date as a table: names while they are kept, then counts alone."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import IO

from engage.centre.queries import zone
from engage.core import sheets
from engage.core.clock import local
from engage.core.i18n import gettext as _
from engage.core.sheets import Cells, Table
from engage.core.spool import written
from engage.events.after.queries import Attendance
from engage.events.models import EventQuestion
from engage.events.signing.models import SignUp
from engage.events.words import ROLES, STATES


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


MEDIA = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def people(guests: Sequence[SignUp], questions: Sequence[EventQuestion]) -> Table:
    """One sign-up a line. Needs stay in the house: they are erased there after 30 days."""
    columns = (_("Name"), _("Where it stands"), _("People"), _("Comes along:"), _("To reach them"),
               _("Agrees to be on pictures"), _("Signed up on"))  # fmt: skip
    asked = [one.text for one in questions]
    return (*columns, *asked), (_person(one, len(asked)) for one in guests)


def _person(one: SignUp, questions: int) -> Cells:
    along = (f"{companion.name or ''} ({ROLES[companion.role]})".strip() for companion in one.companions)
    agrees = _("yes") if one.agrees_to_photos else _("no")
    said = [*one.said, *[""] * questions][:questions]
    day = local(one.created_at, zone()).date()
    state = str(STATES[one.state])
    return (one.name or "", state, one.party, ", ".join(along), one.contact or "", agrees, day, *said)


def counts(attendance: Attendance) -> Table:
    """What stays of a list that was made anonymous."""
    rows = [
        (str(STATES[state]), number, attendance.people[state])
        for state, number in attendance.parties.items()
        if number
    ]
    return (_("Where it stands"), _("Sign-ups"), _("People")), rows


def file(kind: Format, table: Table) -> IO[bytes]:
    """Ready to be read with `sheets.blocks`; nothing in it is a formula."""
    columns, rows = table
    if kind is Format.XLSX:
        return sheets.xlsx(columns, rows, name=_("sign-ups"))
    return written(sheets.csv_lines(columns, rows))
