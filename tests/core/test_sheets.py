"""Tables: typed, harmless and streamed going out; read back from any bytes or refused plainly."""

from __future__ import annotations

import csv
import gc
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from engage.core import sheets
from engage.core.sheets import Cell, Row, SheetError

SIGNS = "=+-@\t\r＝＋－＠"
BLANKS = ["", " ", "\t", "\n", "\u00a0", "\u3000", "\u200b", "\u202e", "\ufeff", "\x00", " \n "]
COLUMNS = ["code", "text", "supports", "share", "at", "on", "open", "none"]
AT = datetime(2026, 6, 9, 18, 30)  # noqa: DTZ001  (as a sheet shows it: local, without a zone)
ROW: list[Cell] = ["k7m4rt", '«\u00a0Œuvre\u00a0»;\n"l’été", 2', 12, -1.5, AT, date(2026, 6, 9), True, None]


def write_csv(columns: list[str], rows: list[list[Cell]]) -> bytes:
    return "".join(sheets.csv_lines(columns, rows)).encode()


def write_xlsx(columns: list[str], rows: list[list[Cell]]) -> bytes:
    return b"".join(sheets.blocks(sheets.xlsx(columns, rows)))


def read_xlsx(content: bytes) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(content))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows()]


def read(content: bytes, **options: Any) -> list[Row]:
    return list(sheets.read_csv(io.BytesIO(content), **options))


def refused(content: bytes) -> SheetError:
    with pytest.raises(SheetError) as caught:
        read(content)
    return caught.value


def test_csv_opens_in_a_french_spreadsheet_program() -> None:
    lines = list(sheets.csv_lines(COLUMNS, [ROW]))
    assert lines[0] == '\ufeff"code";"text";"supports";"share";"at";"on";"open";"none"\r\n'
    assert lines[1].startswith('"k7m4rt";"«\u00a0Œuvre\u00a0»;\n""l’été"", 2";12;-1.5;')
    assert lines[1].endswith(';"2026-06-09T18:30:00";"2026-06-09";"true";""\r\n')


def test_xlsx_keeps_types_and_zone_less_times() -> None:
    aware = [AT.replace(tzinfo=UTC) if cell == AT else cell for cell in ROW]
    header, row = read_xlsx(write_xlsx(COLUMNS, [aware]))
    assert list(header) == COLUMNS
    assert row == ("k7m4rt", ROW[1], 12, -1.5, AT, datetime(2026, 6, 9), True, None)  # noqa: DTZ001


def test_xlsx_header_is_bold_and_stays() -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(["code"], [["a"]]))).active
    assert sheet.freeze_panes == "A2"
    assert [sheet["A1"].font.bold, sheet["A2"].font.bold] == [True, False]


def test_json_keeps_types() -> None:
    (line,) = sheets.json_lines(["a", "b", "c", "d"], [["=1", AT, 1.5, None]])
    assert json.loads(line) == {"a": "=1", "b": "2026-06-09T18:30:00", "c": 1.5, "d": None}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_array_holds_what_the_lines_hold(count: int) -> None:
    rows: list[list[Cell]] = [["été", number] for number in range(count)]
    lines = [json.loads(line) for line in sheets.json_lines(["a", "b"], rows)]
    assert json.loads("".join(sheets.json_array(["a", "b"], rows))) == lines
    assert len(lines) == count


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("blank", BLANKS)
def test_a_text_is_never_a_formula(sign: str, blank: str) -> None:
    text = f"{blank}{sign}cmd|' /C calc'!A0"
    (shown,) = list(csv.reader(io.StringIO(write_csv(["a"], [[text]]).decode(), newline=""), delimiter=";"))[
        1
    ]
    assert shown == f"'{text}"
    content = write_xlsx([text], [[text]])
    for (cell,) in load_workbook(io.BytesIO(content)).active.iter_rows():
        assert cell.data_type == "s"
        assert cell.value.startswith("'")


@pytest.mark.parametrize("number", [-3, -1.5])
def test_a_negative_number_stays_a_number(number: int | float) -> None:
    assert write_csv(["a"], [[number]]).decode().endswith(f"{number}\r\n")
    assert read_xlsx(write_xlsx(["a"], [[number]]))[1] == (float(number),)


@pytest.mark.parametrize("text", ["bonjour", "a=b", "l’idée - la mienne", "1+1", "", "'quoted'"])
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    assert sheets.protect(text) == text
    assert sheets.unprotect(text) == text


def test_an_address_is_no_link() -> None:
    book = load_workbook(
        io.BytesIO(write_xlsx(["a"], [["https://tilleuls.example.org"], ["mailto:x@example.org"]]))
    )
    assert [row[0].hyperlink for row in book.active.iter_rows()] == [None] * 3


def test_a_text_too_long_for_the_format_is_cut_not_lost() -> None:
    (_, (shown,)) = read_xlsx(write_xlsx(["a"], [["é" * 40_000]]))
    assert shown == "é" * 32_767


