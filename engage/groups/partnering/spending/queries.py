"""Expenses of one person, and those that wait for coordination."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.partnering.models import Expense, ExpenseState

MOST_SHOWN = 200


def of_submission(key: str) -> Expense | None:
    """What this form already became."""
    return db.session.scalars(select(Expense).filter_by(submission_key=key)).one_or_none()


def own(code: str, account: Account) -> Expense:
    """Aborts with 404 for somebody else's."""
    return db.session.scalars(_by_code(code).filter_by(account_id=account.id)).one_or_none() or abort(404)


def get(code: str) -> Expense:
    """Any, for coordination. Aborts with 404."""
    return db.session.scalars(_by_code(code)).one_or_none() or abort(404)


def _by_code(code: str) -> Select[Expense]:
    return select(Expense).filter_by(code=code).options(joinedload(Expense.receipt))


def to_do() -> Sequence[tuple[Expense, Account]]:
    """What waits for an answer, then what is to be paid back; the oldest first."""
    first = case((Expense.state == ExpenseState.CLAIMED, 0), else_=1)
    rows = select(Expense, Account).join(Account, Account.id == Expense.account_id)
    open_ones = rows.where(Expense.state.in_((ExpenseState.CLAIMED, ExpenseState.ACCEPTED)))
    found = db.session.execute(open_ones.order_by(first, Expense.claimed_at, Expense.id).limit(MOST_SHOWN))
    return [(expense, account) for expense, account in found]
