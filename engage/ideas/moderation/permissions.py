"""Who reads what people sent, and who takes care of it."""

from __future__ import annotations

from engage.accounts.models import Account


def moderate(me: Account | None) -> bool:
    """The team: staff, coordinators, administrators."""
    return bool(me and me.is_staff)


def assign(me: Account | None) -> bool:
    """Anyone of the team may hand an idea to a colleague, or take it."""
    return moderate(me)


def read_distress(me: Account | None) -> bool:
    return moderate(me)


def mark_read(me: Account | None) -> bool:
    return moderate(me)


def reveal(me: Account | None) -> bool:
    """Contact details and first words: each look is in the journal."""
    return moderate(me)


def write_sentences(me: Account | None) -> bool:
    """What we say when we refuse is the coordination's word."""
    return bool(me and me.is_coordinator)
