"""What must be prepared for a date, without a name in it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sqlalchemy import select

from engage.core.db import db
from engage.events.after.needs import queries as prepared
from engage.events.kinds import ACTIVE, Need
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp


class Needs(NamedTuple):
    """How many parties need each thing, the kinds in their order, and for how many of them it is ready."""

    counted: dict[Need, int]
    ready: dict[Need, int]


def needs(occurrence: Occurrence) -> Needs:
    """Of everybody who wants to come, also of those who still wait."""
    rows = select(SignUp.id, SignUp.needs, SignUp.needs_words.is_not(None)).where(
        SignUp.occurrence_id == occurrence.id, SignUp.state.in_(ACTIVE)
    )
    found = db.session.execute(rows).all()
    asked = [(id_, need) for id_, *said in found for need in prepared.to_prepare(said[0], in_words=said[1])]
    ticked = prepared.ready(occurrence) if asked else set()
    counted = Counter(need for _id, need in asked)
    ready = Counter(need for id_, need in asked if (id_, need) in ticked)
    return Needs({need: counted[need] for need in Need if counted[need]}, ready)
