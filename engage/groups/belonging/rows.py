"""Memberships as they are written: one begins, one ends, one follows another in the same instant."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups import registry
from engage.groups.belonging import places
from engage.groups.belonging.models import GroupInvitation, Renewal
from engage.groups.models import Membership, MembershipPause, MembershipWish, Side
from engage.involvement import queries as pathway
from engage.involvement.actions import move
from engage.involvement.models import Person, Stage

ORDER = list(Stage)
KEPT_WISHES = ("is_named", "wants_digest", "wants_post", "address", "feed")


def add(row: GroupInvitation | Membership, taken: str) -> None:
    """Raises Refused with the words `taken` when the database holds such a row already."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        raise Refused(taken) from None


def active(group_id: int, account_id: int) -> Membership | None:
    rows = select(Membership).filter_by(group_id=group_id, account_id=account_id, ended_at=None)
    return db.session.scalars(rows).one_or_none()


def without_mail(group_id: int, side: Side, first_name: str, last_name: str, phone: str) -> Membership | None:
    """Who belongs to the group for this side without an e-mail address, with this very name and number."""
    rows = select(Membership).filter_by(group_id=group_id, side=side, ended_at=None).join(Membership.account)
    named = rows.where(Account.first_name == first_name, Account.last_name == last_name)
    found = db.session.scalars(named.where(Account.email_digest.is_(None)).order_by(Membership.id))
    return next((one for one in found if one.account and (one.account.phone or "") == phone), None)


def lock_latest(membership: Membership) -> Membership:
    """Its places locked; it, or the one that followed it meanwhile: a page may be older than a renewal."""
    places.lock(membership.group_id, membership.side)
    db.session.refresh(membership)
    while not membership.is_active and (following := _following(membership)):
        membership = following
    return membership


def _following(membership: Membership) -> Membership | None:
    same = {"group_id": membership.group_id, "account_id": membership.account_id}
    rows = select(Membership).filter_by(begun_at=membership.ended_at, **same)
    later = rows.where(Membership.id > membership.id)
    return db.session.scalars(later.execution_options(populate_existing=True)).one_or_none()


def begin(*, wants_digest: bool = False, **facts: Any) -> Membership:
    """A membership from now on, and the wishes that go with it. Raises Refused for a second one."""
    made = Membership(**{"begun_at": now()} | facts)
    add(made, _("This person belongs to the group already."))
    feed = _next_feed(made)
    db.session.add(MembershipWish(membership_id=made.id, wants_digest=wants_digest, feed=feed))
    db.session.flush()
    if made.account:
        go_up(pathway.of_account(made.account), Stage.MEMBER)
    return made


def _next_feed(membership: Membership) -> int:
    """Who comes back has another calendar address than when they left."""
    before = select(func.max(MembershipWish.feed)).join(
        Membership, Membership.id == MembershipWish.membership_id
    )
    same = before.filter_by(group_id=membership.group_id, account_id=membership.account_id)
    last = db.session.scalar(same)
    return 0 if last is None else last + 1


def go_up(way: Person | None, stage: Stage, *, by: Account | None = None) -> None:
    """Their way into taking part goes on, never back."""
    if way and ORDER.index(stage) > ORDER.index(way.stage):
        move(way, stage, by=by)


def end(membership: Membership, *, by: Account | None, why: str = "", at: datetime | None = None) -> None:
    at = at or now()
    membership.ended_at = at
    membership.ended_by_id = by.id if by else None
    membership.ended_why = why.strip() or None
    if wish := db.session.get(MembershipWish, membership.id):
        wish.address = None
    end_pause(membership, at)


def end_pause(membership: Membership, at: datetime) -> None:
    pauses = update(MembershipPause).filter_by(membership_id=membership.id, ended_at=None)
    db.session.execute(pauses.values(ended_at=at))
    db.session.flush()


def follow(
    membership: Membership, *, by: Account, mandate_ends_on: date | None, is_renewed: bool = False,
    **facts: Any,
) -> Membership:  # fmt: skip
    """It ends and another begins in the same instant: wishes and substitutes go along.

    So does the question whether they go on, unless it was answered by this.
    """
    at, old = now(), db.session.get_one(MembershipWish, membership.id)
    wishes = {name: getattr(old, name) for name in KEPT_WISHES}
    end(membership, by=by, at=at)
    same = {"group": membership.group, "account": membership.account, "side": membership.side}
    kept = same | {"kind": membership.kind, "substitute_for_id": membership.substitute_for_id}
    made = begin(**kept | {"granted_by_id": by.id} | facts, mandate_ends_on=mandate_ends_on, begun_at=at)
    new = db.session.get_one(MembershipWish, made.id)
    for name, value in wishes.items():
        setattr(new, name, value)
    for table in (Membership, GroupInvitation):
        stands_in = update(table).filter_by(substitute_for_id=membership.id, ended_at=None)
        db.session.execute(stands_in.values(substitute_for_id=made.id))
    registry.followed(membership, made)
    if not is_renewed:
        asked = update(Renewal).where(Renewal.membership_id == membership.id, Renewal.renewed_id.is_(None))
        db.session.execute(asked.values(membership_id=made.id))
    return made


def has_substitute(membership: Membership) -> bool:
    rows = select(Membership.id).filter_by(substitute_for_id=membership.id, ended_at=None)
    return db.session.scalars(rows.limit(1)).first() is not None
