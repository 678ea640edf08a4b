"""From what was counted to what is shown: every question of a release, weighed against those before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engage.surveys.answering.kinds import Answered
from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.results import tabulating
from engage.surveys.results.counting import Counted
from engage.surveys.results.disclosure.control import protect
from engage.surveys.results.disclosure.tables import ALL, Mark, Release, Released, Rules, Table
from engage.surveys.results.showing import hidden
from engage.surveys.results.stored import Plain, pairs, plain_released, plain_table, released
from engage.surveys.results.telling import Asked, Said, tells

SILENT = "silent"


@dataclass(frozen=True)
class Before:
    """One question in an earlier release that counted it."""

    shown: Plain
    counted: Plain

    def tables(self) -> dict[str, Release]:
        return pairs(self.counted["tables"], self.shown["tables"])

    def silent(self) -> Release:
        return pairs({SILENT: self.counted[SILENT]}, {SILENT: self.shown[SILENT]})[SILENT]


History = Sequence[tuple[int, Plain, Plain]]
"""Earlier releases, oldest first: number, what was shown, what was counted."""


def before(history: History, key: str) -> list[Before]:
    """The releases that counted this question anew."""
    return [
        Before(shown["items"][key], counted["items"][key])
        for number, shown, counted in history
        if key in shown["items"] and shown["items"][key]["release"] == number
    ]


@dataclass(frozen=True)
class Count:
    """What a release is made from."""

    document: Document
    found: Mapping[str, Counted]
    responses: int
    closed: date
    number: int
    rules: Rules
    on_paper: bool

    @property
    def questions(self) -> Iterator[Question]:
        return (one for one in self.document.questions if one.type is not Type.INFORMATION)


def items(count: Count, history: History) -> tuple[Plain, Plain]:
    """By key of the question: what is shown, and what was counted."""
    shown: Plain = {}
    counted: Plain = {}
    known: dict[str, Said] = {}
    for question in count.questions:
        key = question.key
        shown[key], counted[key] = _item(count, question, before(history, key))
        people = count.responses - count.found[key].states.get(Answered.NOT_SHOWN, 0)
        if tells(Asked(question, people, count.responses), count.document, known, count.rules):
            _withhold(shown[key])
        else:
            known[key] = _said(shown[key])
    return shown, counted


def _item(count: Count, question: Question, earlier: list[Before]) -> tuple[Plain, Plain]:
    found = count.found[question.key]
    people = tabulating.base(question, found)
    if earlier and people - earlier[-1].counted["base"] < count.rules.block:
        return dict(earlier[-1].shown), dict(earlier[-1].counted)
    tables = tabulating.tables(question, found, count.closed)
    shown = {name: _protected(name, table, people, earlier, count.rules) for name, table in tables.items()}
    reasons = (
        earlier[0].silent().table.rows if earlier else tabulating.reasons(question, on_paper=count.on_paper)
    )
    silent, silent_shown = _silent(tabulating.silent(question, found, reasons), earlier, count.rules)
    counted = {
        "base": people,
        "tables": {name: plain_table(table) for name, table in tables.items()},
        SILENT: plain_table(silent),
    }
    told = {
        "release": count.number,
        "base": people if people >= count.rules.base else Mark.HIDDEN,
        "withheld": False,
        "tables": {name: plain_released(one) for name, one in shown.items()},
        SILENT: plain_released(silent_shown),
    }
    return told, counted


def _protected(name: str, table: Table, people: int, earlier: list[Before], rules: Rules) -> Released:
    """In a ranking each row is everybody: that much is known from the base."""
    former = [one.tables()[name] for one in earlier]
    if table.columns == (ALL,):
        return protect(table, former, rules=rules)
    if people < rules.base:
        return hidden(table.rows, table.columns)
    known = [*(_everybody(table, one.counted["base"]) for one in earlier), _everybody(table, people)]
    return protect(table, former, overall=known, rules=rules)


def _everybody(table: Table, people: int) -> Released:
    return Released(table.rows, (ALL,), ((people, people),) * len(table.rows) + ((people, people),))


def _silent(table: Table, earlier: list[Before], rules: Rules) -> Release:
    """Those who gave no answer, by the reason; not said when hardly any are new."""
    former = [one.silent() for one in earlier]
    if former and table.grid[-1][-1] - former[-1].table.grid[-1][-1] < rules.block:
        return Release(table, hidden(table.rows))
    return Release(table, protect(table, former, rules=rules))


def _withhold(shown: Plain) -> None:
    """Nothing but that it is so."""
    shown |= {"withheld": True, "base": Mark.HIDDEN}
    for name, plain in shown["tables"].items():
        shown["tables"] = shown["tables"] | {name: _blank(plain)}
    shown[SILENT] = _blank(shown[SILENT])


def _blank(plain: Plain) -> Plain:
    return {**plain, "grid": [[Mark.HIDDEN] * len(row) for row in plain["grid"]]}


def _said(shown: Plain) -> Said:
    tables = {name: released(plain) for name, plain in shown["tables"].items()}
    base: Any = shown["base"]
    return Said(base, tables, released(shown[SILENT]))
