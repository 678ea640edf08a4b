"""One question by the answers to another: first how many of each segment answered, then what they said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engage.surveys.answering.kinds import Answered
from engage.surveys.questionnaire.conditions import Is
from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.results.counting import Met
from engage.surveys.results.disclosure.control import protect
from engage.surveys.results.disclosure.tables import ALL, Mark, Release, Released, Rules, Table, Value
from engage.surveys.results.stored import Plain, pairs, plain_released, plain_table, released
from engage.surveys.results.tabulating import CHOSEN, LEFT, MAIN, offered, rows

NONE = "-"
"""The segment of those who named none. They are a column too: what is hidden of them hides others."""
ANSWERED, OUTSIDE = "answered", "outside"
BASES = "bases"


def can_be_crossed(question: Question) -> bool:
    """One choice of a list or of a scale, or several."""
    return question.type.takes_one or question.type is Type.SEVERAL


def can_be_segment(question: Question) -> bool:
    """One choice, asked of everyone: of a question asked of some, the segments would tell who was asked."""
    return question.type.takes_one and question.show_if is None and len(rows(question)) > 1


def opener(question: Question, document: Document) -> tuple[Question, tuple[str, ...]] | None:
    """The question whose answers, and which of them, lead to this one. None when it is not as simple as that.

    Then how many of each segment were asked is no sum of cells of one table, so it would tell new numbers.
    """
    condition = question.show_if
    earlier = document.question(condition.question) if isinstance(condition, Is) else None
    if earlier is None or not isinstance(condition, Is):
        return None
    is_plain = set(condition.codes) <= set(rows(earlier))
    if earlier.type.takes_one and is_plain:
        return earlier, condition.codes
    if earlier.type is Type.SEVERAL and len(condition.codes) == 1:
        return earlier, condition.codes
    return None


@dataclass(frozen=True)
class Pair:
    """What is known of both questions alone, oldest release first, this one last.

    `asked`: how many of each segment were asked the question. `overall`: its tables without segments.
    """

    question: Question
    segment: Question
    asked: Sequence[Released]
    overall: Sequence[dict[str, Released]]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*rows(self.segment), NONE)


def asked_of_all(segment: Question, table: Released, responses: int) -> Released:
    """Everyone was asked: the segments as they stand alone, and those who named none."""
    named = table.at()
    none = responses - named if isinstance(named, int) else Mark.HIDDEN
    return _column_of(segment, [*(table.at(code) for code in rows(segment)), none, responses])


def _column_of(segment: Question, values: Sequence[Value]) -> Released:
    """Said or not: that nearly all chose one segment is no help here."""
    return Released((*rows(segment), NONE), (ALL,), tuple((_said(one), _said(one)) for one in values))


def asked_after(crossed: Plain, question: Question, codes: Sequence[str]) -> Released:
    """Some were asked: of each segment those who gave one of these answers to an earlier question."""
    tables = {name: released(plain) for name, plain in crossed["tables"].items()}
    is_several = question.type is Type.SEVERAL
    table, wanted = (tables[codes[0]], [CHOSEN]) if is_several else (tables[MAIN], list(codes))
    values = [table.together(wanted, column) for column in (*table.columns, ALL)]
    return Released(table.columns, (ALL,), tuple((_said(one), _said(one)) for one in values))


def asked_inside(segment: Question, table: Released, codes: Sequence[str]) -> Released:
    """Asked of those who chose these segments: nobody of the others, nobody without a segment."""
    values: list[Value] = [table.at(code) if code in codes else 0 for code in rows(segment)]
    return _column_of(segment, [*values, 0, table.together(list(codes))])


def cross(
    pair: Pair, met: Iterable[Met], former: Sequence[tuple[Plain, Plain]], rules: Rules
) -> tuple[Plain, Plain]:
    """What is shown of the crossing, and what was counted; `former`: the same of earlier releases."""
    met = list(met)
    earlier = [
        pairs({BASES: counted[BASES], **counted["tables"]}, {BASES: shown[BASES], **shown["tables"]})
        for shown, counted in former
    ]
    bases = _bases(pair, met)
    told = _protected_bases(bases, pair, [one[BASES] for one in earlier], rules)
    known = [_said(told.at(column, ANSWERED)) for column in pair.columns]
    shown: Plain = {BASES: plain_released(told), "tables": {}}
    counted: Plain = {BASES: plain_table(bases), "tables": {}}
    for name, table in _tables(pair, met, bases).items():
        safe = protect(
            table,
            [one[name] for one in earlier],
            overall=[one[name] for one in pair.overall],
            bases=known,
            rules=rules,
        )
        shown["tables"][name], counted["tables"][name] = plain_released(safe), plain_table(table)
    return shown, counted


def _said(value: Value) -> Value:
    return value if isinstance(value, int) else Mark.HIDDEN


def _column(pair: Pair, met: Met) -> str:
    return met.segment if met.segment in pair.columns else NONE


def _is_in_base(pair: Pair, met: Met) -> bool:
    if met.state is Answered.ANSWERED:
        return True
    return pair.question.type is Type.SEVERAL and met.state is Answered.NOT_APPLICABLE


def _bases(pair: Pair, met: Sequence[Met]) -> Table:
    """Of each segment, who is in the base of the question and who was asked but is not."""
    inside, outside = Counter[str](), Counter[str]()
    for one in met:
        if one.place == 0 and one.state is not Answered.NOT_SHOWN:
            (inside if _is_in_base(pair, one) else outside)[_column(pair, one)] += one.people
    return Table(
        pair.columns, (ANSWERED, OUTSIDE), tuple((inside[name], outside[name]) for name in pair.columns)
    )


def _protected_bases(bases: Table, pair: Pair, former: Sequence[Release], rules: Rules) -> Released:
    """Who was asked but gave no answer is no secret: their sum is known, and nobody's answer is in it."""
    return protect(
        bases,
        former,
        overall=pair.asked,
        bases=bases.grid[-1][:-1],
        open_cells=frozenset((row, 1) for row in range(len(bases.rows) + 1)),
        rules=rules,
    )


def _tables(pair: Pair, met: Sequence[Met], bases: Table) -> dict[str, Table]:
    counts = Counter[tuple[str, str]]()
    for one in met:
        if _is_in_base(pair, one):
            counts[one.choice, _column(pair, one)] += one.people
    if pair.question.type is not Type.SEVERAL:
        names = rows(pair.question)
        lines = tuple(tuple(counts[code, column] for column in pair.columns) for code in names)
        return {MAIN: Table(names, pair.columns, lines)}
    everyone = [line[0] for line in bases.counts]
    made = {}
    for code in offered(pair.question):
        chosen = tuple(counts[code, column] for column in pair.columns)
        left = tuple(people - some for people, some in zip(everyone, chosen, strict=True))
        made[code] = Table((CHOSEN, LEFT), pair.columns, (chosen, left))
    return made
