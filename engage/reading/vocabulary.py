"""Words that readers may not know: those that are rare in books and films, and in no glossary."""

import re
from collections.abc import Iterator
from functools import lru_cache

from engage.core.words import fold, stem
from engage.reading import content, lexicon
from engage.reading.sentences import WORD
from engage.reading.text import Sentence, Text

APOSTROPHE = re.compile(r"[’']")
LONG_SYLLABLES, LONG_LETTERS = 5, 9
HYPHEN = re.compile(r"[‐‑-]")
DOT = re.compile(r"·\w*")
ADDRESS = re.compile(r"[@/_&+]|\w\.\w|\d")
# Endings of words that are made, not of names of people and places.
LEARNED = re.compile(
    r"(?:tions?|ments?|ités?|ismes?|istes?|logies?|logues?|pathies?|tiques?|aires?|ables?|ibles?|eu(?:r|se)s?|trices?"
    r"|ages?|ances?|ences?|elles?|ifs?|ives?|iser|ères?|iers?)$"
)


def rare(text: Text, sentence: Sentence) -> list[tuple[int, int]]:
    """Where the rare words of a sentence stand."""
    return [
        (start, end)
        for start, end, word in _words(text, sentence)
        if not _is_common(word) and not _is_name(text, start, word, sentence) and not _in_glossary(text, word)
    ]


def long(text: Text, sentence: Sentence) -> list[tuple[int, int]]:
    """Where common words of five syllables and more stand."""
    return [
        (start, end)
        for start, end, word in _words(text, sentence)
        if len(word) >= LONG_LETTERS and _is_common(word) and _is_long(word)
    ]


@lru_cache(maxsize=4096)
def _is_long(word: str) -> bool:
    parts = HYPHEN.split(lexicon.spelled(word))
    return max(map(lexicon.syllables, parts)) >= LONG_SYLLABLES and fold(word) not in content.words(
        "familiar"
    )


def _words(text: Text, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Words as a reader sees them, without what is elided before them; neither figures nor addresses."""
    for found in WORD.finditer(text.plain, sentence.start, sentence.end):
        if ADDRESS.search(found[0]):
            continue
        start = found.start()
        if mark := APOSTROPHE.search(found[0]):
            start += mark.end() if not lexicon.known(lexicon.spelled(found[0])) else 0
        yield start, found.end(), text.plain[start : found.end()]


@lru_cache(maxsize=4096)
def _is_common(word: str) -> bool:
    form = DOT.sub("", lexicon.spelled(word))
    return _is_listed(form) or all(map(_is_listed, filter(None, HYPHEN.split(form))))


def _is_listed(form: str) -> bool:
    return len(form) < 2 or bool(lexicon.known(form)) or fold(form) in content.words("familiar")


def _is_name(text: Text, start: int, word: str, sentence: Sentence) -> bool:
    """Capitals are initials or names; a sentence begins with one anyway, so there the ending says."""
    if not word[:1].isupper():
        return False
    opens = start == sentence.start and not word.isupper()
    return not opens or start in text.parsed.names or not LEARNED.search(word)


def _in_glossary(text: Text, word: str) -> bool:
    return stem(word) in text.stems
