"""What somebody says when they come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Required, TypedDict

from engage.intake.models import Door, Reply
from engage.involvement.models import Source


class Said(TypedDict, total=False):
    """What somebody said when they came in: who they are, what they wish, and by which door."""

    submission_key: Required[str]
    name: Required[str]
    reply: Required[Reply]
    contact: Required[str | None]
    language: Required[str]
    door: Required[Door]
    source: Source | None
    themes: Sequence[int]
    acts: Sequence[str]
    whens: Sequence[str]
    how_long: str
