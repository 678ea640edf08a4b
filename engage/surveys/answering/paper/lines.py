"""The questions of a version as they stand on paper: numbered, with a digit beside each choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.i18n import gettext as _
from engage.surveys.answering.taking import ILLEGIBLE
from engage.surveys.questionnaire.document import Choice, Document, Question
from engage.surveys.questionnaire.kinds import Type

UNREAD, NOTHING, WRITTEN = "i", ("0", "-"), "1"
STANDS_FOR_WORDS = "…"
"""That something is written counts; what is written stays on paper."""


class Unreadable(Exception):
    """This was typed, and it fits no choice; says why in one plain sentence."""


@dataclass(frozen=True)
class Line:
    """One question that is answered; `digits` leads from what is typed to the choice."""

    number: int
    question: Question
    digits: dict[str, Choice]

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def takes_order(self) -> bool:
        return self.question.type is Type.RANKING


def lines(document: Document) -> list[Line]:
    """Every question but those that only inform."""
    return [
        Line(number, one, {str(place): choice for place, choice in enumerate(one.choices, start=1)})
        for number, one in enumerate(document.asked, start=1)
    ]


def marks(line: Line, typed: str) -> list[str]:
    """What the digits typed for this question say, as `filling.fill` takes it. Raises Unreadable.

    Nothing, or 0, is a question left out (a number can be 0: there it is nothing, or a dash).
    """
    said = typed.strip().lower()
    kind = line.question.type
    if not said or said == NOTHING[1] or (said == NOTHING[0] and kind is not Type.NUMBER):
        return []
    if said == UNREAD:
        return [ILLEGIBLE]
    if kind.is_text:
        return _words(said)
    if kind is Type.MONTH:
        return _month(said)
    return _choices(line, said) if kind.has_choices else [said]


def _words(said: str) -> list[str]:
    if said != WRITTEN:
        raise Unreadable(
            _("Type 1 when something is written, nothing when it is blank. Leave the words out.")
        )
    return [STANDS_FOR_WORDS]


def _month(said: str) -> list[str]:
    """3/2026, 03 2026 or 2026-03."""
    parts = said.replace("/", " ").replace("-", " ").replace(".", " ").split()
    if len(parts) != 2 or not all(part.isdecimal() and part.isascii() for part in parts):
        raise Unreadable(_("Type the month, then the year: 3 2026."))
    month, year = sorted(map(int, parts))
    return [f"{year:04}-{month}"]


def _choices(line: Line, said: str) -> list[str]:
    takes_many = line.question.type in {Type.SEVERAL, Type.RANKING}
    parts = said.replace(",", " ").replace("/", " ").split()
    if takes_many and len(parts) == 1 and len(line.digits) < 10:
        parts = list(parts[0])
    strange = next((part for part in parts if part not in line.digits), None)
    if strange is not None:
        most = len(line.digits)
        raise Unreadable(
            _("“%(digit)s” is no choice here: they go from 1 to %(most)d.", digit=strange, most=most)
        )
    codes = [line.digits[part].code for part in parts]
    return (
        codes if line.takes_order else sorted(set(codes), key=[c.code for c in line.question.choices].index)
    )


def typed(line: Line, held: Sequence[str]) -> str:
    """The digits that say these marks again."""
    if ILLEGIBLE in held:
        return UNREAD
    places = {choice.code: digit for digit, choice in line.digits.items()}
    if line.question.type.is_text:
        return WRITTEN if held else ""
    return " ".join(places.get(mark, mark) for mark in held)
