"""Words and phrases of a list, found whatever their accents and endings."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from engage.core.words import TOKEN, fold, stem
from engage.intake.screening import content
from engage.intake.screening.twin import Finding, Kind, Twin

AS_WRITTEN = 4  # letters: the ending of so short a word is most of it ("tuer", "tue", "tu")
FILLERS_IN_A_ROW = 2
PREFIX = 3
BREAK = re.compile(r"(?<!\.)\.(?!\.)|[!?;]|\n\s*\n")
END = ""


class Span(NamedTuple):
    start: int
    end: int


class Lexicon:
    """Phrases in a tree of their stems, so that a text is read once whatever the length of the list."""

    def __init__(
        self, phrases: Iterable[str], as_written: Iterable[str] = (), fillers: Iterable[str] = ()
    ) -> None:
        self.tree: dict[str, Any] = {}
        self.prefixes: set[str] = set()
        self.fillers = frozenset(map(fold, fillers))
        for phrase in phrases:
            words = TOKEN.findall(fold(phrase))
            # The stemmer may change the beginning too ("noyer" → "noi").
            self.prefixes.update(word[:PREFIX] for word in words)
            self._add([_stem(word) for word in words])
        for phrase in as_written:
            self._add([f"={word}" for word in TOKEN.findall(fold(phrase))])

    def _add(self, keys: list[str]) -> None:
        node = self.tree
        for key in keys:
            node = node.setdefault(key, {})
        if keys:
            node[END] = {}

    def find(self, twin: Twin) -> Iterator[Span]:
        """The longest phrase from each word on, never across the end of a sentence."""
        keys = [self._keys(token.group()) for token in twin.tokens]
        for first, (written, stemmed) in enumerate(keys):
            if written in self.tree or stemmed in self.tree:
                last = self._walk(twin, keys, first)
                if last is not None:
                    yield Span(twin.tokens[first].start(), twin.tokens[last].end())

    def _keys(self, word: str) -> tuple[str, str]:
        # Stemming is slow; a word that begins like no phrase needs none.
        return f"={word}", _stem(word) if word[:PREFIX] in self.prefixes else word

    def _walk(self, twin: Twin, keys: list[tuple[str, str]], first: int) -> int | None:
        tokens, node, found, skipped = twin.tokens, self.tree, None, 0
        for at in range(first, len(tokens)):
            if at > first and BREAK.search(twin.folded, tokens[at - 1].end(), tokens[at].start()):
                break
            child = next((node[key] for key in keys[at] if key in node), None)
            if child is None:
                skipped += 1
                if skipped > FILLERS_IN_A_ROW or tokens[at].group() not in self.fillers:
                    break
                continue
            node, skipped = child, 0
            if END in node:
                found = at
        return found


def _stem(word: str) -> str:
    return word if len(word) <= AS_WRITTEN else stem(word)


class Distress:
    """The phrases of distress, less the sayings that only sound like them."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        fillers = content.words("distress_words", "fillers")
        self.phrases = Lexicon(phrases, fillers=fillers)
        self.harmless = Lexicon(content.words("distress_words", "harmless"), fillers=fillers)

    def find(self, twin: Twin) -> Iterator[Span]:
        spans = list(self.phrases.find(twin))
        sayings = list(self.harmless.find(twin)) if spans else []
        longest = dict(sayings)
        reach = at = 0
        for span in spans:
            while at < len(sayings) and sayings[at].start < span.start:
                reach = max(reach, sayings[at].end)
                at += 1
            if reach < span.end and longest.get(span.start, 0) <= span.end:
                yield span


@lru_cache(maxsize=8)
def distress_of(phrases: tuple[str, ...]) -> Distress:
    return Distress(phrases)


@cache
def _health() -> Lexicon:
    return Lexicon(content.words("health_words", "words"), content.words("health_words", "as_written"))


def health(twin: Twin) -> Iterator[Finding]:
    for span in _health().find(twin):
        yield twin.finding(Kind.HEALTH, *span)


def distress(twin: Twin, phrases: Iterable[str] | None) -> Iterator[Finding]:
    """`phrases` None: the list shipped with the site."""
    wanted = content.words("distress_words", "phrases") if phrases is None else tuple(phrases)
    for span in distress_of(wanted).find(twin):
        yield twin.finding(Kind.DISTRESS, *span)
