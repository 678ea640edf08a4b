"""With an account goes the name of who worked with it, wherever their work left it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.centre import actions as centres
from engage.centre.models import Referent
from engage.centre.queries import centre, centre_today
from engage.core.db import Model, db
from engage.ideas.models import Batch
from engage.ideas.paper import actions as paper
from engage.involvement.carrying import actions as carrying
from engage.involvement.models import RelayKind, Source
from engage.involvement.sources import actions as sources
from engage.outbox.models import Message
from engage.outreach import actions as outreach
from engage.pages.directory import actions as directory
from engage.privacy import actions
from engage.relaying import actions as relaying
from engage.uploads import actions as uploads
from engage.uploads import pictures
from engage.uploads.models import Upload
from tests import make
from tests.laws.rooms_relays import brought
from tests.uploads.pictures import photo

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


def test_a_box_says_no_more_who_opened_it(session: None) -> None:
    me, other = make.account(NAME, Role.STAFF, last_name="Quatrelivres"), make.account("Chloé", Role.ADMIN)
    for number, names in enumerate((f"{NAME} Quatrelivres", f"{NAME} et Rosa", f"{NAME}tte et Rosa")):
        paper.open_batch(
            opened_on=centre_today(),
            opened_by=names,
            slips=3,
            submission_key=f"box-{number}-0123456",
            by=other,
        )
    erased(me)
    house = centre().name
    boxes = db.session.scalars(select(Batch.opened_by).order_by(Batch.id)).all()
    assert boxes == [house, f"{house} et Rosa", f"{NAME}tte et Rosa"]


def test_whom_one_turned_to_is_gone_with_their_picture(session: None) -> None:
    me, other = make.account(NAME, Role.STAFF), make.account("Chloé", Role.ADMIN)
    picture = uploads.keep(pictures.check(photo(), max_bytes=10**6), alt=NAME)
    said = {"first_name": NAME, "title": "Coordinatrice", "account_id": me.id}
    centres.add_referent(photo=picture, by=other, **said)
    erased(me)
    assert where_it_stands() == []
    assert db.session.scalars(select(Referent)).all() == []


def test_the_picture_of_who_was_named_before_goes_with_their_name(session: None) -> None:
    me, other = make.account(NAME, Role.STAFF), make.account("Chloé", Role.ADMIN)
    facts = {"first_name": NAME, "title": "Coordinatrice", "account_id": me.id}
    pair = [uploads.keep(pictures.check(photo(), max_bytes=10**6), alt=NAME) for _one in range(2)]
    row = centres.add_referent(photo=pair[0], by=other, **facts)
    centres.edit_referent(row, photo=pair[1], by=other, **facts)
    assert db.session.scalars(select(Upload)).all() == [pair[1]]
    centres.edit_referent(row, photo=None, by=other, **facts | {"first_name": "Zéphie"})
    assert (row.photo, pair[1].alt) == (pair[1], "Zéphie")
    centres.edit_referent(row, photo=None, by=other, first_name="Chloé", title="", account_id=other.id)
    assert (row.photo, db.session.scalars(select(Upload)).all()) == (None, [])
