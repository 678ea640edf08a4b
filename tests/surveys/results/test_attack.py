"""Random answers, released and crossed by the real actions, attacked by whoever reads the files that leave.

The reader knows the questionnaire, so also who was asked what; how many answered; and every number of the
JSON files of every release. See attacker.py: it shares nothing with the rules but these numbers.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert

from benchmarks.surveys import Ids, ids
from engage.accounts.models import Account
from engage.core.db import db
from engage.core.errors import Refused
from engage.surveys.answering.kinds import Answered
from engage.surveys.answering.models import Answer, Response, Wave
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.parsing import parse
from engage.surveys.results import actions, queries
from engage.surveys.results.files import writing
from engage.surveys.results.files.writing import Format
from tests.surveys.results import closed
from tests.surveys.results.attacker import Reader, Terms

DEEP = bool(os.environ.get("ENGAGE_TEST_DEEP"))
PEOPLE = [0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 11, 17, 30]
ASKED = """
questionnaire: attaque
name: {fr: "Une attaque"}
aim: {fr: "Retrouver ce qui est caché."}
languages: [fr]
pages:
  - key: p
    title: {fr: {standard: "Une page"}}
    questions:
      - {key: said, concept: said, type: one, text: {fr: {standard: "Quoi ?"}}, choices: [
          {code: a, text: {fr: {standard: "A"}}}, {code: b, text: {fr: {standard: "B"}}},
          {code: c, text: {fr: {standard: "C"}}}]}
      - {key: more, concept: more, type: one, show_if: {question: said, is: [a]},
         text: {fr: {standard: "Et quoi encore ?"}}, choices: [
          {code: x, text: {fr: {standard: "X"}}}, {code: y, text: {fr: {standard: "Y"}}}]}
      - {key: side, concept: side, type: one, text: {fr: {standard: "D’où ?"}}, choices: [
          {code: north, text: {fr: {standard: "Nord"}}}, {code: south, text: {fr: {standard: "Sud"}}}]}
