"""A release as a file: its tables with their code book, in the format that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import IO

from engage.core import sheets
from engage.core.i18n import gettext as _
from engage.core.spool import written
from engage.surveys.results.files import ods, tables
from engage.surveys.results.showing import Crossed, Results


class Format(StrEnum):
    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"
    JSON = "json"


MEDIA = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ODS: ods.MEDIA,
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}


def results(kind: Format, held: Results, crossings: Sequence[Crossed]) -> IO[bytes]:
    """Ready to be read. CSV holds one table: its code book is a file of its own."""
    rows = tables.rows(held, crossings)
    if kind is Format.XLSX:
        book = {_("code book"): (tables.book_columns(), tables.book())}
        return sheets.xlsx(tables.COLUMNS, rows, name=_("results"), **book)
    if kind is Format.ODS:
        return ods.workbook(**{
            _("results"): (tables.COLUMNS, rows),
            _("code book"): (tables.book_columns(), tables.book()),
        })  # fmt: skip
    if kind is Format.CSV:
        return written(sheets.csv_lines(tables.COLUMNS, rows))
    return written(_json(held, rows))


def code_book() -> IO[bytes]:
    return written(sheets.csv_lines(tables.book_columns(), tables.book()))


def _json(held: Results, rows: Iterable[tables.Row]) -> Iterator[str]:
    yield f'{{"release": {held.number}, "responses": {held.responses}, "population": '
    yield f"{held.population or 'null'}"
    yield ', "code_book": '
    yield from sheets.json_array(tables.book_columns(), tables.book())
    yield ', "results": '
    yield from sheets.json_array(tables.COLUMNS, rows)
    yield "}\n"
