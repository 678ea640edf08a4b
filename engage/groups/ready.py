"""What comes with the site for each kind of group: ready words, places and a way in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from dateutil.relativedelta import relativedelta

from engage.groups.models import Entry, GroupKind, Side

CONTENT = Path(__file__).parent / "content" / "kinds"
WORDS = ("name", "aim", "mandate", "rhythm", "place")


@dataclass(frozen=True)
class Ready:
    """A kind of group as writers prepared it; `months` is how long its first term lasts."""

    words: Mapping[str, str]
    entry: Entry
    months: int
    places: Mapping[Side, int]

    @property
    def values(self) -> dict[str, Any]:
        """What a form shows, by the name of its field."""
        return {**self.words, "entry": self.entry, **{side.value: self.places[side] for side in Side}}


def _read(text: str) -> Ready:
    held: dict[str, Any] = yaml.safe_load(text)
    return Ready(
        words={name: held[name].strip() for name in WORDS},
        entry=Entry(held["entry"]),
        months=held["months"],
        places={side: held["places"].get(side, 0) for side in Side},
    )


@cache
def ready() -> Mapping[GroupKind, Ready]:
    """What is ready for each kind, in the order in which they are offered."""
    return {kind: _read((CONTENT / f"{kind}.yaml").read_text(encoding="utf-8")) for kind in GroupKind}


def first_end(kind: Ready, begins: date) -> date:
    """The last day of a first term."""
    return begins + relativedelta(months=kind.months, days=-1)
