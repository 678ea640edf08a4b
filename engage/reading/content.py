"""The words this room knows, as writers keep them."""

from functools import cache
from pathlib import Path

import yaml

from engage.core.words import fold

FILE = Path(__file__).parent / "content" / "words.yaml"
OTHERWISE = "fr"


@cache
def _lists() -> dict[str, dict[str, str] | str]:
    lists: dict[str, dict[str, str] | str] = yaml.safe_load(FILE.read_text("utf-8"))
    return lists


@cache
def words(name: str, language: str = OTHERWISE) -> frozenset[str]:
    """The list `name` in `language`, folded; in French where we have none in that language."""
    held = _lists()[name]
    if isinstance(held, dict):
        held = held.get(language, held[OTHERWISE])
    return frozenset(map(fold, held.split()))
