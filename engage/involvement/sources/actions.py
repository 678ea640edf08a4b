"""Ways in are made, and closed when the poster comes off the wall."""

from __future__ import annotations

from engage.accounts import queries as accounts
from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.involvement.models import Source, SourceKind
from engage.involvement.sources import queries
from engage.journal import actions as journal


def make(*, kind: SourceKind, label: str, by: Account) -> Source:
    source = Source(kind=kind, label=label, made_by_id=by.id, made_at=now())
    db.session.add(source)
    db.session.flush()
    journal.record("way in made", "source", source.code, by=by, note=label)
    return source


def close(source: Source, *, by: Account) -> None:
    """Its link still leads to the page, but is not counted any more. Twice is once."""
    if source.closed_at is None:
        source.closed_at = now()
        journal.record("way in closed", "source", source.code, by=by, note=source.label)


def give(relay: Account, *, by: Account) -> Source:
    """The link that this relay hands out; a second time, or pressed twice, it is the same one."""
    accounts.lock(relay)
    held = queries.of_relay(relay)
    if held is not None:
        return held
    source = make(kind=SourceKind.RELAY, label=relay.full_name, by=by)
    source.relay_id = relay.id
    return source
