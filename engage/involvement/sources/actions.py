"""Ways in are made, and closed when the poster comes off the wall."""

from __future__ import annotations

from sqlalchemy import update

from engage.accounts import queries as accounts
from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.intake.models import Door
from engage.involvement.models import Relay, Source, SourceKind
from engage.involvement.sources import queries
from engage.involvement.words import DOORS
from engage.journal import actions as journal


def make(*, kind: SourceKind, label: str, by: Account, relay: Account | None = None) -> Source:
    source = Source(
        kind=kind, label=label, relay_id=relay and relay.id, made_by_id=by.id, made_at=now()
    )  # fmt: skip
    db.session.add(source)
    db.session.flush()
    journal.record("way in made", "source", source.code, by=by, note=_noted(source))
    return source


def _noted(source: Source) -> str:
    """The journal stays for good: it names no relay."""
    return source.label if source.relay_id is None else ""


def close(source: Source, *, by: Account) -> None:
    """Its link still leads to the page, but is not counted any more. Twice is once."""
    if source.closed_at is None:
        source.closed_at = now()
        journal.record("way in closed", "source", source.code, by=by, note=_noted(source))


def give(relay: Account, *, by: Account) -> Source:
    """The link that this relay hands out; a second time, or pressed twice, it is the same one."""
    accounts.lock(relay)
    held = queries.of_relay(relay)
    if held is not None:
        return held
    return make(kind=SourceKind.RELAY, label=relay.full_name, by=by, relay=relay)


def forget_person(relay: Account) -> None:
    """The link on their sheets still leads here; it bears the name of their house, if we know it."""
    facts = db.session.get(Relay, relay.id)
    house = (facts and facts.organisation) or str(DOORS[Door.RELAY])
    theirs = update(Source).where(Source.relay_id == relay.id)
    db.session.execute(theirs.values(label=house, relay_id=None))
