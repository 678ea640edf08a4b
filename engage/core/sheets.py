"""Tables out (CSV, XLSX, JSON) and in (CSV): streamed, and never a formula in a reader's program."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from operator import methodcaller
from typing import IO, TYPE_CHECKING, Any

from engage.core.heavy import load
from engage.core.spool import whole

if TYPE_CHECKING:
    import xlsxwriter

Cell = str | int | float | bool | datetime | date | None
Cells = Sequence[Cell]
Table = tuple[Sequence[str], Iterable[Cells]]

LARGEST_FILE = 32 * 1024 * 1024  # bytes
DELIMITERS = (";", ",", "\t")
LONGEST_CELL = 32_767  # characters, the limit of the XLSX format
WORKBOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}
# A spreadsheet program runs what begins with one of these signs, also behind blanks and in their wide forms.
# Apostrophes count as blanks, so that a protected text can be told from one that began with an apostrophe.
_BLANK = "\\s\\x00-\\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
FORMULA = re.compile(rf"'*[{_BLANK}]*[=+\-@＝＋－＠﹢﹣﹦﹫\t\r]")


def protect(text: str) -> str:
    """The text, behind an apostrophe if a program could take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unprotect(text: str) -> str:
    """The text that `protect` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text, 1) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """A header and one record a row, as a French spreadsheet program opens it: semicolons, UTF-8 with mark.

    Every text stands in quotation marks, so that a program that splits at commas too makes no cell of it.
    """
    writer = csv.writer(_Echo(), delimiter=";", quoting=csv.QUOTE_NONNUMERIC)
    yield "\ufeff" + writer.writerow([protect(name) for name in columns])
    for row in rows:
        yield writer.writerow([_written(cell) for cell in row])


class _Echo:
    """A file that gives back what is written, for `csv.writer.writerow` to return."""

    def write(self, line: str) -> str:
        return line


def _written(cell: Cell) -> str | int | float | None:
    match cell:
        case bool():
            return str(cell).lower()
        case str():
            return protect(cell)
        case datetime() | date():
            return cell.isoformat()
    return cell


def xlsx(columns: Sequence[str], rows: Iterable[Cells], *, name: str = "", **more: Table) -> IO[bytes]:
    """A workbook of one sheet, then `more` by name, in a temporary file, ready to be read with `blocks`.

    The format ends a cell after 32,767 characters and a sheet after 1,048,576 rows: the rest of a longer
    text is left out, a row too many raises `ValueError`.
    """

    def fill(target: IO[bytes]) -> None:
        with load("xlsxwriter").Workbook(target, WORKBOOK) as book:
            for title, table in ((name, (columns, rows)), *more.items()):
                _fill(book, title, *table)

    return whole(fill)  # `blocks` closes it


def _fill(book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    sheet = book.add_worksheet(name or None)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, None, book.add_format({"bold": True}))
    sheet.set_column(0, len(columns) - 1, 24)
    shown = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy"}
    formats = {kind: book.add_format({"num_format": shape}) for kind, shape in shown.items()}
    for number, row in enumerate(chain([columns], rows)):
        for place, cell in enumerate(row):
            _put(sheet, number, place, cell, formats)


def _put(sheet: Any, row: int, place: int, cell: Cell, formats: dict[type[date], Any]) -> None:
    match cell:
        case None | "":
            return
        case bool():
            failed = sheet.write_boolean(row, place, cell)
        case str():
            failed = sheet.write_string(row, place, protect(cell)[:LONGEST_CELL])
        case datetime() | date():
            failed = sheet.write_datetime(row, place, cell, formats[type(cell)])
        case _:
            failed = sheet.write_number(row, place, cell)
    if failed:
        raise ValueError(f"row {row + 1} does not fit into the sheet")


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces, closed (and gone, if temporary) at the end."""
    with file:
        while block := file.read(64 * 1024):
            yield block


def json_lines(columns: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """One JSON object a line."""
    plain = json.JSONEncoder(ensure_ascii=False, default=methodcaller("isoformat"))
    for row in rows:
        yield plain.encode(dict(zip(columns, row, strict=True))) + "\n"


def json_array(columns: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """The same objects as one JSON array."""
    before = "["
    for line in json_lines(columns, rows):
        yield before + line.rstrip("\n")
        before = ",\n"
    yield "[]\n" if before == "[" else "]\n"


def N_(message: str) -> str:  # noqa: N802  (the name by which Babel finds a message before its language is known)
    return message


NO_TEXT = N_("This is not plain text. Save the table as CSV UTF-8.")


class SheetError(Exception):
    """What is wrong with a sheet, and on which line: show `gettext(message, **values)`."""

    def __init__(self, message: str, line: int, **values: object) -> None:
        super().__init__(f"line {line}: {message % values}")
        self.message, self.line, self.values = message, line, values


@dataclass(frozen=True)
class Row:
    """`line` is the first of the record in the file, from 1; `raw` its cells as they stood there."""

    line: int
    raw: tuple[str, ...]
    cells: dict[str, str]


def read_csv(stream: IO[bytes], *, bad: Callable[[SheetError], None] | None = None) -> Iterator[Row]:
    """The records under the header; lines that hold nothing are passed over.

    Raises `SheetError`, nothing else, whatever the bytes. With `bad`, a faulty line goes there and the next
    one is read; what makes the whole file unreadable is raised all the same.
    """
    records = _records(_text(stream))
    line, names = next(records, (1, ()))
    header = _header([unprotect(name).strip() for name in names], line)
    for line, raw in records:
        try:
            _check(raw, len(header), line)
        except SheetError as error:
            if bad is None:
                raise
            bad(error)
            continue
        yield Row(line, raw, dict(zip(header, map(unprotect, raw), strict=True)))


def _text(stream: IO[bytes]) -> str:
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise SheetError(N_("The file is larger than %(limit)s MB."), 1, limit=LARGEST_FILE // 1024**2)
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8-sig")
    try:
        return content.decode("cp1252")  # what spreadsheet programs wrote on Windows
    except UnicodeDecodeError as error:
        raise SheetError(NO_TEXT, 1 + content.count(b"\n", 0, error.start)) from error


def _records(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                yield line, tuple(record)
            line = reader.line_num + 1
    except csv.Error as error:
        message = N_("From this line on, the file cannot be read: check its quotation marks.")
        raise SheetError(message, line) from error


def _delimiter(text: str) -> str:
    """The sign that parts the first line with words into most cells."""

    def width(sign: str) -> int:
        lines = islice(io.StringIO(text, newline=""), 100)
        try:
            records = csv.reader(lines, delimiter=sign, strict=True)
            return next((len(record) for record in records if "".join(record).strip(";,\t ")), 0)
        except csv.Error:
            return 0

    return max(DELIMITERS, key=width)


def _header(names: list[str], line: int) -> list[str]:
    if not names:
        raise SheetError(N_("The file is empty. Its first line must name the columns."), line)
    _check(names, len(names), line)
    for place, name in enumerate(names, start=1):
        if not name:
            raise SheetError(N_("Column %(place)s has no name."), line, place=place)
        if name in names[: place - 1]:
            raise SheetError(N_("Two columns are named “%(name)s”."), line, name=name)
    return names


def _check(cells: Sequence[str], wanted: int, line: int) -> None:
    if any("\0" in cell for cell in cells):
        raise SheetError(NO_TEXT, line)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise SheetError(N_("A cell is longer than %(limit)s characters."), line, limit=LONGEST_CELL)
    if len(cells) != wanted:
        message = N_("This line has %(found)s cells, the first line has %(wanted)s.")
        raise SheetError(message, line, found=len(cells), wanted=wanted)
