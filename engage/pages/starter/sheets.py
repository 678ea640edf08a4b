"""The ready pages as files: what stands on top of each, its text for everyone, its short text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engage.core.yamltext import load
from engage.pages.models import Shelf

CONTENT = Path(__file__).parent / "content"
FIRST, OTHERS = "fr", ("en",)
SHORT = "\n=== court\n"


@dataclass(frozen=True)
class Sheet:
    """A page in one language; what its languages share stands in the first one alone."""

    slug: str
    head: dict[str, Any]
    simple: str
    short: str

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.head["shelf"])

    @property
    def words(self) -> dict[str, Any]:
        """What a draft says."""
        named = {name: self.head[name] for name in ("title", "message", "summary", "sources")}
        return {**named, "simple": self.simple, "short": self.short}


def sheets(language: str) -> list[Sheet]:
    """In the order in which they stand on their shelves."""
    found = [_read(path) for path in sorted((CONTENT / language).glob("*.md"))]
    return sorted(found, key=lambda sheet: (sheet.head.get("place", 0), sheet.slug))


def _read(path: Path) -> Sheet:
    _before, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
    simple, _mark, short = text.partition(SHORT)
    return Sheet(path.stem, load(head.encode()).data, simple.strip(), short.strip())


def guide(language: str) -> bytes:
    return (CONTENT / f"guide_{language}.yaml").read_bytes()


def glossary() -> Path:
    return CONTENT / "glossary_fr.csv"


def directory() -> Path:
    return CONTENT / "directory_fr.csv"


def languages() -> Sequence[str]:
    return (FIRST, *OTHERS)
