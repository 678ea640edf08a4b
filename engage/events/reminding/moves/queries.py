"""Who has heard that a date was moved: one message tells a person of all the dates that moved with it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from engage.core.db import db
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.outbox.models import Message


def moved_key(code: str, revision: int) -> str:
    """Of the message that tells the sign-up `code`, and what else the same person has, of a move."""
    return f"sign-up {code} moved {revision}"


def told_of_move(date: Occurrence, people: Sequence[SignUp]) -> set[int]:
    """Of these, by id, whoever was told how the date stands now."""
    digests = {one.person_digest for one in people if one.person_digest}
    same = or_(SignUp.id.in_([one.id for one in people]), SignUp.person_digest.in_(digests))
    rows = select(SignUp.code, SignUp.person_digest, Occurrence.sequence).join(SignUp.occurrence)
    theirs = db.session.execute(rows.where(Occurrence.event_id == date.event_id, same))
    keys = {moved_key(code, revision): digest or code for code, digest, revision in theirs}
    sent = select(Message.key).where(Message.key.in_(keys), Message.created_at >= date.changed_at)
    told = {keys[key] for key in db.session.scalars(sent)}
    return {one.id for one in people if (one.person_digest or one.code) in told}
