"""Ways in that can be told apart, and how many people came by each."""

from __future__ import annotations

from flask import abort, session
from sqlalchemy import func, select

from engage.accounts.models import Account
from engage.core.db import db
from engage.involvement.models import Person, Source

KEPT = "source"
LONGEST = 20


def by_code(code: str) -> Source | None:
    """The open way in with this code, however it was typed, or None."""
    plain = code.strip().lower()
    if not plain.isascii() or not plain.isalnum() or len(plain) > LONGEST:
        return None
    return db.session.scalars(select(Source).filter_by(code=plain, closed_at=None)).one_or_none()


def here() -> Source | None:
    """By which way in this browser came, if it is still open."""
    return by_code(session.get(KEPT, ""))


def get(code: str) -> Source:
    """The open way in with this code. Aborts with 404."""
    return by_code(code) or abort(404)


def every() -> list[Source]:
    """All ways in, the open ones first, the newest first."""
    rows = select(Source).order_by(Source.closed_at.is_not(None), Source.made_at.desc(), Source.id.desc())
    return list(db.session.scalars(rows))


def came() -> dict[int, int]:
    """How many people on the way came by each way in."""
    rows = select(Person.source_id, func.count()).where(Person.source_id.is_not(None))
    return {int(number or 0): count for number, count in db.session.execute(rows.group_by(Person.source_id))}


def of_relay(relay: Account) -> Source | None:
    """The way in that this relay hands out."""
    return db.session.scalars(
        select(Source).filter_by(relay_id=relay.id, closed_at=None).order_by(Source.id).limit(1)
    ).first()
