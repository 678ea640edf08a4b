"""Where sentences begin and end: abbreviations, numbers, quotes, lists and broken lines do not deceive it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engage.core.words import fold
from engage.reading import content

SPACES = " \u00a0\u202f"
LETTER = r"(?:[^\W_]|[\u0300-\u036f])"
# What is read at one go counts once: 04 50 00 00 00, 12 000, 10 h 30, 12,5, l’accueil, rendez-vous.
WORD = re.compile(
    rf"\d{{2}}(?:[{SPACES}.]\d{{2}}){{4}}(?!\d)"
    rf"|\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)"
    rf"|\d{{1,2}}[{SPACES}]?h(?:[{SPACES}]?\d{{2}})?(?!\w)"
    rf"|{LETTER}++(?:(?:[’'‐‑·@&+/_.-]|(?<=\d)[,:](?=\d))++{LETTER}++)*+"
)
END = re.compile(
    rf"(?P<mark>[.!?…]++(?:[{SPACES}][!?]++)*+)(?P<closing>(?:[{SPACES}]*[»›]|[”\"’')\]])*+)(?=\s|$)"
)
OPENING = " \t\r\n\v\f\u00a0\u202f«‹“\"‘'([—–-•*"
LIST_MARK = re.compile(r"\s*(?:[-–—•·*▪◦‣○●►➤✓✔→>]\s+|#{1,6}\s+|\d{1,2}[.)]\s+|\d{1,2}°\s+|[a-zA-Z]\)\s+)+")
LAST_WORD = re.compile(r"[^\s«»“”\"()\[\]]*$")
INITIALS = re.compile(r"(?:\w\.-?)+\w")
LOOK_BACK = 40
WRAPPED = range(60, 91)  # where mail programs and editors break a line of their own accord
INTERJECTION_WORDS = 2  # "Oh ! je vois" is one sentence


@dataclass(frozen=True)
class Sentence:
    start: int
    end: int
    words: int


def sentences(text: str, language: str = "fr") -> list[Sentence]:
    """Those that hold a word, in the order of the text, never overlapping."""
    return [
        Sentence(start, end, count)
        for block in _blocks(text, language)
        for start, end in _cut(text, *block, language)
        if (count := count_words(text[start:end]))
    ]


def count_words(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))


def _blocks(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Lines that belong together: a list item, a title, a paragraph, wherever its lines are broken."""
    start = end = at = 0
    before = ""
    for line in text.splitlines(keepends=True):
        mark = LIST_MARK.match(line)
        if mark or not _goes_on(before, line, language):
            yield start, end
            start = at + (mark.end() if mark else 0)
        before, at = line, at + len(line)
        end = at
    yield start, end


def _goes_on(before: str, line: str, language: str) -> bool:
    """Whether `line` continues the sentence of the line before it."""
    above, below = before.strip(), line.strip()
    if not above or not below:
        return False
    first = below.lstrip(OPENING)[:1]
    if not first.isupper() or above[-1] in "’'(«" or len(above) in WRAPPED:
        return True
    last = fold(_last_word(above)).rstrip(".")
    return last in content.words("announcing", language) or last in content.words("before_a_name", language)


def _last_word(text: str) -> str:
    found = LAST_WORD.search(text[-LOOK_BACK:])
    return found[0] if found else ""


def _cut(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    for found in END.finditer(text, start, end):
        if _ends(text, start, end, found, language):
            yield _trimmed(text, start, found.end())
            start = found.end()
    yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), max(start, end - len(piece) + len(piece.rstrip()))


def _ends(text: str, start: int, end: int, found: re.Match[str], language: str) -> bool:
    """Whether the signs `found` end the sentence that began at `start`."""
    following = text[found.end() : min(end, found.end() + LOOK_BACK)].lstrip(OPENING)[:1]
    mark = found["mark"]
    if mark in {"…", "..", "..."}:
        return following.isupper()
    if found["closing"] and following.islower():
        return False
    if mark == ".":
        return _dot_ends(text[max(start, found.start() - LOOK_BACK) : found.start()], following, language)
    return not following.islower() or count_words(text[start : found.start()]) > INTERJECTION_WORDS


def _dot_ends(before: str, following: str, language: str) -> bool:
    word = _last_word(before)
    folded = re.sub(r"^[ldns]['’]", "", fold(word))
    if folded in content.words("before_a_name", language):
        return False
    if len(word) == 1 and word.isupper():
        return not (following.isdigit() or _is_in_a_name(before[:-1], language))
    if folded in content.words("elsewhere", language) or INITIALS.fullmatch(word):
        return following.isupper()
    # "1. Premier pas" is a number of a list.
    return not word.isdigit() or bool(before[: -len(word)].strip(OPENING))


def _is_in_a_name(before: str, language: str) -> bool:
    """Whether an initial after these words belongs to a name: "M. J. Dupont", "Jean P. Dupont"."""
    last = _last_word(before.rstrip()).rstrip(".")
    return not last or last[0].isupper() or fold(last) in content.words("before_a_name", language)
