"""What a file of ideas would bring, line by line, before anything is written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import IO

from engage.core import sheets
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.sheets import N_, Row, SheetError
from engage.core.words import clean, fold, has_words
from engage.ideas.exchange import queries
from engage.ideas.exchange.words import DOORS
from engage.ideas.models import short_title
from engage.intake.models import Door
from engage.themes import queries as themes

COLUMNS = ("title", "text", "workshop", "table", "door", "theme")
LONGEST_TEXT = 10_000
LONGEST_LINE = 200


@dataclass(frozen=True)
class Line:
    """One idea of the file; `digest` knows its row again, `is_known` if it became an idea before."""

    number: int
    digest: str
    title: str
    text: str
    workshop: str
    table: str
    door: Door
    theme_id: int | None
    is_known: bool = False

    @property
    def shown_title(self) -> str:
        return short_title(self.title, self.text)


@dataclass(frozen=True)
class Plan:
    """The lines that can be read, the faults of those that cannot, the columns that say nothing to us."""

    lines: list[Line]
    faults: list[SheetError]
    passed_over: list[str] = field(default_factory=list)

    @property
    def fresh(self) -> list[Line]:
        return [line for line in self.lines if not line.is_known]

    @property
    def known(self) -> int:
        return len(self.lines) - len(self.fresh)

    def report(self) -> list[Line | SheetError]:
        """Every line of the file, in its order."""
        return sorted([*self.lines, *self.faults], key=_number)

    def to_write(self, *, skip_bad: bool) -> list[Line]:
        """Raises Refused when a line is bad and nobody said to leave such lines out."""
        if self.faults and not skip_bad:
            raise Refused(_("Some lines cannot be read: nothing was brought in. Correct, or leave them out."))
        return self.fresh


def _number(one: Line | SheetError) -> int:
    return one.number if isinstance(one, Line) else one.line


def read(stream: IO[bytes]) -> Plan:
    """The plan of a CSV file. Raises SheetError when the file as a whole cannot be read."""
    lines: list[Line] = []
    faults: list[SheetError] = []
    passed_over: list[str] = []
    for row in sheets.read_csv(stream, bad=faults.append):
        if "text" not in row.cells:
            raise SheetError(N_("No column is named “text”."), 1)
        passed_over = [name for name in row.cells if name not in COLUMNS]
        try:
            lines.append(_line(row))
        except SheetError as fault:
            faults.append(fault)
    return Plan(_marked(lines), faults, passed_over)


def _marked(lines: list[Line]) -> list[Line]:
    """The lines, with what became an idea before, or stands further up in the same file."""
    seen = queries.known([line.digest for line in lines])
    marked = []
    for line in lines:
        marked.append(replace(line, is_known=line.digest in seen))
        seen.add(line.digest)
    return marked


def digest(row: Row) -> str:
    """By which a row is known again: SHA-256 of its cells as they stood in the file, each with its column."""
    pairs = list(zip(row.cells, row.raw, strict=True))
    return sha256(json.dumps(pairs, ensure_ascii=False).encode()).hexdigest()


def _line(row: Row) -> Line:
    """Raises SheetError with the first thing that is wrong."""
    return Line(
        number=row.line,
        digest=digest(row),
        title=_short(row, "title"),
        text=_text(row),
        workshop=_short(row, "workshop"),
        table=_short(row, "table"),
        door=_door(row),
        theme_id=_theme(row),
    )


def _text(row: Row) -> str:
    text = clean(row.cells["text"])
    if not has_words(text):
        raise SheetError(N_("The text is empty."), row.line)
    if len(text) > LONGEST_TEXT:
        raise SheetError(N_("The text is longer than %(limit)s characters."), row.line, limit=LONGEST_TEXT)
    return text


def _short(row: Row, name: str) -> str:
    words = " ".join(clean(row.cells.get(name, "")).split())
    if len(words) > LONGEST_LINE:
        message = N_("“%(name)s” is longer than %(limit)s characters.")
        raise SheetError(message, row.line, name=name, limit=LONGEST_LINE)
    return words


def _door(row: Row) -> Door:
    """By its code or its name; an idea in a file comes from a workshop unless it says otherwise."""
    words = fold(_short(row, "door"))
    named = {fold(str(name)): door for door, name in DOORS.items()} | {door.value: door for door in Door}
    found = named.get(words or Door.WORKSHOP)
    if found is None:
        raise SheetError(N_("The door “%(said)s” is unknown."), row.line, said=row.cells["door"])
    return found


def _theme(row: Row) -> int | None:
    """By its code or its name, in any language of the site."""
    words = fold(_short(row, "theme"))
    for theme in themes.everything():
        if words and words in {theme.code, fold(theme.label), fold(theme.label_en)}:
            return theme.id
    if words:
        raise SheetError(N_("The theme “%(said)s” is unknown."), row.line, said=row.cells["theme"])
    return None
