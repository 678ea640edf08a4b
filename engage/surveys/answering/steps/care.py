"""A second look at words before they are sent: pain, and what would tell who is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engage.core.i18n import lazy_gettext as _l
from engage.core.keys import random_code
from engage.intake import actions as intake_actions
from engage.intake import queries as intake
from engage.intake import screening
from engage.surveys.answering.facts import Facts
from engage.surveys.answering.filling import Filled
from engage.surveys.answering.taking import OTHER

MASK = "[…]"
# A word of health names nobody: it is marked only beside what does.
NAMES_NOBODY = {screening.Kind.HEALTH, screening.Kind.DISTRESS}


class Piece(NamedTuple):
    """Some of the words, and whether they would tell who is meant."""

    words: str
    is_marked: bool


def texts(filled: Filled) -> dict[str, str]:
    """What was written in words, by question."""
    return {key: taken.words for key, taken in filled.taken.items() if taken.words}


def is_distress(said: Mapping[str, str]) -> bool:
    return bool(said) and intake.is_distress("\n\n".join(said.values()))


def findings(text: str) -> list[screening.Finding]:
    """What would tell who is meant; nothing when no word does."""
    found = [one for one in intake.findings(text) if one.kind is not screening.Kind.DISTRESS]
    return found if any(one.kind not in NAMES_NOBODY for one in found) else []


def names_somebody(said: Mapping[str, str]) -> bool:
    return any(findings(text) for text in said.values())


def pieces(text: str) -> Iterator[Piece]:
    """The text cut at the words that would tell who is meant."""
    at = 0
    for one in findings(text):
        yield Piece(text[at : one.start], is_marked=False)
        yield Piece(text[one.start : one.end], is_marked=True)
        at = one.end
    yield Piece(text[at:], is_marked=False)


def masked(text: str) -> str:
    return "".join(MASK if piece.is_marked else piece.words for piece in pieces(text))


def without_names(filled: Filled) -> dict[str, list[str]]:
    """The written answers, as a form carries them, without what would tell who is meant."""
    return {
        key if not filled.taken[key].codes else key + OTHER: [masked(text)]
        for key, text in texts(filled).items()
    }


def reasons(said: Mapping[str, str]) -> list[str]:
    """Why words are marked, each reason once."""
    kinds = dict.fromkeys(one.kind for text in said.values() for one in findings(text))
    return [screening.reason(kind) for kind in kinds]


def alert(facts: Facts) -> None:
    """In a confidential wave, tell who is on duty that somebody may be in pain, without a word of it.

    In a strict wave nothing is told: it would say that somebody answered now, and what.
    """
    if not facts.is_strict:
        intake_actions.alert(
            key=f"survey distress {facts.code} {random_code(12)}",
            subject=_l("An answer may speak of great pain"),
            template="surveys/mail/distress.txt",
            about=("wave", facts.code),
            facts=facts,
        )
