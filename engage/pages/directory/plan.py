"""What a file of entries would bring, line by line, before anything is written; and such a file, written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import IO, Any

from email_validator import EmailNotValidError, validate_email

from engage.centre.queries import centre_today
from engage.core import sheets
from engage.core.sheets import N_, Row, SheetError
from engage.core.words import fold
from engage.pages import bringing
from engage.pages.bringing import Change, Line, Plan, cell
from engage.pages.directory import contact, queries
from engage.pages.directory.contact import LINE, TEXT
from engage.pages.directory.models import Entry, EntryKind
from engage.pages.directory.words import KINDS

NEEDED = ("name", "kind", "does")
PLAIN = {
    "for_whom": LINE, "needs": TEXT, "phone_hours": LINE, "address": LINE, "opening": LINE, "access": LINE,
    "checked_by": LINE,
}  # fmt: skip
COLUMNS = (
    "kind", "name", "does", "for_whom", "needs", "phone", "phone_hours", "email", "website", "address",
    "opening", "distance_km", "access", "is_step_free", "checked_on", "checked_by",
)  # fmt: skip
YES_NO = {"": None, "oui": True, "yes": True, "true": True, "non": False, "no": False, "false": False}
WAYS = ("phone", "email", "website", "address")


def lines() -> Iterator[str]:
    """The whole directory as CSV, as `read` takes it."""
    rows = ([_cell(getattr(entry, name)) for name in COLUMNS] for entry in queries.shown())
    return sheets.csv_lines(COLUMNS, rows)


def _cell(value: Any) -> sheets.Cell:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value.value if isinstance(value, EntryKind) else value


def read(stream: IO[bytes]) -> Plan:
    """The plan of a CSV file. Raises SheetError when the file as a whole cannot be read."""
    entries = reversed(queries.everything())  # where two have one name, the one that everyone sees
    held = {fold(entry.name): entry for entry in entries}
    return bringing.read(stream, NEEDED, COLUMNS, Reader(held).line)


class Reader:
    """Reads one line after the other, and knows what those above it said. An entry is known by its name."""

    def __init__(self, held: dict[str, Entry]) -> None:
        self.held = held
        self.above: dict[str, Line] = {}

    def line(self, row: Row) -> Line:
        """Raises SheetError with the first thing that is wrong."""
        values = _values(row)
        key = fold(values["name"])
        above = self.above.get(key)
        if above and above.values != values:
            message = N_("“%(name)s” stands on line %(number)s already, with other words.")
            raise SheetError(message, row.line, name=values["name"], number=above.number)
        held = self.held.get(key)
        line = Line(row.line, values["name"], Change.SAME if above else _change(held, values), values, held)
        self.above.setdefault(key, line)
        return line


def _change(held: Entry | None, values: dict[str, Any]) -> Change:
    if held is None:
        return Change.NEW
    same = all(_line(getattr(held, name)) == value for name, value in values.items())
    return Change.SAME if same else Change.OTHER


def _line(value: Any) -> Any:
    """As a cell says it: on one line."""
    return " ".join(value.split()) if isinstance(value, str) and not isinstance(value, EntryKind) else value


def _values(row: Row) -> dict[str, Any]:
    """What the columns of this file say; the others keep what they hold."""
    values = {name: cell(row, name, most) for name, most in PLAIN.items() if name in row.cells}
    values |= {"name": cell(row, "name", LINE, needed=True), "does": cell(row, "does", TEXT, needed=True)}
    values |= {name: _read(row, name) for name in READ if name in row.cells}
    if not any(values.get(way) for way in WAYS):
        raise SheetError(N_("“%(name)s”: nothing says how to reach them."), row.line, name=values["name"])
    return values


def _read(row: Row, name: str) -> Any:
    """What a cell says. Raises SheetError with the sentence that is ready for it."""
    words = cell(row, name, LINE)
    read, wrong = READ[name]
    try:
        return read(words)
    except (ValueError, KeyError) as fault:
        raise SheetError(wrong, row.line, said=words) from fault


def _kind(words: str) -> EntryKind:
    named = {fold(str(name)): kind for kind, name in KINDS.items()} | {kind.value: kind for kind in EntryKind}
    return named[fold(words)]


def _email(words: str) -> str:
    try:
        return validate_email(words, check_deliverability=False).normalized if words else ""
    except EmailNotValidError as fault:
        raise ValueError(words) from fault


def _yes_no(words: str) -> bool | None:
    return YES_NO[fold(words)]


def _day(words: str) -> date | None:
    """As a program writes it, or as people here do. Raises ValueError for a day to come, too."""
    if "/" in words:
        words = "-".join(reversed(words.split("/")))
    day = date.fromisoformat(words) if words else None
    if day and day > centre_today():
        raise ValueError(words)
    return day


READ: dict[str, tuple[Callable[[str], Any], str]] = {
    "kind": (_kind, N_("The kind “%(said)s” is unknown.")),
    "phone": (contact.phone, N_("“%(said)s” is no French phone number.")),
    "email": (_email, N_("“%(said)s” is no e-mail address.")),
    "website": (contact.website, N_("“%(said)s” is no address of a site.")),
    "distance_km": (contact.distance, N_("“%(said)s” is no number of kilometres.")),
    "is_step_free": (_yes_no, N_("“%(said)s”: write oui, non, or nothing.")),
    "checked_on": (_day, N_("“%(said)s” is no day that is over. Example: 2025-12-31")),
}
