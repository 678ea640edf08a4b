"""A text beside its folded twin: patterns read the twin, findings point into the original."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from engage.core.words import TOKEN, fold_with_offsets

SPACE = re.compile(r"(?:(?<=\.)|[ \t])[ \t]{0,2}")
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*+")


class Kind(StrEnum):
    """What a marked span is; the order is the precedence where two would overlap."""

    DISTRESS = "distress"
    NIR = "nir"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"  # before the dates: streets are named after days (rue du 8 mai 1945)
    BIRTH_DATE = "birth_date"
    STAFF = "staff"
    PERSON = "person"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of the original text: `text[start:end] == text_of_the_finding`."""

    kind: Kind
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Twin:
    text: str
    folded: str
    origin: list[int]

    @classmethod
    def of(cls, text: str) -> "Twin":
        return cls(text, *fold_with_offsets(text))

    def finding(self, kind: Kind, start: int, end: int) -> Finding:
        """The original words under folded[start:end], with the accents typed after their letter."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        while last < len(self.text) and unicodedata.category(self.text[last]) == "Mn":
            last += 1
        return Finding(kind, first, last, self.text[first:last])

    @cached_property
    def tokens(self) -> list[re.Match[str]]:
        return list(TOKEN.finditer(self.folded))

    @cached_property
    def shouting(self) -> bool:
        """Whether most letters are capitals, so that a capital says nothing."""
        letters = [char for char in self.text if char.isalpha()]
        return sum(char.isupper() for char in letters) > 0.7 * len(letters)

    def is_capital(self, word: re.Match[str]) -> bool:
        """Whether the word was typed with a capital, at its head or after an elision (d'Almeida)."""
        if self.shouting:
            return False
        heads = {word.start(), word.start() + word.group().find("'") + 1}
        return any(self.text[self.origin[head]].isupper() for head in heads)

    def next_word(self, at: int) -> re.Match[str] | None:
        """The word after folded[:at] on the same line, with a space or a full stop between (Dr.Martin)."""
        space = SPACE.match(self.folded, at)
        return WORD.match(self.folded, space.end()) if space else None
