"""Who may have it in writing that they came."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.events.kinds import CAME
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp


def is_attested(sign_up: SignUp) -> bool:
    """Came to a date that is over, under a name."""
    return sign_up.state in CAME and bool(sign_up.name) and sign_up.occurrence.ends_at <= now()


def attested(occurrence: Occurrence) -> Sequence[SignUp]:
    """Everybody who came to this date under a name; nobody before it is over."""
    rows = select(SignUp).filter_by(occurrence_id=occurrence.id).where(SignUp.state.in_(CAME))
    found = db.session.scalars(rows.where(SignUp.name.is_not(None)).order_by(SignUp.id)).all()
    return found if occurrence.ends_at <= now() else []
