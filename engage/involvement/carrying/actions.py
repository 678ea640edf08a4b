"""A relay brings somebody's words, after they said yes aloud."""

from __future__ import annotations

from datetime import datetime

from engage.accounts import queries as accounts
from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.involvement.carrying import queries
from engage.involvement.models import Carried, Relay, RelayKind
from engage.journal import actions as journal


def carry(kind: str, ref: str, *, relay: Account, person: str, consented_at: datetime) -> Carried:
    """Note that `relay` brought the thing `kind` `ref` for `person`, who said yes at `consented_at`.

    Brought a second time it is the same row. Raises Refused when the yes comes after now.
    """
    present = now()
    if consented_at > present:
        raise Refused(_("This moment is still to come. Say when the person said yes."))
    made = insert_once(
        Carried,
        relay_id=relay.id,
        kind=kind,
        ref=ref,
        person=person or None,
        consented_at=consented_at,
        carried_at=present,
    )
    return made or queries.one(kind, ref)


def describe(relay: Account, *, kind: RelayKind, organisation: str, by: Account) -> Relay:
    """Note what kind of relay this is, and for which house they speak; pressed twice it is one row."""
    accounts.lock(relay)
    row = queries.facts(relay)
    if row is None:
        row = Relay(account_id=relay.id, kind=kind, organisation=organisation, since=centre_today())
        db.session.add(row)
    row.kind, row.organisation = kind, organisation
    journal.record("relay described", "account", str(relay.actor_id), by=by, note=organisation)
    return row


def forget(carried: Carried) -> None:
    """It is over and told: for whom it was is nobody's business any more."""
    carried.person = None
