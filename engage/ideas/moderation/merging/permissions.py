"""Who says that two ideas are the same."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.ideas.moderation.permissions import moderate


def merge(me: Account | None) -> bool:
    return moderate(me)


def unmerge(me: Account | None) -> bool:
    """Whoever may bring together may set apart: a mistake is mended by who sees it."""
    return moderate(me)
