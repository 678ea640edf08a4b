"""Writing a charter, publishing a version for good, agreeing to it."""

from __future__ import annotations

from typing import TypedDict, Unpack

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import INSERT, db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.charter import queries, telling
from engage.groups.charter.models import Charter, CharterAgreement
from engage.groups.charter.ready import ready
from engage.groups.charter.words import PARTS
from engage.groups.models import Group, Membership
from engage.journal import actions as journal


class Written(TypedDict):
    """The words of each part."""

    we_promise: str
    you_promise: str
    confidentiality: str
    image_rights: str
    expenses: str


def draft(group: Group, *, by: Account) -> Charter:
    """The draft of the next version: the words of the last one, or those that come with the site.

    Begun twice it is the same one.
    """
    if (held := queries.draft(group)) is not None:
        return held
    last = queries.in_force(group)
    words = {name: getattr(last, name) if last else ready()[name] for name in PARTS}
    number = last.number + 1 if last else 1
    made = insert_once(Charter, group_id=group.id, number=number, version=1, published_at=None, **words)
    if made is None:
        raise Refused(_("Somebody has just begun the next version. Please open the page again."))
    journal.record("charter drafted", "group", group.code, by=by, note=str(number))
    return made


def edit(charter: Charter, *, version: int, by: Account, **written: Unpack[Written]) -> None:
    """Raises Refused once it is published, or when somebody else changed it meanwhile."""
    _refuse_frozen(charter)
    if charter.version != version:
        raise Refused(_("Someone else has just changed this charter. Please look again before you send."))
    for name, words in written.items():
        setattr(charter, name, words)
    journal.record("charter edited", "charter", str(charter.id), by=by, note=str(charter.number))


def _refuse_frozen(charter: Charter) -> None:
    if charter.published_at is not None:
        raise Refused(_("This version is published: it does not change any more. Begin a new one."))


def publish(charter: Charter, group: Group, *, version: int, by: Account) -> None:
    """From now on it does not change, and every member is asked to read it. Twice is once."""
    if charter.published_at is not None:
        return
    if charter.version != version:
        raise Refused(_("Someone else has just changed this charter. Please look again before you send."))
    if not all(getattr(charter, name) for name in PARTS):
        raise Refused(_("Each part needs its words: people agree to all of it."))
    charter.published_at, charter.published_by_id = now(), by.id
    db.session.flush()
    telling.to_read(charter, group)
    journal.record("charter published", "group", group.code, by=by, note=str(charter.number))


def discard(charter: Charter, group: Group, *, by: Account) -> None:
    """Throw a draft away. Raises Refused once it is published."""
    _refuse_frozen(charter)
    db.session.delete(charter)
    journal.record("charter discarded", "group", group.code, by=by, note=str(charter.number))


def agree(charter: Charter, membership: Membership, *, by: Account) -> None:
    """They have read this version and agree. Twice is once. Raises Refused for any version but the last."""
    if membership.account_id != by.id:
        raise Refused(_("Each person agrees for themselves."))
    _sign(charter, membership, on_paper=False, noted_by_id=None)


def note_paper(charter: Charter, membership: Membership, *, by: Account) -> None:
    """They signed by hand, and the team keeps the paper. Twice is once."""
    _sign(charter, membership, on_paper=True, noted_by_id=by.id)
    journal.record("charter signed on paper", "group", membership.group.code, by=by, note=str(charter.number))


def _sign(charter: Charter, membership: Membership, *, on_paper: bool, noted_by_id: int | None) -> None:
    last = queries.in_force(membership.group)
    if last is None or last.id != charter.id:
        raise Refused(_("There is a newer version of this charter. Please read that one."))
    if not membership.is_active:
        raise Refused(_("This person does not belong to the group any more."))
    if queries.agreement(charter, membership):
        return
    said = {"agreed_at": now(), "on_paper": on_paper, "noted_by_id": noted_by_id}
    row = {"charter_id": charter.id, "membership_id": membership.id, **said}
    put = INSERT[db.engine.dialect.name](CharterAgreement.__table__).values(row)
    db.session.execute(put.on_conflict_do_nothing())
