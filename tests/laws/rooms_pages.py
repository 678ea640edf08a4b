"""Rooms of pages: a word explained."""

from __future__ import annotations

import secrets
from typing import Any

from engage.accounts.models import Account
from tests import make


def held(number: int, owner: Account) -> dict[tuple[str, str], Any]:
    """One more of each."""
    word = make.term(f"Mot {secrets.token_hex(4)}")
    return {
        ("glossary", "slug"): word.slug, ("glossary_desk", "slug"): word.slug,
        ("glossary_desk", "language"): "fr",
    }  # fmt: skip
