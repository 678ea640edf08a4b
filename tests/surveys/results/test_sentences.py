"""Figures in words, as a coordinator reads them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from engage.surveys.results import sentences
from engage.surveys.results.proportions import Interval, Share, Verdict


@pytest.fixture
def engine_name() -> str:
    """Words do not depend on the database."""
    return "sqlite"


@pytest.fixture(autouse=True)
def in_french(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.63, 0.78, "entre 6 et 8 personnes sur 10"),
        (0.6, 0.7, "entre 6 et 7 personnes sur 10"),
        (0.93, 1.0, "au moins 9 personnes sur 10"),
        (0.0, 0.161, "au plus 2 personnes sur 10"),
        (0.0, 0.08, "au plus 1 personne sur 10"),
        (0.04, 0.97, "ces réponses ne permettent pas de le dire"),
        (0.7, 0.7, "7 personnes sur 10"),
        (0.0, 0.0, "personne"),
    ],
)
def test_an_interval_is_rounded_outwards(low: float, high: float, words: str) -> None:
    assert sentences.between(Interval(low, high)) == words


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (79, 100, "8 personnes sur 10"),
        (13, 100, "1 personne sur 10"),
        (98, 100, "presque tout le monde"),
        (100, 100, "tout le monde"),
        (2, 100, "presque personne"),
        (0, 100, "personne"),
        (1, 20, "1 personne sur 10"),
    ],
)
def test_a_patient_reads_the_nearest_tenth(count: int, base: int, words: str) -> None:
    assert sentences.about(Share(count, base)) == words


def test_few_answers_are_said_to_be_few() -> None:
    assert sentences.caution(29) == "Prudence\u00a0: moins de 30 réponses."
    assert sentences.caution(30) == ""


def test_the_verdict_on_two_waves() -> None:
    assert [sentences.told(verdict) for verdict in Verdict] == ["mieux", "moins bien", "on ne peut pas dire"]
