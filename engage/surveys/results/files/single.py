"""Answers one by one as a file: CSV, JSON or SPSS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from engage.core import sheets
from engage.core.spool import written
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.document import Document
from engage.surveys.results.files import answers, spss, variables

MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json", "sav": "application/x-spss-sav"}


def answers_of(wave: Wave) -> tuple[list[variables.Variable], Iterator[answers.Row]]:
    columns = variables.variables(questionnaires.document(wave.version))
    return columns, answers.rows(wave, columns)


def book(document: Document) -> IO[bytes]:
    return written(sheets.csv_lines(variables.book_columns(), variables.book(document)))


def file(kind: str, wave: Wave) -> IO[bytes]:
    """Ready to be read; whole before the first byte leaves, so nothing is sent of what cannot be written."""
    columns, rows = answers_of(wave)
    if kind == "sav":
        return spss.sav(columns, rows)
    names = [one.name for one in columns]
    if kind == "csv":
        return written(sheets.csv_lines(names, rows))
    return written(_json(questionnaires.document(wave.version), names, rows))


def _json(document: Document, names: list[str], rows: Iterator[answers.Row]) -> Iterator[str]:
    yield '{"code_book": '
    yield from sheets.json_array(variables.book_columns(), variables.book(document))
    yield ', "answers": '
    yield from sheets.json_array(names, rows)
    yield "}\n"
