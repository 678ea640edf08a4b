"""Results as files: what is hidden on the desk is hidden there; answers one by one only where it was said."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import openpyxl
import polars
import pyreadstat
import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.db import db
from engage.core.errors import Refused
from engage.journal.models import Entry
from engage.surveys.answering.kinds import Anonymity
from engage.surveys.answering.models import Answer
from engage.surveys.results import actions
from engage.surveys.results.files import actions as files
from engage.surveys.results.files import ods, single, spss, tables, variables
from engage.surveys.results.files.variables import MISSING
from tests.browser import Visitor
from tests.surveys.questionnaire import sample
from tests.surveys.results import closed
from tests.surveys.results.test_desk import at, held

Row = dict[str, Any]


def opened(visitor: Visitor, kind: str, code: str) -> bytes:
    raw: bytes = visitor.client.get(at(code, f"/fichiers/tableaux.{kind}")).data
    return raw


def from_csv(raw: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))


def from_ods(raw: bytes) -> list[list[str]]:
    """The first sheet, as an office program reads it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.read("mimetype").decode() == ods.MEDIA
        content = ElementTree.fromstring(book.read("content.xml"))
        ElementTree.fromstring(book.read("META-INF/manifest.xml"))
    name = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    sheet = next(content.iter(f"{name}table"))
    return [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{name}table-row")]


@pytest.fixture
def code(chloe: Visitor) -> str:
    """Few enough that some numbers are hidden."""
    made = held(chloe, 60)
    chloe.post(at(made))
    chloe.post(at(made, "/croisements"), {"question": "felt", "segment": "came"})
    return made


def test_four_formats_tell_the_same_and_hide_the_same(chloe: Visitor, code: str) -> None:
    plain = from_csv(opened(chloe, "csv", code))
    as_json = json.loads(opened(chloe, "json", code))
    assert [row["people"] for row in plain] == [
        "" if row["people"] is None else str(row["people"]) for row in as_json["results"]
    ]
    book = openpyxl.load_workbook(io.BytesIO(opened(chloe, "xlsx", code)))
    sheet = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [str(row[10] if row[10] is not None else "") for row in sheet[1:]] == [
        one["people"] for one in plain
    ]
    assert len(from_ods(opened(chloe, "ods", code))) == len(plain) + 1
    assert list(plain[0]) == list(tables.COLUMNS) == sheet[0]
    assert {row["people"] for row in plain} > {"hidden"}
    assert {row["segment_question"] for row in plain} == {"", "came"}
    assert as_json["code_book"]


def test_no_file_holds_a_number_from_one_to_four(chloe: Visitor, code: str) -> None:
    people = [row["people"] for row in from_csv(opened(chloe, "csv", code))]
    assert {"1", "2", "3", "4"}.isdisjoint(people)
    assert any(one.isdigit() and int(one) > 4 for one in people)


def test_the_page_shows_no_number_that_the_file_hides(chloe: Visitor, code: str) -> None:
    rows = from_csv(opened(chloe, "csv", code))
    said = {row[name] for row in rows for name in ("people", "base")}
    for path in ("", "/croisements/felt/came"):
        chloe.get(at(code, path))
        cells = re.findall(r'<td class="govuk-table__cell">(\d+|caché)</td>', chloe.page)
        assert "caché" in cells
        assert {one for one in cells if one != "caché"} <= said


def test_the_words_of_a_question_are_no_formula(app: Flask) -> None:
    with ods.workbook(words=(["=A1"], [["=1+1", 3, "<&>", None, "deux\nlignes"]])) as file:
        raw = file.read()
    assert from_ods(raw)[1] == ["=1+1", "", "<&>", "", "deuxlignes"]
    content = zipfile.ZipFile(io.BytesIO(raw)).read("content.xml").decode()
    assert "formula" not in content
    assert 'office:value="3"' in content


def test_answers_leave_one_by_one_for_a_reason_that_is_kept(chloe: Visitor, code: str) -> None:
    chloe.get(at(code, "/fichiers"))
    chloe.post(at(code, "/fichiers/reponses"), {"kind": "csv", "reason": ""}, status=422)
    sent = chloe.client.post(
        at(code, "/fichiers/reponses"),
        data={"kind": "csv", "reason": "Une étude.", "csrf_token": chloe.token()},
    )
    rows = from_csv(sent.data)
    assert len(rows) == 60
    assert "long_wait" not in rows[0]
    assert "word" not in rows[0]
    with chloe.app.app_context():
        (entry,) = db.session.scalars(select(Entry).filter_by(verb="answers exported"))
        assert entry.note == "csv: Une étude."


def test_a_strict_wave_never_gives_its_answers(chloe: Visitor) -> None:
    code = held(chloe, 60, anonymity=Anonymity.STRICT)
    chloe.post(at(code))
    chloe.get(at(code, "/fichiers"))
    assert "a promis l’anonymat strict" in chloe.page
    assert "Sortir les réponses" not in chloe.page
    for kind in ("csv", "json", "sav"):
        chloe.post(at(code, "/fichiers/reponses"), {"kind": kind, "reason": "Une étude."}, status=409)
    assert opened(chloe, "csv", code)


def test_nothing_leaves_before_a_release(chloe: Visitor) -> None:
    code = held(chloe, 60)
    chloe.get(at(code, "/fichiers"))
    assert "Rien ne sort" in chloe.page
    chloe.get(at(code, "/fichiers/tableaux.csv"), status=404)
    chloe.post(at(code, "/fichiers/reponses"), {"kind": "csv", "reason": "Une étude."}, status=409)


def test_only_the_coordination_takes_answers_out(
    chloe: Visitor, elodie: Visitor, amina: Visitor, code: str
) -> None:
    elodie.get(at(code, "/fichiers"))
    assert "Seule la coordination" in elodie.page
    assert elodie.client.get(at(code, "/fichiers/tableaux.csv")).status_code == 200
    for path in ("/fichiers", "/fichiers/tableaux.csv", "/fichiers/lexique.csv"):
        amina.get(at(code, path), status=403)
    elodie.get(at(code, "/fichiers/lexique-reponses.csv"), status=403)
    elodie.post(at(code, "/fichiers/reponses"), {"kind": "csv", "reason": "Une étude."}, status=403)


def test_both_code_books_can_be_opened(chloe: Visitor, code: str) -> None:
    assert from_csv(chloe.client.get(at(code, "/fichiers/lexique.csv")).data)[0]["column"] == "release"
    meant = from_csv(chloe.client.get(at(code, "/fichiers/lexique-reponses.csv")).data)
    assert {"column": "felt", "value": "5", "meaning": "Très bien"} in meant
    assert {"column": "", "value": "-9992", "meaning": "non posée"} in meant


def test_a_file_of_spss_brings_back_numbers_labels_and_what_is_missing(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 80)
    columns, rows = single.answers_of(wave)
    kept = list(rows)
    with spss.sav(columns, kept) as file:
        raw = file.read()
    target = io.BytesIO(raw)
    frame, meta = pyreadstat.read_sav(target, user_missing=True, output_format="polars")
    assert frame.columns == [one.name for one in columns]
    assert frame.rows() == kept
    assert meta.column_names_to_labels["felt"] == "Comment avez-vous été reçu ?"
    felt = meta.variable_value_labels["felt"]
    assert felt[5.0] == "Très bien"
    assert felt[-9991.0] == "sans réponse"
    assert meta.missing_ranges["felt"] == [{"lo": -9995.0, "hi": -9991.0}]
    clean, _meta = pyreadstat.read_sav(io.BytesIO(raw), output_format="polars")
    is_missing = frame.select(polars.col("minutes") < -9000).to_series()
    assert clean["minutes"].is_null().to_list() == is_missing.to_list()
    assert any(is_missing)


def test_without_the_extra_a_sentence_says_what_is_missing(
    chloe: Visitor, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spss, "NEEDED", ("a_library_that_nobody_has",))
    chloe.post(at(code, "/fichiers/reponses"), {"kind": "sav", "reason": "Une étude."}, status=409)
    assert "engage[spss]" in chloe.page


def test_answers_come_in_another_order_each_time_and_say_what_was_said(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 80)
    columns, first = single.answers_of(wave)
    one, two = list(first), list(single.answers_of(wave)[1])
    assert one != two
    assert sorted(map(repr, one)) == sorted(map(repr, two))
    place = {column.name: number for number, column in enumerate(columns)}
    stored = db.session.scalars(select(Answer.number).where(Answer.number.is_not(None))).all()
    told = [number for row in one if (number := row[place["minutes"]]) is not None and number >= 0]
    assert sorted(filter(None, stored)) == sorted(filter(None, told))
    asked = sample.document().question("came")
    assert asked is not None
    for row in one:
        if row[place["came"]] != variables.numbers(asked)["yes"]:
            assert row[place["minutes"]] == row[place["why.1"]] == MISSING["not_shown"]


def test_erased_answers_are_gone_from_every_file(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 60)
    actions.release(wave, by=coordinator)
    wave.erased_at = wave.closes_at
    with pytest.raises(Refused, match="effacées"):
        files.take_out_answers(wave, "csv", reason="Une étude.", by=coordinator)
