"""The lists that screening reads, kept as data beside it."""

from functools import cache
from pathlib import Path

import yaml

from engage.core.words import fold

FOLDER = Path(__file__).parent.parent / "content"


@cache
def words(file: str, key: str) -> tuple[str, ...]:
    """One list of `content/<file>.yaml`, as it was written."""
    return tuple(_load(file)[key])


@cache
def folded(file: str, key: str) -> frozenset[str]:
    return frozenset(map(fold, words(file, key)))


@cache
def _load(file: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = yaml.safe_load((FOLDER / f"{file}.yaml").read_text("utf-8"))
    return lists
