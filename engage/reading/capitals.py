"""Words in capitals that are neither a name of a body nor a number: they are slow to read, and they shout."""

import re
from collections.abc import Iterator

from engage.core.words import fold
from engage.reading import content

PART = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
BETWEEN = re.compile(r"[ \t\u00a0\u202f'’,&/‐‑–-]{1,3}")
ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
VOWELS = frozenset("aeiouy")
LONGEST_ACRONYM = 5


def capitals(text: str, language: str = "fr") -> list[tuple[int, int]]:
    """The spans of capitals without meaning, in the order of the text; "LA MSP VOUS ÉCOUTE" is one."""
    return [span for run in _runs(text) for span in _shouted(run, language)]


def lowered(text: str, start: int, end: int, language: str = "fr", *, opens: bool = False) -> str:
    """The span in small letters, but for acronyms, and for its first letter where it `opens` a sentence."""
    piece = PART.sub(lambda part: _lower(part[0], language), text[start:end])
    return piece[:1].upper() + piece[1:] if opens else piece


def _lower(part: str, language: str) -> str:
    keeps = len(part) > 1 and not _is_word(part, language) and not VOWELS & set(fold(part))
    return part if keeps or _is_acronym(part) else part.lower()


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Capitals that follow each other."""
    run: list[re.Match[str]] = []
    for part in PART.finditer(text):
        if run and not (_is_capital(part[0]) and BETWEEN.fullmatch(text, run[-1].end(), part.start())):
            yield run
            run = []
        if _is_capital(part[0]):
            run.append(part)
    if run:
        yield run


def _is_capital(part: str) -> bool:
    return part.isupper() and part.isalpha()


def _shouted(run: list[re.Match[str]], language: str) -> Iterator[tuple[int, int]]:
    """From the first to the last word of the run, where it holds a word, or two that can be said."""
    said = [part for part in run if _can_be_said(part[0])]
    words = [part for part in run if _is_word(part[0], language)]
    loud = sorted({*said, *words}, key=re.Match.start) if words or len(said) > 1 else []
    if loud:
        yield loud[0].start(), loud[-1].end()


def _is_word(part: str, language: str) -> bool:
    if len(part) > LONGEST_ACRONYM:
        return not _is_acronym(part) and not ROMAN.fullmatch(part)
    return fold(part) in content.words("everyday", language)


def _is_acronym(part: str) -> bool:
    return fold(part) in content.words("acronyms")


def _can_be_said(part: str) -> bool:
    """One such word may be initials that we do not know; two in one run are not."""
    is_known = _is_acronym(part) or ROMAN.fullmatch(part)
    return len(part) > 2 and not is_known and bool(VOWELS & set(fold(part)))
