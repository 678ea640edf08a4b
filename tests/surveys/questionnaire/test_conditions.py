"""What is shown to whom, every way through, and the rehearsal that walks them all."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.surveys.questionnaire.conditions import (
    Above,
    All,
    Answered,
    Any,
    Below,
    Is,
    Not,
    Value,
    asked,
    holds,
)
from engage.surveys.questionnaire.parsing import parse
from engage.surveys.questionnaire.paths import TooManyPaths, paths, seconds, visible
from engage.surveys.questionnaire.rehearsal import RESPONDENTS, person, rehearse
from tests.surveys.questionnaire import sample

YES, NO = frozenset({"yes"}), frozenset({"no"})


def test_and_or_not_over_answers() -> None:
    condition = All((Is("a", ("yes",)), Not(Any((Above("n", 2), Answered("t", True))))))
    assert holds(condition, {"a": YES, "n": 2})
    assert not holds(condition, {"a": YES, "n": 3})
    assert not holds(condition, {"a": YES, "t": "words"})
    assert not holds(condition, {"n": 1})
    assert asked(condition) == ["a", "n", "t"]
    assert holds(Below("n", 2), {"n": 1})
    assert not holds(Below("n", 2), {})
    assert holds(Answered("t", False), {})
    assert holds(None, {})


def test_an_answer_to_what_is_no_longer_shown_counts_for_nothing() -> None:
    document = sample.document()
    answers: dict[str, Value] = {"came": YES, "minutes": 60, "why": frozenset({"doctor"})}
    assert "long_wait" in visible(document, answers)
    assert "long_wait" not in visible(document, answers | {"came": NO})


def test_every_way_is_listed_once_with_its_time() -> None:
    document = sample.document()
    ways = paths(document)
    shown = [way.shown for way in ways]
    assert len(shown) == len(set(shown)) == 3  # did not come; came and waited little; came and waited long
    for way in ways:
        assert tuple(visible(document, way.answers)) == way.shown
        assert way.seconds == pytest.approx(
            sum(seconds(one, "fr") for one in document.questions if one.key in way.shown)
        )
    assert min(way.seconds for way in ways) < max(way.seconds for way in ways)


def test_a_long_text_takes_longer_than_a_number_and_information_is_only_read() -> None:
    document = sample.document()
    took = {one.key: seconds(one, "fr") for one in document.questions}
    assert took["long_wait"] > took["minutes"] > took["hello"]
    assert took["hello"] == pytest.approx(3 / (195 / 60))


def many_filters(number: int) -> str:
    ask = "      - {key: %s, concept: c, type: %s, required: true, text: {fr: {standard: Oui}}%s}"
    lines = [
        line
        for n in range(number)
        for line in (
            ask % (f"a{n}", "yes_no", ""),
            ask % (f"b{n}", "month", f", show_if: {{question: a{n}, is: [yes]}}"),
        )
    ]
    head = "questionnaire: filtres\nname: {fr: F}\naim: {fr: F}\nlanguages: [fr]\npages:\n"
    return f"{head}  - key: p1\n    title: {{}}\n    questions:\n" + "\n".join(lines)


def test_ways_multiply_up_to_a_bound() -> None:
    assert len(paths(parse(many_filters(6).encode()))) == 64
    with pytest.raises(TooManyPaths):
        paths(parse(many_filters(12).encode()))


def test_a_rehearsal_walks_every_way_and_takes_every_choice() -> None:
    document = sample.document()
    done = rehearse(document)
    assert done.respondents == RESPONDENTS == 200
    assert done.walked_all
    assert done.walked == 3
    assert set(done.shown) == {question.key for question in document.questions}
    every = {(one.key, choice.code) for one in document.questions for choice in one.choices}
    assert set(done.chosen) == every
    assert done.shortest <= done.middle <= done.longest


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_whatever_the_invented_people_say_they_walk_a_listed_way(seed: int) -> None:
    document = sample.document()
    listed = {way.shown for way in paths(document)}
    random = Random(seed)
    for _each in range(20):
        assert tuple(visible(document, person(document, random))) in listed
