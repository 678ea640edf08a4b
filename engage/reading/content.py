"""The words this room knows, as writers keep them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engage.core.words import fold
from engage.reading.lexicon import spelled

FOLDER = Path(__file__).parent / "content"
OTHERWISE = "fr"


@cache
def held(file: str) -> dict[str, Any]:
    """What a file of words holds."""
    lists: dict[str, Any] = yaml.safe_load((FOLDER / f"{file}.yaml").read_text("utf-8"))
    return lists


@cache
def words(name: str, language: str = OTHERWISE) -> frozenset[str]:
    """The list `name` in `language`, folded; in French where we have none in that language."""
    found = held("words")[name]
    if isinstance(found, dict):
        found = found.get(language, found[OTHERWISE])
    return frozenset(map(fold, found.split()))


@cache
def forms(name: str) -> frozenset[str]:
    """The list `name` of French forms, with their accents, as the table of words spells them."""
    return frozenset(map(spelled, held("forms")[name].split()))
