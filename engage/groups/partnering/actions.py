"""What a person writes in their file, and what the team says of it."""

from __future__ import annotations

from datetime import date
from typing import Required, TypedDict, Unpack

from sqlalchemy import delete

from engage.accounts.models import Account
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.partnering import queries
from engage.groups.partnering.models import Agreement, Expense, Mission, PartnerFile, Training
from engage.journal import actions as journal
from engage.uploads import actions as uploads


class Done(TypedDict):
    """A mission as its owner tells it."""

    title: Required[str]
    first_day: Required[date]
    last_day: Required[date]
    minutes: Required[int]
    group_id: Required[int | None]


def _file(account: Account) -> PartnerFile:
    """The file, begun by the first who writes in it."""
    found = queries.file(account)
    if found is None:
        found = queries.blank(account)
        db.session.add(found)
        db.session.flush()
    return found


def describe_skills(account: Account, skills: str) -> None:
    _file(account).skills = skills or None


def add_training(account: Account, *, title: str, given_by: str, day: date, minutes: int) -> Training:
    row = Training(account_id=account.id, title=title, given_by=given_by, day=day, minutes=minutes)
    db.session.add(row)
    return row


def remove_training(training: Training) -> None:
    db.session.delete(training)


def add_mission(account: Account, *, submission_key: str, **done: Unpack[Done]) -> Mission:
    """Sent again with the same `submission_key` it is the same mission."""
    values = {**done, "code": keys.public_code(), "account_id": account.id}
    made = insert_once(Mission, submission_key=submission_key, **values)
    return made or queries.mission_of(submission_key)


def change_mission(mission: Mission, **done: Unpack[Done]) -> None:
    """What the team had confirmed has changed: it is asked again."""
    for name, value in done.items():
        if getattr(mission, name) != value:
            setattr(mission, name, value)
            mission.confirmed_at = mission.confirmed_by_id = None


def remove_mission(mission: Mission) -> None:
    db.session.delete(mission)


def seen(mission: Mission) -> str:
    """What stands in the mission, in a few signs: who confirms says what they saw."""
    said = f"{mission.title}\0{mission.first_day}\0{mission.last_day}\0{mission.minutes}"
    return keys.digest("mission seen", said)[:16]


def confirm(mission: Mission, *, saw: str, by: Account) -> None:
    """The team says so too. Twice is once. Raises Refused when its owner has changed it meanwhile."""
    if saw != seen(mission):
        raise Refused(_("This mission has just changed. Look at it again before you confirm."))
    if mission.confirmed_at is None:
        mission.confirmed_at, mission.confirmed_by_id = now(), by.id
        journal.record("mission confirmed", "mission", mission.code, by=by)


def unconfirm(mission: Mission, *, by: Account) -> None:
    """It was confirmed by mistake."""
    if mission.confirmed_at is not None:
        mission.confirmed_at = mission.confirmed_by_id = None
        journal.record("mission unconfirmed", "mission", mission.code, by=by)


def agree(
    account: Account,
    *,
    version: int,
    agreement: Agreement,
    association: str,
    agreed_on: date | None,
    ceiling: int | None,
    by: Account,
) -> None:
    """Note how somebody works with the centre. Raises Refused when the file has just changed."""
    file = _file(account)
    if file.version != version:
        raise Refused(_("This file has just changed. Look at it again, then send."))
    file.agreement, file.association = agreement, association
    file.agreed_on, file.ceiling = agreed_on, ceiling
    journal.record("agreement noted", "partner", str(account.actor_id), by=by, note=agreement)


def forget_person(account: Account) -> None:
    """Erase the file of an account that is about to be erased, the receipts with it."""
    for expense in queries.expenses(account):
        if expense.receipt:
            uploads.erase(expense.receipt)
    db.session.flush()
    for model in (Expense, Mission, Training, PartnerFile):
        db.session.execute(delete(model).where(model.account_id == account.id))
