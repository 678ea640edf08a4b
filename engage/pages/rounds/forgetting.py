"""What goes of a reader: the name a year after the round, all their words with their account."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import update

from engage.accounts.models import Account
from engage.core import traces
from engage.core.db import db
from engage.pages.rounds import queries
from engage.pages.rounds.models import LineMark, RoundReader


def _unname(reader: RoundReader) -> None:
    reader.name = reader.account_id = reader.secret_digest = None


def forget(closed_before: datetime, closes_before: date) -> int:
    """Erase names, accounts and codes of rounds over before; how many readers."""
    gone = queries.to_forget(closed_before, closes_before)
    if gone:
        traces.overwrite_deleted()
    for reader in gone:
        _unname(reader)
    return len(gone)


def forget_person(account: Account) -> None:
    """Their words go with their account; that lines were understood or not stays, and names nobody."""
    traces.overwrite_deleted()
    for reader in queries.of_account(account):
        if reader.finished_at is None:
            db.session.delete(reader)
            continue
        _unname(reader)
        reader.overall = ""
        db.session.execute(update(LineMark).where(LineMark.reader_id == reader.id).values(remark=""))
    db.session.flush()
