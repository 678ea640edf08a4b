"""Who decides what everyone may read."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.ideas.moderation.permissions import moderate


def publish(me: Account | None) -> bool:
    return moderate(me)


def keep_to_team(me: Account | None) -> bool:
    return moderate(me)


def edit(me: Account | None) -> bool:
    return moderate(me)


def refuse(me: Account | None) -> bool:
    return moderate(me)


def ask(me: Account | None) -> bool:
    return moderate(me)


def show_precision(me: Account | None) -> bool:
    return moderate(me)
