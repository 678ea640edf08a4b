"""Rounds of reading: what they allow to say, who reads, and what each line was to them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from engage.core.db import db
from engage.pages.models import PageVersion
from engage.pages.rounds.models import CONCERNED, ReaderKind, ReadingRound, RoundReader


class Mention(NamedTuple):
    """What the public may know of a round: kinds of readers, how many, and when; never who."""

    kinds: list[ReaderKind]
    readers: int
    closed_at: datetime


def mention(version: PageVersion) -> Mention | None:
    """Why this version may say "facile à lire": its last round that the team allowed it after. Else None."""
    rows = select(ReadingRound.closed_at, RoundReader.kind).join(
        RoundReader, RoundReader.round_id == ReadingRound.id
    )
    allowed = rows.where(ReadingRound.version_id == version.id, ReadingRound.allowed_at.is_not(None))
    finished = allowed.where(RoundReader.finished_at.is_not(None), RoundReader.kind.in_(CONCERNED))
    found = db.session.execute(finished.order_by(ReadingRound.closed_at.desc())).all()
    closed_at = found[0][0] if found else None
    if closed_at is None:
        return None
    last = [kind for moment, kind in found if moment == closed_at]
    return Mention([kind for kind in ReaderKind if kind in last], len(last), closed_at)
