"""The prose of the workshops is hard, and the assistant says why in words a writer can use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from engage.reading import Report, Rule, check, gates
from tests.laws.code import ROOT

SEED = ROOT.parent / "shared" / "data" / "collocc14.yaml"
A_PARAGRAPH = 25  # words; what is shorter is a title or a line of a list


def prose(held: object) -> Iterator[str]:
    if isinstance(held, dict):
        if isinstance(text := held.get("text"), str) and len(text.split()) > A_PARAGRAPH:
            yield text
        held = list(held.values())
    if isinstance(held, list):
        for part in held:
            yield from prose(part)


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    if not SEED.is_file():
        pytest.skip(f"the notes of the workshops are not beside this checkout ({SEED.name})")
    return list(prose(yaml.safe_load(SEED.read_text("utf-8"))))


@pytest.fixture(scope="module")
def report(paragraphs: list[str]) -> Report:
    return check("\n\n".join(paragraphs), body="simple")


def test_it_falls_short_of_every_gate(report: Report) -> None:
    assert report.measures.mean > 20
    assert report.measures.kandel_moles is not None
    assert report.measures.kandel_moles < 50
    assert len(gates(report.measures, "simple")) == 3


def test_the_reasons_are_many_and_each_says_what_to_do(report: Report) -> None:
    reasons = {one.rule for one in report.findings}
    assert {
        Rule.LONG_SENTENCE,
        Rule.JARGON,
        Rule.RARE_WORD,
        Rule.ACRONYM,
        Rule.BRACKETS,
        Rule.HIDDEN_LIST,
    } <= reasons
    assert {Rule.HIDDEN_LIST, Rule.PASSIVE, Rule.CONDITIONAL, Rule.SEVERAL_IDEAS, Rule.SYNONYM} <= reasons
    jargon = [one for one in report.findings if one.rule is Rule.JARGON]
    assert sum(bool(one.suggestion) for one in jargon) > len(jargon) / 2


def test_hardly_a_paragraph_would_pass(paragraphs: list[str]) -> None:
    passing = [text for text in paragraphs if not gates(check(text, body="simple").measures, "simple")]
    assert len(passing) <= len(paragraphs) / 20
