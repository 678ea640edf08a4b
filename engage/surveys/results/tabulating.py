"""Which tables say what was answered to a question: the rows of each, and who stands in which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from engage.surveys.answering.kinds import Answered
from engage.surveys.questionnaire.document import Question
from engage.surveys.questionnaire.kinds import ChoiceKind, Type
from engage.surveys.results import classes
from engage.surveys.results.counting import DONT_KNOW, Counted
from engage.surveys.results.disclosure.tables import ALL, Table

MAIN = ""
"""The name of the one table of most questions; several choices have one for each choice."""
CHOSEN, LEFT = "chosen", "left"
WRITTEN, EMPTY = "written", "empty"
UNPLACED = "-"
AWAY = {ChoiceKind.NOT_APPLICABLE, ChoiceKind.DONT_KNOW}
Tables = dict[str, Table]


def column(counts: Mapping[str, int]) -> Table:
    """Without segments."""
    return Table(tuple(counts), (ALL,), tuple((people,) for people in counts.values()))


def rows(question: Question) -> tuple[str, ...]:
    """The codes of the choices that are answers: who does not know or is not concerned stands apart."""
    return tuple(choice.code for choice in question.choices if choice.kind not in AWAY)


def offered(question: Question) -> tuple[str, ...]:
    """The choices that have a table of their own. Of several choices also “not concerned”: who ticked that
    saw the question and said something, so they are in its base.
    """
    return tuple(choice.code for choice in question.choices)


def base(question: Question, counted: Counted) -> int:
    """How many people the shares of this question are shares of."""
    answered = counted.states.get(Answered.ANSWERED, 0)
    if question.type is Type.SEVERAL:
        return answered + counted.states.get(Answered.NOT_APPLICABLE, 0) + counted.states.get(DONT_KNOW, 0)
    if question.type.is_text:
        return sum(counted.states.values()) - counted.states.get(Answered.NOT_SHOWN, 0)
    return answered


def reasons(question: Question, *, on_paper: bool) -> tuple[str, ...]:
    """Why somebody may not be in the base: only what can happen, so that nothing else needs to be hidden."""
    kinds = {choice.kind for choice in question.choices}
    is_text, is_several = question.type.is_text, question.type is Type.SEVERAL
    can = {
        Answered.SKIPPED.value: not is_text,
        Answered.NOT_SHOWN.value: question.show_if is not None,
        Answered.NOT_APPLICABLE.value: ChoiceKind.NOT_APPLICABLE in kinds and not is_several,
        DONT_KNOW: ChoiceKind.DONT_KNOW in kinds and not is_several,
        Answered.ILLEGIBLE.value: on_paper and not is_text,
    }
    return tuple(name for name, is_so in can.items() if is_so)


def silent(question: Question, counted: Counted, names: tuple[str, ...]) -> Table:
    """Those who are not in the base, by the reason; what should not have happened counts as skipped."""
    kept = names or (Answered.SKIPPED.value,)
    states = {name: counted.states.get(name, 0) for name in kept}
    rest = sum(counted.states.values()) - base(question, counted) - sum(states.values())
    states[kept[0]] += rest
    return column(states)


def tables(question: Question, counted: Counted, closed: date) -> Tables:
    """Every table of one question; `closed`: the day from which months are counted back."""
    return _makers(closed)[question.type](question, counted)


def _makers(closed: date) -> dict[Type, Callable[[Question, Counted], Tables]]:
    def of_months(_question: Question, counted: Counted) -> Tables:
        ages = {float(classes.months_before(month, closed)): 0 for month in counted.months}
        for month, people in counted.months.items():
            ages[classes.months_before(month, closed)] += people
        return {MAIN: _classed(classes.of_months(), ages)}

    return {
        **{kind: _one for kind in Type if kind.takes_one},
        Type.SEVERAL: _several,
        Type.RANKING: _ranking,
        Type.NUMBER: lambda question, counted: {
            MAIN: _classed(classes.of_numbers(question), counted.numbers)
        },
        Type.MONTH: of_months,
        Type.SHORT_TEXT: _text,
        Type.LONG_TEXT: _text,
    }


def _one(question: Question, counted: Counted) -> Tables:
    return {MAIN: column({code: counted.choices.get(code, 0) for code in rows(question)})}


def _several(question: Question, counted: Counted) -> Tables:
    people = base(question, counted)
    chosen = {code: counted.choices.get(code, 0) for code in offered(question)}
    return {code: column({CHOSEN: count, LEFT: people - count}) for code, count in chosen.items()}


def places(question: Question) -> int:
    return min(int(question.settings.get("most", 5)), len(rows(question)))


def _ranking(question: Question, counted: Counted) -> Tables:
    """Each choice by the place it was given. Who gave it no place is a column too: each row is everybody."""
    people, most = base(question, counted), places(question)
    lines = []
    for code in rows(question):
        line = [counted.placed.get((code, place), 0) for place in range(most)]
        lines.append((*line, people - sum(line)))
    return {MAIN: Table(rows(question), (*map(str, range(1, most + 1)), UNPLACED), tuple(lines))}


def _classed(found: tuple[classes.Class, ...], values: Mapping[float, int]) -> Table:
    return column({
        one.name: sum(people for value, people in values.items() if one.holds(value)) for one in found
    })  # fmt: skip


def _text(question: Question, counted: Counted) -> Tables:
    written = counted.states.get(Answered.ANSWERED, 0)
    return {MAIN: column({WRITTEN: written, EMPTY: base(question, counted) - written})}
