"""Which needs of a date are prepared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, and_, cast, func, literal, or_, select

from engage.core.db import db
from engage.events.after.models import NeedDone
from engage.events.kinds import ACTIVE, Need
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp


class Wish(NamedTuple):
    """One need of one sign-up; `value` is how the form says which."""

    sign_up: SignUp
    need: Need
    is_ready: bool

    @property
    def value(self) -> str:
        return f"{self.sign_up.code}.{self.need}"


def ready(occurrence: Occurrence) -> set[tuple[int, Need]]:
    """The sign-up (its id) and the need of each tick."""
    rows = select(NeedDone.sign_up_id, NeedDone.need).join(SignUp, SignUp.id == NeedDone.sign_up_id)
    found = db.session.execute(rows.where(SignUp.occurrence_id == occurrence.id))
    return {(sign_up_id, need) for sign_up_id, need in found}


def wishes(occurrence: Occurrence, guests: Sequence[SignUp]) -> dict[Need, list[Wish]]:
    """What each of them who still comes or waits needs, kind by kind."""
    ticked = ready(occurrence)
    asked = [
        Wish(one, Need(need), (one.id, Need(need)) in ticked)
        for one in guests
        if one.state in ACTIVE
        for need in one.needs
    ]
    kinds = {need: [wish for wish in asked if wish.need is need] for need in Need}
    return {need: found for need, found in kinds.items() if found}


def is_open() -> ColumnElement[bool]:
    """A sign-up with a need that is not ticked, or that said it in words alone."""
    needs: Any = SignUp.needs
    is_asked = cast(needs, Text).contains(literal('"') + cast(NeedDone.need, Text) + literal('"'))
    ticked = select(func.count()).where(NeedDone.sign_up_id == SignUp.id, is_asked).correlate(SignUp)
    only_words = and_(cast(needs, Text) == "[]", SignUp.needs_words.is_not(None))
    return or_(func.json_array_length(needs) > ticked.scalar_subquery(), only_words)
