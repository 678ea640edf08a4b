"""Who claims expenses, and who answers: never the same person for one claim."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.partnering.models import Expense
from engage.groups.partnering.permissions import see_files


def see(me: Account | None) -> bool:
    """Coordination."""
    return see_files(me)


def accept(me: Account | None, expense: Expense) -> bool:
    return see_files(me) and me is not None and me.id != expense.account_id


def refuse(me: Account | None, expense: Expense) -> bool:
    return accept(me, expense)


def pay(me: Account | None, expense: Expense) -> bool:
    return accept(me, expense)
