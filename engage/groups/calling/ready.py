"""What comes with the site for calls: a role sheet to begin with, kind answers, other ways to take part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from engage.core.words import stem

FILE = Path(__file__).parent / "content" / "calls.yaml"


@dataclass(frozen=True)
class Ready:
    """`other_ways` by a short name, as the sentence that is told; `about_health` as stems."""

    call: Mapping[str, str]
    accept: str
    refuse: str
    other_ways: Mapping[str, str]
    about_health: tuple[str, ...]


@cache
def ready() -> Ready:
    held = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Ready(
        held["call"],
        held["accept"].strip(),
        held["refuse"].strip(),
        held["other_ways"],
        tuple(map(stem, held["about_health"])),
    )
