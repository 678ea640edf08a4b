"""Ready scales of ours: their codes, scores and words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from engage.core.yamltext import load
from engage.surveys.questionnaire.document import Choice, Texts
from engage.surveys.questionnaire.kinds import ChoiceKind, Type, Variant

CONTENT = Path(__file__).parent / "scales.yaml"


@cache
def _ready() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = load(CONTENT.read_bytes()).data
    return found


def _name(kind: Type, settings: Mapping[str, Any]) -> str:
    return f"{kind}_{settings.get('points', 5)}" if kind is Type.FACES else str(kind)


def choices(kind: Type, settings: Mapping[str, Any], like: Texts) -> tuple[Choice, ...]:
    """The ready choices, in the languages and variants of `like` (the question's own words) that we have."""
    ready = _ready().get(_name(kind, settings), ()) if kind.is_scale else ()
    return tuple(
        Choice(one["code"], _worded(one, like), one.get("score"), ChoiceKind(one.get("kind", "normal")))
        for one in ready
    )


def _worded(ready: Mapping[str, Any], like: Texts) -> Texts:
    return {
        language: {str(variant): ready[language][variant] for variant in Variant if variant in held}
        for language, held in like.items()
        if language in ready
    }
