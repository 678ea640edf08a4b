"""Words: folding, stems, and what is kept of what people type."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.core.words import clean, fold, fold_with_offsets, has_words, stem, terms

anything = st.text(st.characters())  # surrogates too: a broken client may send half a character


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Œil de BŒUF", "oeil de boeuf"),
        ("l’été", "l'ete"),
        ("Ça, là‑bas", "ca, la-bas"),
        ("e\u0301tage\u202f?", "etage ?"),
        ("ex\u200bæquo", "exaequo"),
        ("STRAẞE", "strasse"),
        ("１２", "12"),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(anything)
def test_fold_changes_nothing_twice(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(anything)
def test_offsets_lead_back_to_where_a_character_came_from(text: str) -> None:
    folded, origin = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(origin) == len(folded)
    assert origin == sorted(origin)
    assert all(folded[at] in fold(text[origin[at]]) for at in range(len(folded)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("horaires", "horaire"),
        ("HORAIRES", "horaire"),
        ("consultée", "consulter"),
        ("consultees", "consultations"),
        ("idées", "idee"),
        ("médicaux", "médical"),
        ("infirmière", "infirmieres"),
        ("usagers", "usager"),
        ("foyers", "foyer"),
    ],
)
def test_endings_and_accents_do_not_count(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_different_words_keep_different_stems() -> None:
    assert len({stem(word) for word in ("horaire", "accueil", "parking", "médecin", "médicament")}) == 5


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Les horaires d’ouverture", "horaire ouvertures"),
        ("Un œil sur l'accueil", "oeil accueils"),
        ("prendre un rendez-vous", "prendre rdv"),
        ("des rendez vous", "Rendez-Vous"),
    ],
)
def test_what_is_asked_is_found(typed: str, query: str) -> None:
    assert set(terms(query).split()) <= set(terms(typed).split())


def test_terms_leave_out_little_words_and_single_letters() -> None:
    assert terms("C'est à moi et à vous, n'est-ce pas ? Oui, l'été") == "oui ete"
    assert "vous" not in terms("rendez-vous").split()


@given(anything)
def test_terms_are_words_and_spaces(text: str) -> None:
    found = terms(text)
    assert found == " ".join(found.split())
    assert all(part.isalnum() for part in found.split())


def test_clean_takes_out_what_cannot_be_seen() -> None:
    assert clean("  bon\u200bjour\u202e \ufeffà\u00ad tous\x00\x07\x9f \ud83d ") == "bonjour à tous"
    assert clean("e\u0301te\u200d\u0301") == "été"


def test_clean_keeps_tabs_lines_emoji_and_other_scripts() -> None:
    assert clean("a\tb\r\nc\rd") == "a\tb\nc\nd"
    assert clean("Merci 🙏 شكرا 谢谢") == "Merci 🙏 شكرا 谢谢"


def test_clean_keeps_two_blank_lines_at_most() -> None:
    assert clean("a\n\n\nb") == "a\n\n\nb"
    assert clean("a\n \n\t\n\n\n  \nb") == "a\n\n\nb"


@given(anything)
def test_clean_changes_nothing_twice_and_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\x00" not in once
    assert "\n\n\n\n" not in once
    once.encode("utf-8")


@pytest.mark.parametrize(
    "text", ["", "   \n", "👍👍", "?!…", "a", "12 34", "\u200b\u200d", "\u3164\u3164", "👩‍👩‍👧"]
)
def test_nothing_to_read(text: str) -> None:
    assert not has_words(text)


@pytest.mark.parametrize("text", ["ok", "Un banc 👍", "نعم", "谢谢", "e\u0301a"])
def test_something_to_read(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize(
    "hostile", ["a" * 100_000, " " * 100_000, "\n \t" * 33_000, "\u200b" * 100_000, "ﷺ" * 30_000]
)
def test_hostile_texts_stay_fast(hostile: str) -> None:
    start = time.process_time()
    clean(hostile), terms(hostile), fold(hostile)
    assert time.process_time() - start < 1
