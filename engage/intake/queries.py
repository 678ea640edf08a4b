"""What a follow-up code opens, what somebody is writing, and which words call for help."""

from __future__ import annotations

import unicodedata

from flask import abort
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account, Role
from engage.centre import queries as centre_queries
from engage.centre.models import Complaint, Contact
from engage.core import keys
from engage.core.cache import remember
from engage.core.clock import now
from engage.core.db import db
from engage.intake import screening
from engage.intake.models import CODE_LENGTH, DistressPhrase, Draft, FollowUp, Kiosk

DRAFT = select(Draft).where(Draft.key_digest == bindparam("digest"))
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
    held = db.session.scalars(DRAFT, {"digest": keys.digest("draft", key)}).one_or_none()
    return held if held and held.kind == kind and held.expires_at > now() else None


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


def expired_drafts() -> list[Draft]:
    """Drafts whose day is over, with their photo."""
    over = select(Draft).where(Draft.expires_at <= now()).options(joinedload(Draft.photo))
    return list(db.session.scalars(over))


def phrases() -> list[DistressPhrase]:
    """The list as administrators edit it."""
    return list(db.session.scalars(select(DistressPhrase).order_by(DistressPhrase.phrase)))


def phrase(phrase_id: int) -> DistressPhrase:
    """Aborts with 404."""
    return db.session.get(DistressPhrase, phrase_id) or abort(404)


def complaint(submission_key: str) -> Complaint | None:
    return db.session.scalars(select(Complaint).filter_by(submission_key=submission_key)).one_or_none()


def complaints() -> list[Complaint]:
    """Private messages that are still to be dealt with, the oldest first."""
    still = (
        select(Complaint).where(Complaint.closed_at.is_(None)).order_by(Complaint.received_at, Complaint.id)
    )
    return list(db.session.scalars(still))


def count_complaints() -> int:
    still = select(func.count()).select_from(Complaint).where(Complaint.closed_at.is_(None))
    return db.session.scalars(still).one()


def complaint_by_id(complaint_id: int) -> Complaint:
    """Aborts with 404."""
    return db.session.get(Complaint, complaint_id) or abort(404)


def ways_out() -> list[Contact]:
    """Who else may receive a complaint: the mediator, the patients' representatives."""
    return list(db.session.scalars(select(Contact).order_by(Contact.kind)))


def on_duty_id() -> int | None:
    """Who is on duty, known for a few seconds: each message that comes in asks."""
    return remember("on_duty", lambda: account.id if (account := on_duty()) else None)


def on_duty() -> Account | None:
    """Who reads what comes in today: the referent, their cover when away, else who steers."""
    referent = centre_queries.referent()
    account_id = None
    if referent is not None:
        first, last = referent.away_from, referent.away_until
        today = centre_queries.centre_today()
        is_away = first is not None and first <= today and (last is None or today <= last)
        account_id = referent.cover_id if is_away and referent.cover_id else referent.account_id
    account = db.session.get(Account, account_id) if account_id else None
    return account if account is not None and account.is_staff else _steering()


def _steering() -> Account | None:
    steers = select(Account).where(
        Account.role.in_([Role.COORDINATOR, Role.ADMIN]), Account.ended_at.is_(None)
    )
    return db.session.scalars(steers.order_by(Account.role.desc(), Account.id).limit(1)).first()


def kiosks() -> list[Kiosk]:
    """Every tablet, the open ones first."""
    rows = select(Kiosk).order_by(Kiosk.closed_at.is_not(None), Kiosk.name, Kiosk.id)
    return list(db.session.scalars(rows))


def kiosk(code: str) -> Kiosk | None:
    """The open tablet of this address, or None."""
    if not code.isascii() or not code.isalnum():
        return None
    return db.session.scalars(select(Kiosk).filter_by(code=code, closed_at=None)).one_or_none()


def open_kiosk(code: str) -> Kiosk:
    """The open tablet of this address. Aborts with 404."""
    return kiosk(code) or abort(404)
