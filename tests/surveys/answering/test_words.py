"""Four words that can be noted, read aloud and typed; a moment that only we can seal."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from engage.core.words import fold
from engage.surveys.answering import starts, words


@pytest.fixture
def engine_name() -> str:
    """No database is asked."""
    return "sqlite"


def test_the_list_is_long_short_and_plain() -> None:
    folded = [fold(word) for word in words.plain()]
    assert len(folded) >= 2048
    assert len(set(folded)) == len(folded), "no two that are typed alike"
    assert all(re.fullmatch(r"[a-z]{4,8}", word) for word in folded)
    assert not [word for word in folded if f"{word}s" in set(folded)], "no two that sound alike"


def test_words_are_understood_however_they_are_typed() -> None:
    said = words.choose()
    assert len(said.split()) == 4
    assert words.understood(words.shown(said)) == said
    assert words.understood(f"  {words.shown(said).upper().replace(' ', ', ')}. ") == said
    for typed in ("", "chat", f"{said} {said}", "mot qui nexiste pas", "a" * 100_000, "\0' OR 1=1 --"):
        assert words.understood(typed) == ""


def test_nobody_seals_a_moment_but_us(app: Flask) -> None:
    with app.app_context():
        token = starts.seal("abcd")
        assert starts.begun(token, "abcd") is not None
        later = f"{int(token.split('.')[0]) + 60}.{token.split('.')[1]}"
        for forged in (later, f"{token}0", "", ".", "9" * 100, "1.é", "-1.0", token.replace(".", "")):
            assert starts.begun(forged, "abcd") is None
        assert starts.begun(token, "another wave") is None
