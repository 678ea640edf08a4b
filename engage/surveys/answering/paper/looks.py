"""Words noted during a call, looked at again while the person is still there; nothing of it is stored."""

from __future__ import annotations

from typing import NamedTuple

from engage.surveys.answering.filling import Filled
from engage.surveys.answering.steps import care
from engage.surveys.answering.steps.care import Piece


class Look(NamedTuple):
    """What the team should see before the call counts.

    `shows_numbers`: the caller may be in great pain. `marked`: words, by question, that would tell who is
    meant; `reasons` says why.
    """

    shows_numbers: bool = False
    is_calm_seen: bool = False
    marked: tuple[tuple[str, tuple[Piece, ...]], ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def is_due(self) -> bool:
        return self.shows_numbers or bool(self.reasons)


NOTHING = Look()


def second_look(found: Filled, *, is_calm_seen: bool, is_read_again: bool) -> Look:
    """Each is shown once: the numbers until they were seen, the marks until somebody chose."""
    said = care.texts(found)
    reasons = () if is_read_again else tuple(care.reasons(said))
    named = said.items() if reasons else ()
    marked = tuple((key, tuple(care.pieces(text))) for key, text in named if care.findings(text))
    return Look(care.is_distress(said) and not is_calm_seen, is_calm_seen, marked, reasons)