def test_a_row_too_many_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlsxwriter.worksheet.Worksheet._check_dimensions", lambda *_given, **_named: -1)
    with pytest.raises(ValueError, match="does not fit"):
        sheets.xlsx(["a"], [["b"]])


def fifty_thousand() -> Iterator[list[Cell]]:
    for number in range(50_000):
        yield [f"code{number}", f"Une idée {number} " + "mot " * 40, number, AT, None]


@pytest.mark.parametrize("written", [sheets.csv_lines, sheets.json_array, "xlsx"])
def test_fifty_thousand_rows_stream_in_little_memory(written: Callable[..., Iterator[str]] | str) -> None:
    columns = ["code", "text", "supports", "at", "none"]
    gc.collect()
    tracemalloc.start()
    try:
        if callable(written):
            size = sum(len(piece.encode()) for piece in written(columns, fifty_thousand()))
        else:
            size = sum(map(len, sheets.blocks(sheets.xlsx(columns, fifty_thousand()))))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    print(f"{written}: {size / 1e6:.1f} MB written, peak {peak / 1e6:.1f} MB")
    assert size > 1_000_000
    assert peak < 8_000_000


def test_blocks_close_the_file() -> None:
    file = sheets.xlsx(["a"], [["b"]])
    assert b"".join(sheets.blocks(file)).startswith(b"PK")
    assert file.closed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_reads_what_programs_write(encoding: str, sign: str, end: str) -> None:
    text = end.join([f"titre{sign}texte", f'été{sign}"a, b; c{end}d ""e"""', "", f"{sign}", f"œuvre{sign}"])
    first, second = read(text.encode(encoding))
    assert first.cells == {"titre": "été", "texte": f'a, b; c{end}d "e"'}
    assert first.raw == ("été", f'a, b; c{end}d "e"')
    assert (first.line, second.line) == (2, 6)
    assert second.cells == {"titre": "œuvre", "texte": ""}


def test_real_file_is_read_whole() -> None:
    path = Path(__file__).parents[3] / "shared" / "data" / "ideas_from_workshops.csv"
    with path.open("rb") as file:
        rows = list(sheets.read_csv(file))
    assert len(rows) == 41
    assert set(rows[0].cells) == {"title", "text", "workshop", "table", "door"}


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        (b"", "The file is empty", 1),
        (b"\n\n;;\n", "The file is empty", 1),
        (b"a;b\n1;2\n3\n", "This line has 1 cells, the first line has 2", 3),
        (b'a;b\n"1\n1";2\n3;4;5\n', "This line has 3 cells", 4),
        (b"a;b\n1;\x002\n", "not plain text", 2),
        (b"a\x00;b\n1;2\n", "not plain text", 1),
        ("a;b\n1;2".encode("utf-16"), "not plain text", 1),
        (b"a\n\xe9\n\x81\n", "not plain text", 3),
        (b"a\n" + b"x" * 32_768 + b"\n", "longer than 32767", 2),
        (b"a\n" + b"x" * 200_000 + b"\n", "quotation marks", 2),
        (b'a\nb\n"never closed\n' + b"x\n" * 100, "quotation marks", 3),
        (b'a\n"b"c\n', "quotation marks", 2),
        (b"a;;c\n1;2;3\n", "Column 2 has no name", 1),
        (b"\na;b;a\n1;2;3\n", "Two columns are named \u201ca\u201d", 2),
    ],
)
def test_says_what_is_wrong_and_where(content: bytes, message: str, line: int) -> None:
    error = refused(content)
    assert message in str(error)
    assert error.line == line
    assert error.message % error.values in str(error)


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LARGEST_FILE", 3 * 1024**2)
    assert "larger than 3 MB" in str(refused(b"a\n" + b"b\n" * 2_000_000))


def test_faulty_lines_can_be_collected() -> None:
    faults: list[SheetError] = []
    rows = read(b"a;b\n1;2\n3\n4;5\n6;\x00\n7;8\n", bad=faults.append)
    assert [row.raw for row in rows] == [("1", "2"), ("4", "5"), ("7", "8")]
    assert [fault.line for fault in faults] == [3, 5]


@settings(deadline=None, max_examples=400)
@given(st.binary(max_size=300) | st.text(alphabet="a;,\t\"\n\r='\x00é", max_size=60).map(str.encode))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b'"')
def test_any_bytes_are_rows_or_one_plain_error(content: bytes) -> None:
    try:
        rows = read(content)
    except SheetError:
        return
    assert all(len(row.cells) == len(row.raw) for row in rows)


words = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
risky = st.builds(str.__add__, st.sampled_from(["", "'", "''", " ", "' "]), st.sampled_from(list(SIGNS)))
cells = st.one_of(words, st.builds(str.__add__, risky, words))


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(cells, cells, cells), max_size=5))
def test_what_is_exported_comes_back_the_same(rows: list[tuple[str, str, str]]) -> None:
    columns = ["a", "b", "c"]
    content = write_csv(columns, [list(row) for row in rows])
    wanted = [row for row in rows if any(sheets.protect(cell).strip() for cell in row)]
    assert [tuple(row.cells.values()) for row in read(content)] == wanted
