"""Initials: which stand in a text, and which of them the text or the glossary explains."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from engage.core.words import fold
from engage.reading import content, lexicon
from engage.reading.capitals import ROMAN, capitals
from engage.reading.text import Text

CAPITAL = "[A-ZÀ-ÖØ-Þ]"
# MSP, CO2, CoDir; S.A.M.U.; and initials written as a name, as newspapers do: Ehpad, Samu.
INITIALS = re.compile(
    rf"(?<![\w.@/-])(?:(?:{CAPITAL}\.){{2,}}{CAPITAL}?|{CAPITAL}[a-z]?{CAPITAL}[\w]{{0,7}}|{CAPITAL}[a-zà-ÿ]{{2,7}})"
    r"(?![\w@])"
)
LONGEST_SHOUTED = 6
LOOK_BACK = 90
TITLE = re.compile(
    r"(?:\b(?:M|Mme|Mlle|Dr|Pr|[Mm]adame|[Mm]onsieur|[Dd]octeur|[Pp]rofesseur)\.?(?:\s+[A-ZÀ-Þ-]+)?"
    r"|(?<=[\w,] )[A-ZÀ-Þ][a-zà-ÿ-]+)\s+$"
)
# What follows initials that are explained, and what stands before those that explain themselves.
AFTER = re.compile(
    r"[»*\s]*(?:\(|=|:|,?\s*c[’']est|,\s*c[’']est-à-dire|veut dire|veulent dire|signifie|,?\s*ce sont"
    r"|est (?:un|une|le|la|l[’'])\b"
    r"|[^.!?\n]{0,60}[.!?]\s+"
    r"(?:c[’']est (?:un|une|le|la|l[’'])|ces lettres|ce sigle|ce mot|cela veut dire|elles? |ils? ))",
    re.I,
)
BEFORE = re.compile(r"(\w[\w’' -]{8,80})\s\($|(?:ou|dite?|appelée?)\s[«\"]?\s*$")


class Initials(NamedTuple):
    start: int
    end: int
    key: str


def initials(text: Text) -> Iterator[Initials]:
    """Every group of initials in the plain words, in their order."""
    shouted = capitals(text.plain, text.given.language)
    for match in INITIALS.finditer(text.plain):
        word, key = match[0], fold(match[0].replace(".", ""))
        if key in content.words("everyone_knows") or ROMAN.fullmatch(word):
            continue
        if word[1:].islower():
            is_one = is_listed(text, key) and not lexicon.known(lexicon.spelled(word))
        elif any(start <= match.start() < end for start, end in shouted):
            is_one = is_listed(text, key) or _is_no_word(word)
        else:
            is_one = is_listed(text, key) or not _is_name(text, match)
        if is_one:
            yield Initials(match.start(), match.end(), key)


def is_listed(text: Text, key: str) -> bool:
    """Whether we know these letters as initials."""
    return key in content.words("acronyms") or (key in text.terms and text.terms[key].term.isupper())


def _is_no_word(word: str) -> bool:
    """Capitals that cannot be read as a shouted word: "DRAJES"."""
    return len(word) <= LONGEST_SHOUTED and word.isascii() and not lexicon.known(lexicon.spelled(word))


def _is_name(text: Text, match: re.Match[str]) -> bool:
    """ "Mme PETIT", "à Jean PETIT"."""
    return bool(TITLE.search(text.plain[max(0, match.start() - 30) : match.start()]))


class Acronyms:
    """The initials of one text, each by its first use."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.all = list(initials(text))

    def unexplained(self) -> list[Initials]:
        """The first use of each that the text does not explain."""
        first: dict[str, Initials] = {}
        for one in self.all:
            first.setdefault(one.key, one)
        return [one for one in first.values() if not self._is_explained(one.key)]

    def unknown(self) -> list[Initials]:
        """Of these, what the glossary does not explain either."""
        return [one for one in self.unexplained() if one.key not in self.text.terms]

    def _is_explained(self, key: str) -> bool:
        """By a block of its own, in full, or by the words before or after one of its uses."""
        text = self.text
        if any(block.address == "mot" and fold(block.words) == key for block in text.source.blocks):
            return True
        term = text.terms.get(key)
        if term and term.expansion and fold(term.expansion) in text.folded:
            return True
        return any(self._says(same) for same in self.all if same.key == key)

    def _says(self, one: Initials) -> bool:
        before = self.text.plain[max(0, one.start - LOOK_BACK) : one.start]
        return bool(AFTER.match(self.text.plain, one.end) or BEFORE.search(before))
