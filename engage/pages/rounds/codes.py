"""The code that lets somebody without an account read: computed for the paper, kept as a keyed digest."""

from __future__ import annotations

from engage.core import keys
from engage.intake import actions as intake
from engage.intake.queries import bare_code
from engage.pages.rounds.models import RoundReader


def code_of(reader: RoundReader) -> str:
    """In three groups: `7KM-4QX-9TB`. It can be printed again, and nobody computes it without our keys."""
    return intake.code_of(f"reading round {reader.code}")


def digest(code: str) -> str:
    return keys.digest("reading round", bare_code(code))
