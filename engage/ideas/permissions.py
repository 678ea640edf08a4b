"""Who may do what to an idea."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.ideas.models import Idea, Publication


def support(_person: Account | None, idea: Idea) -> bool:
    """Anyone may support what anyone may read."""
    return idea.is_public


def stop_supporting(_person: Account | None, idea: Idea) -> bool:
    return idea.is_public


def claim(person: Account | None, idea: Idea) -> bool:
    """With its code and an account, an idea that belongs to nobody yet."""
    return person is not None and idea.account_id is None and idea.publication is not Publication.WITHDRAWN
