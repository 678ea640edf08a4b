"""Money that a person laid out: claimed with a receipt, answered in words, paid back. No tax is computed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.partnering import queries as files
from engage.groups.partnering.models import Expense, ExpenseState
from engage.groups.partnering.spending import queries, telling
from engage.journal import actions as journal
from engage.uploads import actions as uploads
from engage.uploads.documents import CheckedPdf
from engage.uploads.pictures import CheckedPhoto


def claim(
    account: Account, *, submission_key: str, receipt: CheckedPhoto | CheckedPdf | None, **spent: Any
) -> Expense:
    """Sent again with the same `submission_key` it is the same claim."""
    if (held := queries.of_submission(submission_key)) is not None:
        return held
    kept = uploads.keep(receipt, alt=_("Receipt")) if receipt else None
    made = insert_once(
        Expense,
        submission_key=submission_key,
        code=keys.public_code(),
        account_id=account.id,
        receipt_id=kept and kept.id,
        state=ExpenseState.CLAIMED,
        claimed_at=now(),
        **spent,
    )
    if made is None:
        raise Refused(_("This form was already sent. Please open the page again."))
    _watch_ceiling(account, made.day.year)
    return made


def _watch_ceiling(account: Account, year: int) -> None:
    held = files.held(account, year)
    if held.is_above:
        telling.above_ceiling(account, held, year)


def withdraw(expense: Expense) -> None:
    """Its owner takes it back; twice is once. Raises Refused once it is answered."""
    if not _is_there(expense):
        return
    if expense.state is not ExpenseState.CLAIMED:
        raise Refused(_("The team has answered meanwhile: it can no longer be taken back."))
    if expense.receipt:
        uploads.erase(expense.receipt)
    db.session.delete(expense)


def accept(expense: Expense, *, words: str, by: Account) -> None:
    """Twice is once. Raises Refused when a colleague has answered otherwise."""
    _answer(expense, ExpenseState.ACCEPTED, words, by)


def refuse(expense: Expense, *, words: str, by: Account) -> None:
    """With the reason in words. Twice is once. Raises Refused when a colleague has answered otherwise."""
    _answer(expense, ExpenseState.REFUSED, words, by)


def _answer(expense: Expense, state: ExpenseState, words: str, by: Account) -> None:
    _lock(expense)
    if expense.state is state:
        return
    if expense.state is not ExpenseState.CLAIMED:
        raise Refused(_("A colleague has answered this claim meanwhile. Look at it again."))
    expense.state, expense.answer = state, words
    expense.answered_at, expense.answered_by_id = now(), by.id
    journal.record(f"expense {state.value}", "expense", expense.code, by=by)
    telling.answered(expense)


def pay(expense: Expense, *, paid_on: date | None = None, by: Account) -> None:
    """It was paid back on this day. Twice is once. Raises Refused before it is accepted."""
    _lock(expense)
    if expense.state is ExpenseState.PAID:
        return
    if expense.state is not ExpenseState.ACCEPTED:
        raise Refused(_("Only what was accepted can be paid back."))
    expense.state, expense.paid_on = ExpenseState.PAID, paid_on or centre_today()
    journal.record("expense paid", "expense", expense.code, by=by)


def _lock(expense: Expense) -> None:
    if not _is_there(expense):
        raise Refused(_("This person has just taken their claim back."))


def _is_there(expense: Expense) -> bool:
    """As it stands now; nobody else answers it, or takes it back, before this unit ends."""
    row = select(Expense).filter_by(id=expense.id).with_for_update()
    fresh = row.execution_options(populate_existing=True)
    return db.session.scalars(fresh).one_or_none() is not None
