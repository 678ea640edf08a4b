"""What people said of a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from engage.core.db import db
from engage.events.after.models import Feedback
from engage.events.kinds import HOLDING, SigningUp, SignUpState
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp

CAME = (SignUpState.ATTENDED, SignUpState.WALK_IN)
WITH_A_PLACE = (*HOLDING, *CAME, SignUpState.EXCUSED, SignUpState.ABSENT)
UNCOUNTED = 100
"""As many answers are taken where people just come, and nobody has counted them."""


def is_full_of_answers(occurrence: Occurrence) -> bool:
    """As many answers as there were people who came or had a place."""
    given = select(func.count()).where(Feedback.occurrence_id == occurrence.id)
    people = select(func.coalesce(func.sum(SignUp.party), 0)).where(
        SignUp.occurrence_id == occurrence.id, SignUp.state.in_(WITH_A_PLACE)
    )
    answers, signed = db.session.execute(select(given.scalar_subquery(), people.scalar_subquery())).one()
    is_counted = occurrence.head_count is not None or occurrence.event.signing_up is SigningUp.REQUIRED
    return bool(answers >= max(signed, (occurrence.head_count or 0) if is_counted else UNCOUNTED))


def with_words(before: datetime) -> Sequence[Occurrence]:
    """Dates that ended before this moment and of which somebody's words are still kept."""
    said = select(Feedback.occurrence_id).where(Feedback.words.is_not(None))
    rows = select(Occurrence).where(Occurrence.ends_at < before, Occurrence.id.in_(said))
    return db.session.scalars(rows.order_by(Occurrence.id)).all()
