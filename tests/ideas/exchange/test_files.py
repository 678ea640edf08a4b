"""The three kinds of file: harmless, typed, and with their dictionary."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook

from engage.core.db import db
from engage.ideas.exchange import files
from engage.ideas.exchange.columns import columns
from engage.ideas.exchange.files import Format
from engage.ideas.exchange.queries import Wanted
from tests import make

pytestmark = pytest.mark.usefixtures("session")
EVIL = '=HYPERLINK("http://exemple.fr";"Cliquez")'


def written(kind: Format) -> bytes:
    db.session.commit()
    with files.ideas(kind, Wanted(), with_contacts=False) as file:
        assert files.size(file) > 0
        return file.read()


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_csv_holds_no_formula_and_opens_in_french_programs() -> None:
    make.idea(EVIL, title="@titre")
    (row,) = table(written(Format.CSV))
    assert (row["text"], row["title"]) == (f"'{EVIL}", "'@titre")
    assert list(row) == [column.name for column in columns(with_contacts=False)]


def test_xlsx_holds_no_formula_and_explains_itself_on_a_second_sheet() -> None:
    make.idea(EVIL)
    book = load_workbook(io.BytesIO(written(Format.XLSX)))
    assert book.sheetnames == ["idées", "dictionnaire"]
    header, row = book["idées"].iter_rows(values_only=True)
    assert dict(zip(header, row, strict=True))["text"] == f"'{EVIL}"
    assert {cell.data_type for line in book["idées"].iter_rows() for cell in line} <= {"s", "n", "d", "b"}
    explained = [line[0] for line in book["dictionnaire"].iter_rows(min_row=2, values_only=True)]
    assert explained == list(header)


def test_json_holds_the_ideas_beside_their_dictionary() -> None:
    make.idea(EVIL, support_count=2)
    found: dict[str, list[dict[str, Any]]] = json.loads(written(Format.JSON))
    (idea,) = found["ideas"]
    assert (idea["text"], idea["supports"], idea["wants_public"]) == (EVIL, 2, True)
    assert [line["column"] for line in found["dictionary"]] == list(idea)


def test_an_empty_centre_gives_empty_tables() -> None:
    assert table(written(Format.CSV)) == []
    assert json.loads(written(Format.JSON))["ideas"] == []


@pytest.mark.parametrize("kind", list(Format))
def test_the_dictionary_can_be_had_alone(kind: Format) -> None:
    with files.explanation(kind) as file:
        content = file.read()
    if kind is Format.CSV:
        assert table(content)[0]["colonne"] == "code"
    elif kind is Format.JSON:
        assert json.loads(content)[0]["column"] == "code"
    else:
        assert load_workbook(io.BytesIO(content)).active["A2"].value == "code"
