""" "J’ai besoin de…": entries that answer everyday words, misspelt or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from engage.core.cache import remember
from engage.core.words import TOKEN, fold, terms
from engage.pages.directory import queries
from engage.pages.directory.models import Entry

# Words of asking, which say nothing of what is needed.
ASKED = "j’ai besoin d’aide aider cherche chercher voudrais veux faut trouver quelqu’un"
ASKING = frozenset(terms(ASKED).split())
NEAR = 80  # of 100, how alike a misspelt word and the one that was meant are
LEAST_GUESSED = 4
SAYS_IT, TOLD_OF = 3, 1


class Said(NamedTuple):
    """The stems by which an entry is asked for, and those that tell of it besides."""

    entry: Entry
    needs: frozenset[str]
    told: frozenset[str]


class Index(NamedTuple):
    """What every entry says, and the stem of each word that any of them uses."""

    said: list[Said]
    stems: dict[str, str]


def answering(asked: str) -> Sequence[Entry]:
    """The entries that share words with what somebody needs, best first; none when no word is known."""
    index = remember("directory needs", _index, seconds=queries.KEPT_SECONDS)
    words = [word for word in TOKEN.findall(fold(asked)) if terms(word)]
    wanted = [word for word in words if terms(word) not in ASKING] or words
    meant = {_meant(word, index.stems) for word in wanted} - {""}
    weighed = [(_weight(one, meant), -place, one.entry) for place, one in enumerate(index.said)]
    best = sorted(weighed, key=lambda one: one[:2], reverse=True)
    return [entry for weight, _place, entry in best if weight]


def _index() -> Index:
    said: list[Said] = []
    stems: dict[str, str] = {}
    for entry in queries.shown():
        asked, told = f"{entry.needs} {entry.name}", f"{entry.does} {entry.for_whom}"
        needs = frozenset(terms(asked).split())
        said.append(Said(entry, needs, frozenset(terms(told).split()) - needs))
        stems |= {word: terms(word) for word in TOKEN.findall(fold(f"{asked} {told}")) if terms(word)}
    return Index(said, stems)


def _meant(word: str, stems: dict[str, str]) -> str:
    """The stem of the word itself, or of the nearest one that some entry uses; empty when none is near."""
    if terms(word) in stems.values():
        return terms(word)
    if len(word) < LEAST_GUESSED:
        return ""
    alike = [known for known in stems if known[0] == word[0]]  # "manger" is no "danger"
    found = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=NEAR)
    return stems[found[0]] if found else ""


def _weight(said: Said, meant: set[str]) -> int:
    return SAYS_IT * len(meant & said.needs) + TOLD_OF * len(meant & said.told)
