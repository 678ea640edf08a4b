"""An export as a file on disk, whole before the first byte of it leaves."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import IO

from engage.core import sheets
from engage.core.i18n import gettext as _
from engage.core.spool import written
from engage.ideas.exchange import queries
from engage.ideas.exchange.columns import columns, dictionary, dictionary_columns
from engage.ideas.exchange.queries import Wanted

DICTIONARY = ["column", "meaning", "kind", "codes"]


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


MEDIA = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
}


def ideas(kind: Format, wanted: Wanted, *, with_contacts: bool) -> IO[bytes]:
    """The ideas as a table in a temporary file: memory does not grow with their number.

    XLSX holds the dictionary as a second sheet, JSON as an object beside the ideas; CSV comes without.
    """
    names = [column.name for column in columns(with_contacts=with_contacts)]
    rows = queries.rows(wanted, with_contacts=with_contacts)
    if kind is Format.XLSX:
        explained = dictionary(with_contacts=with_contacts)
        notes = {_("dictionary"): (dictionary_columns(), explained)}
        return sheets.xlsx(names, rows, name=_("ideas"), **notes)
    if kind is Format.JSON:
        return written(_json(names, rows, with_contacts=with_contacts))
    return written(sheets.csv_lines(names, rows))


def explanation(kind: Format) -> IO[bytes]:
    """The dictionary alone, of every column there is."""
    names, rows = dictionary_columns(), dictionary(with_contacts=True)
    if kind is Format.XLSX:
        return sheets.xlsx(names, rows)
    if kind is Format.JSON:
        return written(sheets.json_array(DICTIONARY, rows))
    return written(sheets.csv_lines(names, rows))


def _json(names: list[str], rows: Iterable[sheets.Cells], *, with_contacts: bool) -> Iterator[str]:
    yield '{"dictionary": '
    yield from sheets.json_array(DICTIONARY, dictionary(with_contacts=with_contacts))
    yield ', "ideas": '
    yield from sheets.json_array(names, rows)
    yield "}\n"


def size(file: IO[bytes]) -> int:
    """How many bytes are left to read."""
    start = file.tell()
    length = file.seek(0, os.SEEK_END) - start
    file.seek(start)
    return length
