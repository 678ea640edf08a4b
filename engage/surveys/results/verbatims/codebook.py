"""The code book: themes to file words under, and which of them a text suggests, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from engage.core.words import APPOINTMENT, STOP, TOKEN, fold_with_offsets, stem

FILE = Path(__file__).parent / "content" / "codes.yaml"
WORD = re.compile(f"(?P<appointment>{APPOINTMENT.pattern})|{TOKEN.pattern}")
Stems = tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """One way to file words; `theme` is one of the bank of questions."""

    code: str
    theme: str
    labels: Mapping[str, str]
    words: tuple[str, ...] = ()
    example: str = ""

    def label(self, language: str) -> str:
        return self.labels.get(language) or self.labels["fr"]


class Suggestion(NamedTuple):
    """A code that a text suggests because of these words of its own."""

    code: Code
    because: tuple[str, ...]


class Said(NamedTuple):
    """A word of a text that may mean something: its stem, and where it stands."""

    stem: str
    start: int
    end: int


@cache
def shipped() -> tuple[Code, ...]:
    """The codes that come with the site, in the order of the book."""
    themes: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    return tuple(
        Code(one["code"], held["theme"], one["label"], tuple(one["words"]), one["example"])
        for held in themes
        for one in held["codes"]
    )


def said(text: str) -> Iterator[Said]:
    """The words of `text` without those too common to mean anything."""
    folded, offsets = fold_with_offsets(text)
    for found in WORD.finditer(folded):
        start, end = offsets[found.start()], offsets[found.end() - 1] + 1
        if found["appointment"]:
            yield Said("rendezvous", start, end)
        elif len(found[0]) > 1 and found[0] not in STOP:
            yield Said(stem(found[0]), start, end)


@cache
def _stems(words: tuple[str, ...]) -> tuple[Stems, ...]:
    return tuple(filter(None, (tuple(one.stem for one in said(word)) for word in words)))


def suggestions(text: str, book: Sequence[Code]) -> list[Suggestion]:
    """The codes whose words stand in `text`, those with most of them first."""
    spoken = list(said(text))
    found = [Suggestion(code, _because(text, spoken, _stems(code.words))) for code in book]
    return sorted((one for one in found if one.because), key=lambda one: -len(one.because))


def _because(text: str, spoken: Sequence[Said], wanted: Sequence[Stems]) -> tuple[str, ...]:
    places = {
        (spoken[at].start, spoken[at + len(stems) - 1].end)
        for stems in wanted
        for at in range(len(spoken) - len(stems) + 1)
        if stems == tuple(one.stem for one in spoken[at : at + len(stems)])
    }
    whole = [one for one in places if not any(_holds(other, one) for other in places)]
    return tuple(dict.fromkeys(text[start:end].lower() for start, end in sorted(whole)))


def _holds(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return place != other and place[0] <= other[0] and other[1] <= place[1]
