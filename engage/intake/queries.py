"""What a follow-up code opens, what somebody is writing, and which words call for help."""

from __future__ import annotations

import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.centre import queries as centre_queries
from engage.core import keys
from engage.core.cache import remember
from engage.core.clock import now
from engage.core.db import db
from engage.intake import screening
from engage.intake.models import CODE_LENGTH, DistressPhrase, Draft, FollowUp, Kiosk

# What a hand may write for a sign that our codes do not have, and the sign it looks like most.
LOOK_ALIKES = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L"})


def bare_code(typed: str) -> str:
    """The signs of a code whatever the case, the spacing, the dashes and the width they were typed with."""
    plain = unicodedata.normalize("NFKD", typed[:200]).upper()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum()).translate(LOOK_ALIKES)


def code_digest(code: str) -> str:
    return keys.digest("follow-up", bare_code(code))


def find_follow_up(code: str) -> FollowUp | None:
    """The thing a follow-up code opens, or None."""
    if len(bare_code(code)) != CODE_LENGTH:
        return None
    return db.session.scalars(select(FollowUp).filter_by(digest=code_digest(code))).one_or_none()


def draft(key: str | None, kind: str) -> Draft | None:
    """What the holder of `key` was writing, until it expires."""
    if not key:
        return None
    wanted = select(Draft).filter_by(key_digest=keys.digest("draft", key), kind=kind)
    return db.session.scalars(
        wanted.where(Draft.expires_at > now()).options(joinedload(Draft.photo))
    ).one_or_none()


def distress_phrases() -> tuple[str, ...]:
    """The list that administrators keep; the shipped one as long as it is empty."""
    return remember("distress_phrases", _distress_phrases)


def _distress_phrases() -> tuple[str, ...]:
    held = db.session.scalars(select(DistressPhrase.phrase).order_by(DistressPhrase.phrase))
    return tuple(held) or screening.default_distress()


def is_distress(text: str) -> bool:
    return screening.is_distress(text, distress_phrases())


def findings(text: str) -> list[screening.Finding]:
    """What a second look is worth, with the lists of this centre."""
    names = remember("staff_names", centre_queries.staff_names)
    today = centre_queries.centre_today()
    return screening.screen(text, staff_names=names, distress=distress_phrases(), today=today)


def kiosk(code: str) -> Kiosk | None:
    """The open tablet of this address, or None."""
    return db.session.scalars(select(Kiosk).filter_by(code=code, closed_at=None)).one_or_none()
