"""What was made of a sign-up form that was sent before."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from engage.core.db import db
from engage.events.kinds import SignUpState
from engage.events.signing.models import SignUp
from engage.intake.models import Door


class Received(NamedTuple):
    """What the page says to who has just signed up; `ahead`: how many parties stand before them in line."""

    submission_key: str
    code: str
    occurrence_id: int
    state: SignUpState
    party: int
    is_reached: bool
    offered_until: datetime | None
    door: Door
    ahead: int


BEFORE = aliased(SignUp)
AHEAD = select(func.count()).where(
    BEFORE.occurrence_id == SignUp.occurrence_id,
    BEFORE.state == SignUpState.WAITING,
    BEFORE.queue < SignUp.queue,
)
RECEIVED = select(
    SignUp.submission_key,
    SignUp.code,
    SignUp.occurrence_id,
    SignUp.state,
    SignUp.party,
    SignUp.contact.is_not(None),
    SignUp.offered_until,
    SignUp.door,
    AHEAD.correlate(SignUp).scalar_subquery(),
).where(SignUp.submission_key == bindparam("key"))


def received(key: str) -> Received | None:
    """What was made of this form, when it was sent before."""
    row = db.session.connection().execute(RECEIVED, {"key": key}).one_or_none()
    return Received._make(row) if row else None
