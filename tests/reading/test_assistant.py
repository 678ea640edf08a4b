"""What the assistant gives to those who call it."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.reading import Body, Mode, Rule, Severity, Term, blocking, check, gates, measures
from engage.reading.source import read

LONG = "Nous " + "très " * 29 + "bien."


def test_places_are_those_of_the_source() -> None:
    text = "## {phone} Appeler\n\n- Allez voir le **DAC** ou la [ZRTP](https://exemple.fr/ZRX).\n"
    found = [text[one.start : one.end] for one in check(text, body="simple").findings]
    assert found == ["DAC", "ZRTP"]


def test_only_four_things_stand_in_the_way_of_publication() -> None:
    text = f"{LONG}\n\nVoyez la ZRTP.\n\n![](image:porte)\n"
    report = check(text, body="simple")
    assert {one.rule for one in blocking(report)} == {Rule.LONG_SENTENCE, Rule.ACRONYM, Rule.NO_ALTERNATIVE}
    assert all(one.severity is Severity.BLOCKING for one in blocking(report))


def test_what_is_kept_with_a_reason_is_not_said_again() -> None:
    text = "Vous venez " + "vite " * 12 + "ici."
    (found,) = check(text, body="short").findings
    assert check(text, body="short", kept=[(found.rule, text)]).findings == ()
    assert check(f"{text[:-1]} !", body="short", kept=[(found.rule, text)]).findings != ()
    assert check(LONG, body="short", kept=[("long-sentence", LONG)]).findings != ()


def test_the_glossary_explains_initials_and_offers_the_words() -> None:
    (found,) = check("Voyez la ZRTP.", body="simple", glossary=[Term("ZRTP", "Zone de repos")]).findings
    assert (found.severity, found.suggestion) == (Severity.AMBER, "zone de repos (ZRTP)")


def test_another_language_is_looked_at_for_what_does_not_hang_on_words() -> None:
    text = f"See the ZRTP.\n\n{LONG}\n\n![photo](image:door)"
    assert [one.rule for one in check(text, body="simple", language="en").findings] == [
        Rule.LONG_SENTENCE,
        Rule.NO_ALTERNATIVE,
    ]
    assert measures(text, "simple", language="en").kandel_moles is None


def test_gates_say_what_falls_short_with_the_numbers(app: Flask) -> None:
    with app.test_request_context():
        found = measures(LONG + " Voyez la ZRTP.", "short")
        said = gates(found, "short")
    assert "17 mots" in said[0]
    assert "31" in said[1]
    assert "ZRTP" in said[-1]
    assert gates(measures("Appelez le 15. Dites votre nom.", "short"), "short") == []


def test_measures_of_a_small_text() -> None:
    found = measures("## Un titre\n\nVous venez ici. Vous venez à la maison de santé.", "simple")
    assert (found.words, found.sentences, found.mean, found.longest) == (10, 2, 5, 7)
    # vous venez ici (5), vous venez à la maison de santé (11)
    assert found.kandel_moles == pytest.approx(207 - 1.015 * 5 - 73.6 * 15 / 10)


PIECES = st.sampled_from(
    ["## {phone} Titre\n", "- ", "1. ", "**", "_", "![", "](image:a)", "[lien](tel:15)", "::: appeler\n",
     ":::\n", "(MSP)", "est lu ", "n’est ", "pas ", "que ", "vienne ", "80 % ", "12 000 ", "vingt-", "et un ",
     "etc. ", "24h/24 ", "le 51", "appelez ", "« ", " »", "VOTRE AVIS ", "de, la, ", "\r\n", "\n\n",
     "e\u0301 ", "œ", "·e ", "1 ", "I5", "\ud800", "\u2028"]
)  # fmt: skip
BUSY = settings(deadline=None)  # others share the machine
# Not `st.text()`: where its table of all signs is not there yet, its first draw takes more than a second.
SIGNS = st.one_of(st.integers(32, 126).map(chr), st.integers(0, 0x10FFFF).map(chr))
TEXTS = st.lists(st.one_of(PIECES, SIGNS)).map("".join)


@BUSY
@given(TEXTS, st.sampled_from(["fr", "en", "ar"]), st.sampled_from(list(Body)))
def test_no_text_makes_it_stumble(text: str, language: str, body: Body) -> None:
    report = check(text, body=body, language=language, action_page=True, glossary=[Term("MSP", "Maison")])
    assert all(0 <= one.start < one.end <= len(text) and one.message for one in report.findings)
    assert list(report.findings) == sorted(report.findings)
    assert gates(report.measures, body) is not None


@BUSY
@given(TEXTS)
def test_the_words_are_those_of_the_source(text: str) -> None:
    source = read(text)
    assert "".join(text[at] for at in source.at) == source.plain
    assert list(source.at) == sorted(source.at)


def test_it_says_which_mode_ran() -> None:
    assert check("Bonjour.", body="simple").mode in set(Mode)
