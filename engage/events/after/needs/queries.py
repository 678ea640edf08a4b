"""Which needs of a date are prepared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, literal, or_, select

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


def to_prepare(needs: Iterable[str], *, in_words: bool) -> list[Need]:
    """What one sign-up asks for, its own words last."""
    return [Need(need) for need in needs] + ([Need.WORDS] if in_words else [])


def wishes(occurrence: Occurrence, guests: Sequence[SignUp]) -> dict[Need, list[Wish]]:
    """What each of them who still comes or waits needs, kind by kind."""
    ticked = ready(occurrence)
    asked = [
        Wish(one, need, (one.id, need) in ticked)
        for one in guests
        if one.state in ACTIVE
        for need in to_prepare(one.needs, in_words=bool(one.needs_words))
    ]
    kinds = {need: [wish for wish in asked if wish.need is need] for need in Need}
    return {need: found for need, found in kinds.items() if found}


def is_open() -> ColumnElement[bool]:
    """A sign-up with a need, ticked by the person or in their own words, that the team has not ticked."""
    needs: Any = SignUp.needs
    is_ticked = cast(needs, Text).contains(literal('"') + cast(NeedDone.need, Text) + literal('"'))
    in_words = and_(SignUp.needs_words.is_not(None), NeedDone.need == Need.WORDS)
    theirs = select(func.count()).where(NeedDone.sign_up_id == SignUp.id, or_(is_ticked, in_words))
    asked = func.json_array_length(needs) + case((SignUp.needs_words.is_not(None), 1), else_=0)
    return asked > theirs.correlate(SignUp).scalar_subquery()
