"""Hiding words of a verbatim: which spans, what is proposed, and how the rest reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engage.intake.screening import Finding, Kind

HIDDEN = "[…]"
WORD = re.compile(r"\S+")
PAIR = re.compile(r"(\d{1,6})-(\d{1,6})")
# Words of distress are nobody's personal data, and of an illness many people may speak.
LEFT_TO_THE_READER = {Kind.DISTRESS, Kind.HEALTH}

Span = tuple[int, int]


class Piece(NamedTuple):
    """A word that can be hidden, and the spaces and line breaks after it."""

    start: int
    end: int
    word: str
    after: str
    is_hidden: bool
    finding: Finding | None

    @property
    def value(self) -> str:
        return f"{self.start}-{self.end}"


def proposed(findings: Iterable[Finding]) -> list[Span]:
    """What screening takes for personal: the reader may decide otherwise."""
    return [(one.start, one.end) for one in findings if one.kind not in LEFT_TO_THE_READER]


def _touches(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(start < until and since < end for since, until in spans)


def pieces(body: str, hidden: Sequence[Span], findings: Sequence[Finding] = ()) -> list[Piece]:
    """The words of `body` one by one; a word is hidden whole as soon as a part of it is."""
    words = list(WORD.finditer(body))
    ends = [*(word.start() for word in words[1:]), *([len(body)] if words else [])]
    return [
        Piece(
            word.start(),
            word.end(),
            word[0],
            body[word.end() : end],
            _touches(word.start(), word.end(), hidden),
            next((one for one in findings if one.start < word.end() and word.start() < one.end), None),
        )
        for word, end in zip(words, ends, strict=True)
    ]


def spans(values: Iterable[str], body: str) -> list[Span]:
    """The words of `body` that were ticked, as spans in order; nonsense ticks nothing."""
    found = (PAIR.fullmatch(value) for value in values)
    ticked = [(int(pair[1]), int(pair[2])) for pair in found if pair and int(pair[1]) < int(pair[2])]
    return [(one.start, one.end) for one in pieces(body, ticked) if one.is_hidden]


def masked(body: str, hidden: Sequence[Span]) -> str:
    """What others read: hidden words that follow each other leave one mark; ends of sentences stay."""
    said: list[str] = []
    was_hidden = False
    for one in pieces(body, hidden):
        if not one.is_hidden:
            said.append(one.word + one.after)
        elif was_hidden:
            said[-1] = HIDDEN + _closing(one.word) + one.after
        else:
            said.append(HIDDEN + _closing(one.word) + one.after)
        was_hidden = one.is_hidden
    return "".join(said).strip()


def _closing(word: str) -> str:
    """The signs that end the hidden word: a comma or a full stop names nobody."""
    found = re.search(r"[.,;:!?…»)]*$", word)
    return found[0] if found else ""
