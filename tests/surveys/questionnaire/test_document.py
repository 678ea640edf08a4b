"""One YAML document of a questionnaire: taken whole or refused with every fault and its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from engage.core.yamltext import MOST_BYTES, Invalid, dump, load
from engage.surveys.questionnaire.checking import faults
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.questionnaire.parsing import parse
from engage.surveys.questionnaire.writing import content_hash, write
from tests.surveys.questionnaire import sample


@pytest.fixture
def engine_name() -> str:
    """A file does not depend on the database."""
    return "sqlite"


@pytest.fixture(autouse=True)
def spoken(session: None) -> None:
    """Faults are said in words."""


def refused(text: str) -> str:
    with pytest.raises(Invalid) as caught:
        parse(text.encode())
    return str(caught.value)


def test_one_of_each_type_is_taken_and_could_be_frozen() -> None:
    document = sample.document()
    assert {question.type for question in document.questions} == set(Type)
    assert faults(document) == []


def test_what_we_write_comes_back_the_same_to_the_byte() -> None:
    document = sample.document()
    text = write(document)
    assert parse(text.encode()) == document
    assert write(parse(text.encode())) == text
    assert content_hash(parse(text.encode())) == content_hash(document)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcyesno", min_size=1), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_any_words_survive_writing_and_reading(data: Any) -> None:
    assert load(dump({"words": data}).encode()).data == {"words": data}


def test_yes_and_no_are_words_and_not_switches() -> None:
    document = sample.document()
    came = document.question("came")
    assert came is not None
    assert [choice.code for choice in came.choices] == ["yes", "no", "dont_know"]
    assert "'yes'" not in write(document).replace("- 'yes'", "")


def test_a_scale_takes_our_choices_and_says_nothing_of_them() -> None:
    felt = sample.document().question("felt")
    assert felt is not None
    assert [choice.score for choice in felt.choices] == [1, 2, 3, 4, 5]
    assert felt.choices[0].text["fr"] == {"standard": "Très mal", "short": "Très mal"}
    assert "Très mal" not in write(sample.document())


LAUGHS = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LAUGHS, "ancres"),
        ("questionnaire: !!python/object:os.system x", "étiquettes"),
        ("a: 1\na: 2", "ligne 2"),
        ("a: [1, 2", "YAML"),
        ("[" * 60 + "]" * 60, "trop"),
        ("a: [" + "1, " * 60_000 + "1]", "trop"),
        ("x" * (MOST_BYTES + 1), "trop lourd"),
        ("", "deux-points"),
        ("- 1", "deux-points"),
    ],
)
def test_a_hostile_or_broken_file_is_refused(text: str, words: str) -> None:
    assert words in refused(text)


def test_what_is_not_text_is_refused() -> None:
    with pytest.raises(Invalid):
        parse(b"\xff\xfe\x00")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("questionnaire: accueil", "questionnaire: Mon Accueil !", "ligne 2, questionnaire"),
        ("type: month", "type: matrix", "pages, p2, questions, since, type"),
        ("required: true", "required: maybe", "came, required"),
        ("licence:", "license:", "license"),
        ("show_if: {question: came, is: [yes]}\n", "show_if: {sometimes: came}\n", "why, show_if"),
        ("show_if: {question: came, is: [yes]}\n", "show_if: {all: []}\n", "condition"),
        ("show_if: {question: came, is: [yes]}\n", "show_if: {question: came, like: 3}\n", "condition"),
        ("points: 5", "points: many", "felt, settings, points"),
        ("instrument: null", "instrument: {name: X, scoring: {concept: a, rule: magic}}", "linear-0-100"),
        ("languages: [fr, en]", "languages: []", "langue"),
        ("languages: [fr, en]", "languages: [français]", "languages"),
    ],
)
def test_a_fault_is_said_with_its_place(before: str, after: str, words: str) -> None:
    assert before in sample.YAML
    assert words in refused(sample.YAML.replace(before, after, 1))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("languages: [fr, en]", "languages: [fr, en, ar]", "ar"),
        ("languages: [fr, en]", "languages: [fr]", "en"),
        (", short: \"Un mot ?\"", "", "question word"),
        ("key: since", "key: often", "often"),
        ("code: nurse", "code: doctor", "doctor"),
        ("{question: came, is: [yes]}", "{question: nowhere, is: [yes]}", "nowhere"),
        ("{question: came, is: [yes]}", "{question: came, is: [perhaps]}", "perhaps"),
        ("{question: came, is: [yes]}", "{question: came, above: 3}", "came"),
        ("{question: came, is: [yes]}", "{question: hello, answered: true}", "hello"),
        ("{question: came, is: [yes]}", "{question: felt, answered: true}", "felt"),
        ("{question: came, is: [yes]}", "{question: long_wait, answered: true}", "cercle"),
        ("{question: came, is: [yes]}", "{not: {question: came, answered: true}}", "why"),
        ("kind: none_of_these", "kind: none_of_these, score: 3", "score"),
        ("type: several", "type: one", "Aucun"),
        ("settings: {most: 2}", "settings: {most: 9}", "question first"),
        ("min: 0, max: 300", "min: 400, max: 300", "minutes"),
        ("settings: {points: 5}", "settings: {points: 4}", "felt"),
        ("type: short_text", "type: one", "question word"),
    ],
)  # fmt: skip
def test_freezing_would_say_what_is_missing(before: str, after: str, words: str) -> None:
    assert before in sample.YAML
    found = faults(parse(sample.YAML.replace(before, after, 1).encode()))
    assert words in "\n".join(map(str, found))


def test_a_questionnaire_without_question_cannot_be_frozen(app: Flask) -> None:
    assert faults(replace(sample.document(), pages=()))
