"""What a reading says of a text, and that no text makes it stumble."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

from engage.core.i18n import speaking
from engage.reading import AVERAGE_WORDS, LONGEST_WORDS, Rule, Severity, measure
from engage.reading.sentences import sentences

LONG = "Nous avons " + "très " * (LONGEST_WORDS - 1) + "envie."
PIECES = st.sampled_from(
    ["Dr. ", "M. ", "etc. ", "« Oui ! » ", "VOTRE AVIS ", "MSP ", "…", "...", "?!", "\n- ", "\r\n",
     "1. ", "12,5 ", "10 h 30 ", "Bonjour. ", "je ", "\u202f!", "\u00a0»", "e\u0301", "\ud800", "\u2028",
     "A. ", "l’"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


def test_an_empty_text_has_nothing_to_say() -> None:
    assert measure("").findings == ()
    assert measure(" … ").words_a_sentence == 0


def test_it_counts_words_and_names_the_longest_sentence() -> None:
    reading = measure("Bonjour. Nous vous écoutons le lundi. Merci.")
    assert (reading.words, reading.sentences) == (7, 3)
    assert reading.words_a_sentence == pytest.approx(7 / 3)
    assert (reading.longest, reading.longest_words) == ("Nous vous écoutons le lundi.", 5)
    assert (reading.capitals, reading.findings) == ((), ())


def test_a_sentence_of_20_words_passes_and_one_of_21_does_not() -> None:
    assert measure(LONG).longest_words == LONGEST_WORDS + 2
    text = "Bonjour. " + " ".join(["mot"] * 20) + ".\n\n" + " ".join(["mot"] * 21) + "."
    found = [f for f in measure(text).findings if f.rule is Rule.LONG_SENTENCE]
    assert [text[f.start : f.end].count("mot") for f in found] == [21]
    assert found[0].severity is Severity.RED
    assert "21" in found[0].message


def test_an_average_is_an_advice_about_the_whole_text() -> None:
    words = " ".join(["mot"] * AVERAGE_WORDS)
    assert measure(f"Un {words}.").findings == ()
    assert measure(f"{words.capitalize()}. {words.capitalize()}.").findings == ()
    text = f"Un {words}. Deux {words}."
    (found,) = measure(text).findings
    assert (found.rule, found.severity) == (Rule.LONG_AVERAGE, Severity.AMBER)
    assert text[found.start : found.end] == text


def test_capitals_come_with_what_may_stand_there() -> None:
    reading = measure("VOTRE AVIS compte. Dites-le À L’ACCUEIL de la MSP.")
    assert reading.capitals == ("VOTRE AVIS", "ACCUEIL")
    assert [f.suggestion for f in reading.findings] == ["Votre avis", "accueil"]


def test_findings_speak_the_language_of_the_page(app: Flask) -> None:
    with app.test_request_context():
        assert "majuscules" in measure("VOTRE AVIS").findings[0].message
        with speaking("en"):
            assert "capitals" in measure("VOTRE AVIS").findings[0].message


@given(TEXTS, st.sampled_from(["fr", "en", "ar", ""]))
@example("!" * 3000 + "x", "fr")
@example("1 " * 2000, "fr")
def test_no_text_makes_it_stumble(text: str, language: str) -> None:
    reading = measure(text, language)
    assert reading.longest in text
    assert reading.longest_words <= reading.words
    assert list(reading.findings) == sorted(reading.findings)
    for finding in reading.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.message
    for shouted in reading.capitals:
        assert shouted in text


@given(TEXTS)
def test_sentences_lie_one_after_the_other(text: str) -> None:
    found = sentences(text)
    edges = [edge for sentence in found for edge in (sentence.start, sentence.end)]
    assert edges == sorted(edges)
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in found)
    assert all(s.words > 0 for s in found)


@given(TEXTS)
def test_what_is_suggested_has_no_finding_of_its_own(text: str) -> None:
    found = [f.suggestion for f in measure(text).findings if f.rule is Rule.CAPITALS]
    assert [measure(words).capitals for words in found] == [()] * len(found)


UNITS = ["a", "É", "É ", ". ", "? ! ", "»", "A. ", "1 ", "\n", "- \n", ".\u00a0", "l’", ".", "!", "Dr. "]


@pytest.mark.parametrize("unit", UNITS)
def test_a_very_long_text_is_read_in_time(unit: str) -> None:
    begun = time.perf_counter()
    measure(unit * (100_000 // len(unit)))
    assert time.perf_counter() - begun < 10