"""
# What one person can say to `said` and `more`; and to `side`. A dash is no answer.
SAYINGS = [("a", "x"), ("a", "y"), ("a", "-"), ("b", ""), ("c", ""), ("-", "")]
SIDES = ["north", "south", "-"]
Block = dict[tuple[tuple[str, str], str], int]
Holds = Callable[[str, str, str], bool]


@cache
def document() -> Document:
    return parse(ASKED.encode())


def drawn(draw: Random) -> list[Block]:
    """The new answers of one or two releases."""
    sparse = draw.choice([1, 1, 0.6])
    return [
        {cell: draw.choice(PEOPLE) if draw.random() < sparse else 0 for cell in product(SAYINGS, SIDES)}
        for _ in range(draw.choice([1, 2]))
    ]


def add(wave: Wave, block: Block, known: Ids) -> None:
    responses: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    for ((said, more), side), people in block.items():
        for _ in range(people):
            about = {"response_id": uuid4(), "version_id": wave.version_id}
            week = {"wave_id": wave.id, "version_id": wave.version_id, "week": date(2026, 1, 5)}
            responses.append({"id": about["response_id"], **week})
            for key, code in (("said", said), ("more", more), ("side", side)):
                answers.append({**about, **_answer(known, key, code)})
    if responses:
        db.session.execute(insert(Response), responses)
        db.session.execute(insert(Answer), answers)


def _answer(known: Ids, key: str, code: str) -> dict[str, Any]:
    question, choices = known[key]
    state = {"-": Answered.SKIPPED, "": Answered.NOT_SHOWN}.get(code, Answered.ANSWERED)
    return {"question_id": question, "place": 0, "state": state, "choice_id": choices.get(code)}


@dataclass
class Attack:
    """Every release of a wave: the new answers of each, and the file that left after it."""

    blocks: list[Block]
    files: list[dict[str, Any]]

    def terms(self, holds: Holds, until: int, since: int = -1) -> Terms:
        """The people for whom it holds, who answered after release `since` and up to `until`."""
        cells = product(range(len(self.blocks)), SAYINGS, SIDES)
        return frozenset(
            number
            for number, (release, (said, more), side) in enumerate(cells)
            if since < release <= until and holds(said, more, side)
        )

    def truth(self, terms: Terms) -> int:
        return sum(self._all()[number] for number in terms)

    def _all(self) -> list[int]:
        return [block[cell] for block in self.blocks for cell in product(SAYINGS, SIDES)]

    def reader(self, allowed: Callable[[dict[str, Any]], bool], bases: Iterable[str]) -> Reader:
        """Somebody who knows how many answered, these bases, and the rows that are allowed."""
        reader = Reader(len(self._all()), self._all(), budget=200)
        for number, file in enumerate(self.files):
            reader.learn(self.terms(lambda *_: True, number), file["responses"])
            for row in file["results"]:
                release = row["release"] - 1
                if row["segment"] == "" and row["question"] in bases and isinstance(row["base"], int):
                    reader.learn(self.terms(base_of(row), release), row["base"])
                if allowed(row):
                    self._read(reader, row, release)
        return reader

    def _read(self, reader: Reader, row: dict[str, Any], release: int) -> None:
        terms = self.terms(cell_of(row), release)
        if isinstance(row["people"], int):
            reader.learn(terms, row["people"])
        elif row["people"] == "nearly_all":
            base = row["base"] if row["kind"] == "share" else self._not_counted(row, release)
            reader.learn(terms, -(-base * 9 // 10), base)
        if isinstance(row["base"], int):
            reader.learn(self.terms(base_of(row), release), row["base"])

    def _not_counted(self, row: dict[str, Any], release: int) -> int:
        """How many are not in the base of this question."""
        file = self.files[release]
        same = (one for one in file["results"] if one["question"] == row["question"] and not one["segment"])
        return int(file["responses"] - next(one["base"] for one in same))


def value(question: str, said: str, more: str, side: str) -> str:
    return {"said": said, "more": more, "side": side}[question]


def in_segment(row: dict[str, Any], said: str, more: str, side: str) -> bool:
    by = row.get("segment_question") or ("side" if row["segment"] else "")
    return not by or value(by, said, more, side) == row["segment"]


def base_of(row: dict[str, Any]) -> Holds:
    """Who is in the base of this row."""

    def holds(said: str, more: str, side: str) -> bool:
        inside = value(row["question"], said, more, side) not in {"-", ""}
        return inside and in_segment(row, said, more, side)

    return holds


def cell_of(row: dict[str, Any]) -> Holds:
    """Whom the number of this row counts."""
    silent = {"skipped": "-", "not_shown": ""}
    wanted = silent.get(row["answer"], "?") if row["kind"] == "not_counted" else row["answer"]

    def holds(said: str, more: str, side: str) -> bool:
        return value(row["question"], said, more, side) == wanted and in_segment(row, said, more, side)

    return holds


def released(wave: Wave, blocks: list[Block], by: Account, draw: Random) -> Attack:
    """Release after release, as far as they may; the crossings of each in any order."""
    attack, known = Attack([], []), ids(wave.version_id)
    for block in blocks:
        add(wave, block, known)
        try:
            actions.release(wave, by=by)
        except Refused:
            assert attack.blocks
            assert sum(block.values()) < 5
            break
        crossed = [("said", "side"), ("more", "side"), ("more", "said")]
        for question, segment in draw.sample(crossed, draw.randint(0, 3)):
            try:
                actions.cross(wave, question, segment, by=by)
            except Refused:
                continue
        attack.blocks.append(block)
        attack.files.append(_file(wave))
    return attack


def _file(wave: Wave) -> dict[str, Any]:
    held = queries.shown(wave)
    assert held is not None
    with writing.results(Format.JSON, held, queries.all_crossed(wave, held)) as file:
        found: dict[str, Any] = json.loads(file.read())
    return found


def secrets(attack: Attack) -> Iterable[tuple[str, str, Terms, int]]:
    """Every small number of people who gave an answer, in a release or between two: question, segment."""
    last = len(attack.blocks)
    spans = [(since, until) for until in range(last) for since in range(-1, until)]
    answers = [("said", "abc"), ("more", "xy"), ("side", ("north", "south"))]
    for (question, codes), side, (since, until) in product(answers, ["", *SIDES], spans):
        for code in codes if question != "side" or side == "" else ():
            row = {"question": question, "segment": side, "answer": code, "kind": "share"}
            terms = attack.terms(cell_of(row), until, since)
            if 0 < (truth := attack.truth(terms)) < 5:
                yield question, side, terms, truth


OWN = {"said": {"said"}, "more": {"said", "more"}, "side": {"side"}}


def before_its_table(attack: Attack, question: str, *, is_single: bool) -> Reader:
    """Who knows how many answered; for a crossing also what was shown of each question alone."""

    def nothing(_row: dict[str, Any]) -> bool:
        return False

    def single(row: dict[str, Any]) -> bool:
        return bool(row["segment"] == "")

    if is_single:
        return attack.reader(nothing, OWN[question])
    return attack.reader(single, ["said", "more", "side"])


def check(attack: Attack) -> None:
    """Five values are possible for each secret; or as many as were, before its own table was shown."""
    clever = attack.reader(lambda _row: True, ["said", "more", "side"])
    small = 2 if any(row["people"] == "nearly_all" for file in attack.files for row in file["results"]) else 5
    for question, side, terms, truth in secrets(attack):
        if (found := clever.values(terms, truth, small)) >= small:
            continue
        blind = before_its_table(attack, question, is_single=side == "")
        if not clever.gave_up:
            assert found >= blind.values(terms, truth, small), (question, side, truth, attack)
            continue
        # Too many tables to try them all: then neither equations nor bounds may tell.
        (low, high), (lowest, highest) = clever.reach(terms), blind.reach(terms)
        assert high - low >= min(small - 1, highest - lowest), (question, side, truth, attack)
        assert not clever.solves(terms) or blind.solves(terms), (question, side, truth, attack)


# Each of these once told a number: by the segment of those who named none, shown where the others were not.
ONCE_OPEN = [236, 244, 266, 456, 538]


@pytest.mark.parametrize("share", range(12 if DEEP else 1))
def test_no_small_number_is_worked_out_from_the_files(share: int, coordinator: Account) -> None:
    asked = closed.version(coordinator, document())
    shown = 0
    for seed in [*ONCE_OPEN, *range(40 * share, 40 * share + (40 if DEEP else 8))]:
        draw = Random(seed)
        wave = closed.wave(coordinator, asked, 0)
        attack = released(wave, drawn(draw), coordinator, draw)
        check(attack)
        shown += sum(isinstance(row["people"], int) for file in attack.files for row in file["results"])
    assert shown > 20, "who shows nothing hides well"


def test_the_attacker_finds_what_a_hurried_programmer_leaves_open(coordinator: Account) -> None:
    """Else it would prove nothing that it loses above: here every number from 1 to 4 is hidden, alone."""
    draw = Random(5)
    asked = closed.version(coordinator, document())
    wave = closed.wave(coordinator, asked, 0)
    block = dict.fromkeys(product(SAYINGS, SIDES), 20) | {(("b", ""), "north"): 3}
    attack = released(wave, [block], coordinator, draw)
    naive: list[dict[str, Any]] = []
    for side, code in product(["", *SIDES], "abc"):
        row = {
            "release": 1,
            "question": "said",
            "segment": side,
            "answer": code,
            "kind": "share",
            "base": None,
        }
        people = attack.truth(attack.terms(cell_of(row), 0))
        naive.append({**row, "people": people if people > 4 else "hidden"})
    attack.files[0]["results"] = naive
    reader = attack.reader(lambda _row: True, ())
    secret = attack.terms(lambda said, _more, side: said == "b" and side == "north", 0)
    assert reader.values(secret, 3, 5) == 1
