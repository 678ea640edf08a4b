"""Finding many phrases in one pass over the words of a text, whatever their accents, case and plurals."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from engage.core.words import fold
from engage.reading.text import TOKEN, Token

Held = TypeVar("Held")


ELIDED = {"d'": "de", "qu'": "que"}


class Match(NamedTuple, Generic[Held]):
    start: int
    end: int
    held: Held


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """A word without accents and plural; short words and those in "ss" keep their end."""
    folded = ELIDED.get(word) or fold(word)
    return folded[:-1] if len(folded) > 3 and folded[-1] in "sx" and folded[-2:] != "ss" else folded


class Phrases(Generic[Held]):
    """Phrases by their first word; where several fit, the longest is found."""

    def __init__(self, phrases: Iterable[tuple[str, Held]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Held]]] = {}
        for phrase, held in phrases:
            keys = tuple(key(found[0]) for found in TOKEN.finditer(phrase))
            if keys:
                self._by_first.setdefault(keys[0], []).append((keys, held))
        for found in self._by_first.values():
            found.sort(key=lambda one: -len(one[0]))

    def find(self, tokens: list[Token]) -> Iterator[Match[Held]]:
        keys = [key(token.low) for token in tokens]
        index = 0
        while index < len(keys):
            found = next(
                (one for one in self._by_first.get(keys[index], ()) if _stands(one[0], keys, index)), None
            )
            if found:
                yield Match(tokens[index].start, tokens[index + len(found[0]) - 1].end, found[1])
            index += len(found[0]) if found else 1


def _stands(phrase: tuple[str, ...], keys: list[str], index: int) -> bool:
    return tuple(keys[index : index + len(phrase)]) == phrase
