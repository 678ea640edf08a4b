"""A text as the rules see it: its sentences, their words, and what is known of it beforehand."""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from engage.core.words import fold, stem
from engage.reading import lexicon, sharper, source
from engage.reading.finding import Body
from engage.reading.sentences import sentences
from engage.reading.source import Kind

LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
# Words, elided ones with their apostrophe ("n’"), numbers, and the signs that part a sentence.
TOKEN = re.compile(
    rf"{LETTER}+(?:·{LETTER}+)*(?P<elided>[’'](?={LETTER}))?|\d+|[^\w\s\u0300-\u036f]", re.UNICODE
)


TOKEN_WORD = re.compile(rf"{LETTER}+")

QUOTED = re.compile(r"«[^«»\n]*»")


class Term(NamedTuple):
    """A word of the glossary, what it stands for where it is initials, and what it means in plain words."""

    term: str
    expansion: str = ""
    definition: str = ""


class Token(NamedTuple):
    """`low` is spelled as in the table of words: small letters, a straight apostrophe, no ligature."""

    start: int
    end: int
    low: str


@dataclass(frozen=True)
class Sentence:
    start: int
    end: int
    words: int
    kind: Kind
    block: str
    tokens: list[Token]

    @property
    def is_prose(self) -> bool:
        """Neither a title nor a line of a card: its words count."""
        return self.kind in {Kind.TEXT, Kind.ITEM}


@dataclass(frozen=True)
class Given:
    """What a check is told besides the text."""

    body: Body
    language: str = "fr"
    action_page: bool = False
    glossary: tuple[Term, ...] = ()
    plain: tuple[tuple[str, str], ...] = ()


class Text:
    """Everything that more than one rule wants to know, found out once."""

    def __init__(self, text: str, given: Given) -> None:
        self.source = source.read(text)
        self.plain = self.source.plain
        self.given = given

    @cached_property
    def sentences(self) -> list[Sentence]:
        return list(self._sentences())

    def _sentences(self) -> Iterator[Sentence]:
        for part in self.source.segments:
            piece = self.plain[part.start : part.end]
            for found in sentences(piece, self.given.language):
                start, end = part.start + found.start, part.start + found.end
                tokens = [
                    Token(token.start(), token.end(), lexicon.spelled(token[0]))
                    for token in TOKEN.finditer(self.plain, start, end)
                ]
                yield Sentence(start, end, found.words, part.kind, part.block, tokens)

    def words(self, start: int, end: int) -> str:
        return self.plain[start:end]

    @cached_property
    def named(self) -> list[tuple[int, int]]:
        """Somebody’s words or a name between guillemets, and what initials stand for, in full before them."""
        quoted = [found.span() for found in QUOTED.finditer(self.plain)]
        return sorted(quoted + [found.span() for full in self._in_full() for found in full])

    def _in_full(self) -> Iterator[Iterator[re.Match[str]]]:
        for term in self.given.glossary:
            if term.expansion and fold(term.expansion) in self.folded:
                full = rf"{re.escape(term.expansion)}(?=\s*\(\s*{re.escape(term.term)}\b)"
                yield re.finditer(full, self.plain, re.I)

    def is_named(self, start: int) -> bool:
        at = bisect(self.named, start, key=itemgetter(0)) - 1
        return at >= 0 and start < self.named[at][1]

    @cached_property
    def parsed(self) -> sharper.Parsed:
        return sharper.parse(self.plain)

    @cached_property
    def folded(self) -> str:
        """For what is looked up by words alone: never use its offsets."""
        return fold(self.plain)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The glossary by its folded terms."""
        return {fold(term.term): term for term in self.given.glossary}

    @cached_property
    def stems(self) -> frozenset[str]:
        """Those of every word of the glossary's terms."""
        return frozenset(stem(word) for term in self.given.glossary for word in TOKEN_WORD.findall(term.term))
