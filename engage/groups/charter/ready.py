"""The charter that comes with the site, as writers prepared it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "content" / "charter.yaml"


@cache
def ready() -> Mapping[str, str]:
    """The words of each part."""
    held: dict[str, str] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return held
