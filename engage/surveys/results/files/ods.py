"""A workbook in the OpenDocument format, as an office program opens it: text and numbers, no formula."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from engage.core.sheets import Cell, Cells, Table
from engage.core.spool import whole

MEDIA = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_MANIFEST = (
    f'<?xml version="1.0" encoding="UTF-8"?><m:manifest xmlns:m="{_NAMES}manifest:1.0" m:version="1.2">'
    f'<m:file-entry m:full-path="/" m:version="1.2" m:media-type="{MEDIA}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)
_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{_NAMES}office:1.0" xmlns:table="{_NAMES}table:1.0"'
    f' xmlns:text="{_NAMES}text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
)
_CLOSING = "</office:spreadsheet></office:body></office:document-content>"
# What XML cannot hold at all.
_UNWRITABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def workbook(**sheets: Table) -> IO[bytes]:
    """Sheets by name, in a temporary file ready to be read."""
    return whole(lambda target: _pack(target, sheets))


def _pack(target: IO[bytes], sheets: dict[str, Table]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        # First and as it is: by this a program knows the format before it unpacks anything.
        book.writestr("mimetype", MEDIA, compress_type=zipfile.ZIP_STORED)
        with book.open("content.xml", "w") as content:
            content.writelines(part.encode() for part in _content(sheets))
        book.writestr("META-INF/manifest.xml", _MANIFEST)


def _content(sheets: dict[str, Table]) -> Iterator[str]:
    yield _OPENING
    for name, (columns, rows) in sheets.items():
        yield f"<table:table table:name={quoteattr(name)}>"
        yield _row(columns)
        yield from map(_row, rows)
        yield "</table:table>"
    yield _CLOSING


def _row(cells: Cells | Iterable[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(cell: Cell) -> str:
    """A text is a text, whatever sign it begins with: only `table:formula` would be run."""
    match cell:
        case None | "":
            return "<table:table-cell/>"
        case int() | float():
            return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'
    paragraphs = "".join(
        f"<text:p>{escape(line)}</text:p>" for line in str(cell).translate(_UNWRITABLE).split("\n")
    )
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
