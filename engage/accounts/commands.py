"""What the clock does to accounts."""

from __future__ import annotations

from engage.accounts import actions
from engage.core.db import db
from engage.core.jobs import Job


def forget_expired() -> int:
    """Erase codes, parked forms, invitations and sign-ins whose time is over."""
    erased = actions.forget_expired()
    db.session.commit()
    return erased


JOBS = [Job("forget_expired_sign_ins", forget_expired, every_seconds=3600)]
