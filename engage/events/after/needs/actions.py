"""Ticking what is prepared for who comes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_, select

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.events.after.actions import hold
from engage.events.after.models import NeedDone
from engage.events.after.needs import queries
from engage.events.models import Occurrence
from engage.events.signing import queries as signing
from engage.events.signing.models import SignUp


def prepare(
    occurrence: Occurrence, *, ready: Collection[str], was_ready: Collection[str], by: Account
) -> None:
    """Keep the ticks of `ready`, and take away those of `was_ready` that are no longer there.

    What somebody else ticked meanwhile stays. Values are those of `queries.Wish`.
    """
    hold(occurrence)
    for wishes in queries.wishes(occurrence, signing.guests(occurrence)).values():
        for wish in wishes:
            held = {"sign_up_id": wish.sign_up.id, "need": wish.need}
            if wish.value in ready and not wish.is_ready:
                db.session.add(NeedDone(**held, done_by_id=by.id, done_at=now()))
            elif wish.value in was_ready and wish.value not in ready:
                db.session.execute(delete(NeedDone).filter_by(**held))
    db.session.flush()


def forget(before: datetime) -> int:
    """Erase the ticks of dates that ended before this moment, and of who is forgotten; how many."""
    theirs = select(SignUp.id).join(SignUp.occurrence)
    old = theirs.where(or_(Occurrence.ends_at < before, SignUp.name.is_(None)))
    return db.session.connection().execute(delete(NeedDone).where(NeedDone.sign_up_id.in_(old))).rowcount
