"""Who does one thing to several ideas."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.ideas.moderation.permissions import moderate


def act_on(me: Account | None) -> bool:
    return moderate(me)
