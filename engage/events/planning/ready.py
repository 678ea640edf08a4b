"""What comes with the site for each kind of event: ready words, a checklist, questions, a short twin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engage.commitments.models import Rung
from engage.events import kinds
from engage.events.kinds import EventKind, SigningUp

CONTENT = Path(kinds.__file__).parent / "content" / "kinds"
WORDS = ("title", "neutral_title", "what", "what_short", "for_whom", "to_bring")


@dataclass(frozen=True)
class Ready:
    """A kind of event as writers prepared it; `questions` with whether each must be answered."""

    words: Mapping[str, str]
    starts: time
    minutes: int
    capacity: int | None
    is_joined_once: bool
    signing_up: SigningUp
    rung: Rung
    checklist: tuple[str, ...]
    questions: tuple[tuple[str, bool], ...]


def _read(text: str) -> Ready:
    held: dict[str, Any] = yaml.safe_load(text)
    return Ready(
        words={name: held[name].strip() for name in WORDS},
        starts=time.fromisoformat(held["starts"]),
        minutes=held["minutes"],
        capacity=held["capacity"],
        is_joined_once=held.get("is_joined_once", False),
        signing_up=SigningUp(held["signing_up"]),
        rung=Rung(held["rung"]),
        checklist=tuple(held["checklist"]),
        questions=tuple((one["text"], one.get("is_required", False)) for one in held["questions"]),
    )


@cache
def ready() -> Mapping[EventKind, Ready]:
    """What is ready for each kind, in the order in which they are offered."""
    return {kind: _read((CONTENT / f"{kind}.yaml").read_text(encoding="utf-8")) for kind in EventKind}
