"""Who says how far an idea is, and answers in the team's name."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.ideas.moderation.permissions import moderate


def move(me: Account | None) -> bool:
    return moderate(me)


def draft(me: Account | None) -> bool:
    return moderate(me)


def answer(me: Account | None) -> bool:
    return moderate(me)
