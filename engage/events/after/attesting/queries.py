"""Who may have it in writing that they came."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.events.after.models import Presence
from engage.events.kinds import CAME
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp


def is_attested(sign_up: SignUp) -> bool:
    """Came to a date that is over, under a name."""
    return sign_up.state in CAME and bool(sign_up.name) and sign_up.occurrence.ends_at <= now()


class Named(Protocol):
    """Whoever came under a name."""

    @property
    def name(self) -> str | None: ...


class Kept(NamedTuple):
    """A partner patient of whom no list says any more that they came."""

    name: str


def attested(occurrence: Occurrence) -> list[Named]:
    """Everybody who came to this date under a name; nobody before it is over."""
    if occurrence.ends_at > now():
        return []
    rows = select(SignUp).filter_by(occurrence_id=occurrence.id).where(SignUp.state.in_(CAME))
    listed = db.session.scalars(rows.where(SignUp.name.is_not(None)).order_by(SignUp.id)).all()
    known = {one.account_id for one in listed}
    partners = select(Account).join(Presence, Presence.account_id == Account.id)
    came = db.session.scalars(partners.where(Presence.occurrence_id == occurrence.id).order_by(Account.id))
    return [*listed, *(Kept(one.full_name) for one in came if one.id not in known)]
