"""What must be prepared for a date, without a name in it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sqlalchemy import select

from engage.core.db import db
from engage.events.kinds import ACTIVE, Need
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp


class Needs(NamedTuple):
    """How many parties need each thing, the kinds in their order; how many wrote more about it."""

    counted: dict[Need, int]
    in_words: int


def needs(occurrence: Occurrence) -> Needs:
    """Of everybody who wants to come, also of those who still wait."""
    rows = select(SignUp.needs, SignUp.needs_words.is_not(None)).where(
        SignUp.occurrence_id == occurrence.id, SignUp.state.in_(ACTIVE)
    )
    found = db.session.execute(rows).all()
    counted = Counter(need for needed, _words in found for need in needed)
    return Needs({need: counted[need] for need in Need if counted[need]}, sum(has for _needs, has in found))
