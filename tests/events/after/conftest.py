"""A date that is over, and who came."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import Flask

from engage.core.clock import now
from engage.core.db import db
from engage.events.kinds import SignUpState
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.intake.models import Reply
from tests import make

NAMES = ("Amina", "Benoît", "Chloé", "Driss", "Élise", "Fatou", "Gaspard", "Hana")


def coming(
    date: Occurrence, name: str | None, state: SignUpState = SignUpState.CONFIRMED, **facts: Any
) -> SignUp:
    """A sign-up as it stands on that date."""
    usual = {
        "submission_key": secrets.token_urlsafe(16), "reply": Reply.MAIL, "party": 1, "needs": [],
        "contact": f"{name}@exemple.fr" if name else None, "created_at": now(),
    }  # fmt: skip
    made = SignUp(occurrence_id=date.id, name=name, state=state, **usual | facts)
    db.session.add(made)
    db.session.flush()
    return made


def over(
    *, people: int = 6, days: int = 1, state: SignUpState = SignUpState.CONFIRMED, **values: Any
) -> Occurrence:
    """A date of an hour and a half that ended `days` ago, with so many sign-ups in this state."""
    starts = now().replace(microsecond=0) - timedelta(days=days, minutes=90)
    on_date = {name[3:]: values.pop(name) for name in list(values) if name.startswith("on_")}
    date = make.occurrence(make.event("Atelier sommeil", **values), starts_at=starts, **on_date)
    for name in NAMES[:people]:
        coming(date, name, state)
    db.session.commit()
    return date


def kept(app: Flask, **facts: Any) -> str:
    """The code of such a date."""
    with app.test_request_context("/", method="POST"):
        return over(**facts).code
