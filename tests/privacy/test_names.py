"""With an account goes the name of who worked with it, wherever their work left it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.core.db import Model, db
from engage.involvement.carrying import actions as carrying
from engage.involvement.models import RelayKind, Source
from engage.involvement.sources import actions as sources
from engage.outbox.models import Message
from engage.outreach import actions as outreach
from engage.pages.directory import actions as directory
from engage.privacy import actions
from engage.relaying import actions as relaying
from tests import make
from tests.laws.rooms_relays import brought

NAME = "Zéphirine"


def everything() -> Iterator[tuple[str, str]]:
    """Each row of each table, as the software reads it."""
    for table in Model.metadata.sorted_tables:
        yield from ((table.name, str(tuple(row))) for row in db.session.execute(select(table)))


def where_it_stands() -> list[str]:
    return [f"{table}: {row}" for table, row in everything() if NAME in row]


def erased(account: Account) -> None:
    db.session.flush()
    assert where_it_stands()
    actions.erase_me(account)
    db.session.commit()


def test_a_relay_leaves_without_their_name(session: None) -> None:
    relay, by = make.account(NAME, Role.RELAY, last_name="Quatrelivres"), make.account("Chloé", Role.ADMIN)
    sources.give(relay, by=by)
    relaying.tell(brought(relay, "Lucette"), by=relay)
    erased(relay)
    assert where_it_stands() == []
    assert db.session.scalars(select(Source.label)).one() == "Un relais"
    assert db.session.scalars(select(Message.told_at)).one() is not None


def test_their_link_keeps_the_name_of_their_house(session: None) -> None:
    relay, by = make.account(NAME, Role.RELAY), make.account("Chloé", Role.ADMIN)
    carrying.describe(relay, kind=RelayKind.SOCIAL_WORKER, organisation="CCAS", by=by)
    source = sources.give(relay, by=by)
    sources.close(source, by=by)
    erased(relay)
    assert where_it_stands() == []
    db.session.refresh(source)
    assert (source.label, source.relay_id) == ("CCAS", None)


@pytest.mark.parametrize("role", [Role.STAFF, Role.COORDINATOR])
def test_who_of_the_team_leaves_takes_their_name_along(session: None, role: Role) -> None:
    me, other = make.account(NAME, role, last_name="Quatrelivres"), make.account("Chloé", Role.ADMIN)
    entry = make.entry()
    directory.check(entry, version=entry.version, by=me)
    message = brought(make.account("Rémi", Role.RELAY), "Lucette")
    outreach.tell([message.code], by=me)
    erased(me)
    assert where_it_stands() == []
    db.session.refresh(entry)
    assert (entry.checked_by, entry.checked_on is None) == ("", False)
    directory.check(entry, version=entry.version, by=other)
    assert entry.checked_by == "Chloé"


def test_a_patient_of_the_same_first_name_takes_nobody_elses_along(session: None) -> None:
    entry = make.entry()
    directory.check(entry, version=entry.version, by=make.account(NAME, Role.STAFF))
    erased(make.account(NAME))
    assert entry.checked_by == NAME
