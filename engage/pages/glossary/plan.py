"""What a file of words would bring, line by line, before anything is written."""

from __future__ import annotations

from typing import IO, Any

from engage.core.sheets import N_, Row, SheetError
from engage.core.words import fold
from engage.pages import bringing, languages
from engage.pages.bringing import Change, Line, Plan, cell
from engage.pages.glossary import queries
from engage.pages.glossary.models import Term

LONGEST_TERM = 80
LONGEST_EXPANSION = 200
LONGEST_DEFINITION = 400
NEEDED = ("term", "plain_definition")
COLUMNS = (*NEEDED, "expansion", "forms", "language")
SAID = ("term", "expansion", "definition", "forms")


def parted(words: str) -> list[str]:
    """The writings between commas."""
    return [part.strip() for part in words.split(",") if part.strip()]


def read(stream: IO[bytes]) -> Plan:
    """The plan of a CSV file. Raises SheetError when the file as a whole cannot be read."""
    held = {(term.language, term.folded): term for term in queries.everything()}
    return bringing.read(stream, NEEDED, COLUMNS, Reader(held).line)


class Reader:
    """Reads one line after the other, and knows what those above it said."""

    def __init__(self, held: dict[tuple[str, str], Term]) -> None:
        self.held = held
        self.above: dict[tuple[str, str], Line] = {}

    def line(self, row: Row) -> Line:
        """Raises SheetError with the first thing that is wrong."""
        values: dict[str, Any] = {
            "term": _typeset(cell(row, "term", LONGEST_TERM, needed=True)),
            "expansion": _typeset(cell(row, "expansion", LONGEST_EXPANSION)),
            "definition": _typeset(cell(row, "plain_definition", LONGEST_DEFINITION, needed=True)),
            "forms": parted(cell(row, "forms", LONGEST_DEFINITION)),
            "language": _language(row),
        }
        key = (values["language"], fold(values["term"]))
        above = self.above.get(key)
        if above and above.values != values:
            raise SheetError(
                N_("“%(term)s” is explained on line %(number)s already, with other words."),
                row.line,
                term=values["term"],
                number=above.number,
            )
        held = self.held.get(key)
        change = Change.SAME if above else _change(held, values)
        line = Line(row.line, values["term"], change, values, held)
        self.above.setdefault(key, line)
        return line


def _language(row: Row) -> str:
    code = cell(row, "language", 8).lower() or queries.FIRST
    if code not in languages.CODES:
        raise SheetError(N_("The language “%(said)s” is unknown. Example: fr"), row.line, said=code)
    return code


def _typeset(words: str) -> str:
    """With the apostrophe that is printed."""
    return words.replace("'", "’")


def _change(held: Term | None, values: dict[str, Any]) -> Change:
    if held is None:
        return Change.NEW
    same = all(_line(getattr(held, name)) == values[name] for name in SAID)
    return Change.SAME if same else Change.OTHER


def _line(value: Any) -> Any:
    """As a cell says it: on one line."""
    return " ".join(value.split()) if isinstance(value, str) else value
