"""What somebody answered to one question, on its way to the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from engage.surveys.answering.kinds import Answered


class Given(NamedTuple):
    """`choices` in the order of the ranking, when there is one; `month` is the first day of it."""

    question_id: UUID
    state: Answered
    choices: tuple[UUID, ...] = ()
    number: float | None = None
    month: date | None = None
    words: str = ""


def packed(all_given: Sequence[Given]) -> str:
    """As text, to be encrypted while it waits."""
    return json.dumps([[_plain(value) for value in given] for given in all_given], ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID | date):
        return str(value)
    return [str(one) for one in value] if isinstance(value, tuple) else value


def unpacked(text: str) -> list[Given]:
    return [
        Given(
            UUID(question),
            Answered(state),
            tuple(UUID(choice) for choice in choices),
            number,
            date.fromisoformat(month) if month else None,
            words,
        )
        for question, state, choices, number, month, words in json.loads(text)
    ]
