"""Four plain words that bring somebody back to what they were answering, without an account."""

from __future__ import annotations

import re
import secrets
from functools import cache
from pathlib import Path

from engage.core.words import fold

CONTENT = Path(__file__).parent / "content" / "words.txt"
HOW_MANY = 4
LONGEST = 200
LETTERS = re.compile(r"[a-z]+")


@cache
def plain() -> tuple[str, ...]:
    """2,048 words at least: four of them are 44 bits."""
    return tuple(CONTENT.read_text(encoding="utf-8").split())


@cache
def _known() -> dict[str, str]:
    return {fold(word): word for word in plain()}


def choose() -> str:
    """Four words, as they are understood."""
    return " ".join(secrets.choice(list(_known())) for _word in range(HOW_MANY))


def shown(said: str) -> str:
    """The same four, as they are written and noted."""
    return " ".join(_known()[word] for word in said.split())


def understood(typed: str) -> str:
    """The words whatever accents, capitals and signs stand between them; nothing when they are not ours."""
    found = LETTERS.findall(fold(typed[:LONGEST]))
    return " ".join(found) if len(found) == HOW_MANY and _known().keys() >= set(found) else ""
