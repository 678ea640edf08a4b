"""Groups, who belongs to them, and what a person may see of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask import abort, g, has_request_context, request
from sqlalchemy import and_, bindparam, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.groups.models import USERS, Group, MemberKind, Membership, MembershipPause, Side

Standing = tuple[Membership, MembershipPause | None]
PAUSE = and_(MembershipPause.membership_id == Membership.id, MembershipPause.ended_at.is_(None))
MINE = and_(
    Membership.group_id == Group.id, Membership.account_id == bindparam("me"), Membership.ended_at.is_(None)
)
# Built once: building is half the price of asking.
GROUP = (
    select(Group, Membership, MembershipPause)
    .outerjoin(Membership, MINE)
    .outerjoin(MembershipPause, PAUSE)
    .where(Group.code == bindparam("code"))
    .options(joinedload(Group.referent).defer(Account.phone).defer(Account.totp_secret))
)
LINES = (
    select(
        Membership.code,
        Account.first_name,
        Account.last_name,
        Membership.side,
        Membership.kind,
        Membership.mandate_ends_on,
        MembershipPause.id,
        MembershipPause.until,
    )
    .join(Account, Account.id == Membership.account_id)
    .outerjoin(MembershipPause, PAUSE)
    .where(Membership.group_id == bindparam("group"), Membership.ended_at.is_(None))
    .order_by(Membership.begun_at, Membership.id)
)


def get(me: Account | None, code: str) -> Group:
    """The group with this code that I may know of: a public one, mine, or any for the team; else 404.

    How I stand in it is asked along with it.
    """
    found = db.session.execute(GROUP, {"code": code, "me": asked_as(me)}).one_or_none()
    group, member, pause = found or (None, None, None)
    if group is None or not (group.is_public or (me and me.is_staff) or member):
        abort(404)
    hold(me, group, member, pause)
    return group


def hold(me: Account | None, group: Group, member: Membership | None, pause: MembershipPause | None) -> None:
    """How I stand in this group was asked along with it: a page that only shows asks no more."""
    if me and me.is_active and _is_reading():
        _held()[group.id] = (member, pause) if member else None


def everything() -> Sequence[Group]:
    """Every group, by name, those that have ended last: what the team chooses from."""
    ordered = select(Group).order_by(Group.closed_at.is_not(None), Group.name, Group.id)
    return db.session.scalars(ordered).all()


def membership(me: Account | None, group: Group) -> Membership | None:
    """My active membership of this group."""
    found = _standing(me, group)
    return found and found[0]


def is_paused(me: Account, group: Group) -> bool:
    """Nothing is asked of me in this group, and nothing sent, today."""
    found = _standing(me, group)
    return bool(found and found[1] and _lasts(found[1].until))


def _standing(me: Account | None, group: Group) -> Standing | None:
    """My membership and its open pause. A page that only shows asks once, since it changes nothing."""
    if me is None or not me.is_active:
        return None
    if not _is_reading():
        return _ask_standing(me, group)
    held = _held()
    if group.id not in held:
        held[group.id] = _ask_standing(me, group)
    return held[group.id]


def asked_as(me: Account | None) -> int | None:
    """What `MINE` is asked with."""
    return me.id if me and me.is_active else None


def mine(me: Account) -> list[Group]:
    """The groups that I belong to, by name; how I stand in each is asked along with them."""
    rows = select(Group, Membership, MembershipPause).join(Membership, Membership.group_id == Group.id)
    rows = rows.outerjoin(MembershipPause, PAUSE)
    held = rows.where(Membership.account_id == me.id, Membership.ended_at.is_(None)).order_by(Group.name)
    found = db.session.execute(held).all()
    if _is_reading() and me.is_active:
        _held().update({group.id: (member, pause) for group, member, pause in found})
    return [group for group, _member, _pause in found]


def _is_reading() -> bool:
    return has_request_context() and request.method == "GET"


def _held() -> dict[int, Standing | None]:
    held: dict[int, Standing | None] = g.setdefault("group_standings", {})
    return held


def _ask_standing(me: Account, group: Group) -> Standing | None:
    rows = select(Membership, MembershipPause).outerjoin(MembershipPause, PAUSE)
    mine = (Membership.account_id == me.id) & (Membership.group_id == group.id)
    found = db.session.execute(rows.where(mine, Membership.ended_at.is_(None))).one_or_none()
    return found and (found[0], found[1])


def _lasts(until: date | None) -> bool:
    return until is None or centre_today() < until


def members(group: Group) -> Sequence[Membership]:
    """Everybody who belongs to it now, in the order in which they came, with their accounts."""
    rows = select(Membership).filter_by(group_id=group.id, ended_at=None).join(Membership.account)
    ordered = rows.order_by(Membership.begun_at, Membership.id)
    return db.session.scalars(ordered.options(contains_eager(Membership.account))).all()


def paused_ids(group: Group) -> set[int]:
    """The memberships of this group that are paused today."""
    rows = select(MembershipPause).join(Membership, MembershipPause.membership_id == Membership.id)
    found = db.session.scalars(
        rows.where(Membership.group_id == group.id, MembershipPause.ended_at.is_(None))
    )
    return {pause.membership_id for pause in found if _lasts(pause.until)}


class Line(NamedTuple):
    """Somebody who belongs to a group, as a list of its members shows them."""

    code: str
    name: str
    side: Side
    kind: MemberKind
    mandate_ends_on: date | None
    is_paused: bool


def lines(group: Group) -> list[Line]:
    """Everybody who belongs to it now, in the order in which they came, and who takes a break today."""
    return [
        Line(code, f"{first} {last}".strip(), side, kind, ends, pause is not None and _lasts(until))
        for code, first, last, side, kind, ends, pause, until in db.session.execute(
            LINES, {"group": group.id}
        )
    ]


class Listed(NamedTuple):
    """A group as the desk lists it: how many belong to it, and how many of them are users.

    `over`: how many of their mandates are over.
    """

    group: Group
    members: int
    users: int
    over: int


def standings() -> list[Listed]:
    """Every group with its members; those that are over stand last."""
    users = func.coalesce(func.sum(case((Membership.side.in_(USERS), 1), else_=0)), 0)
    over = func.coalesce(func.sum(case((Membership.mandate_ends_on < centre_today(), 1), else_=0)), 0)
    here = (Membership.group_id == Group.id) & Membership.ended_at.is_(None)
    rows = (
        select(Group, func.count(Membership.id), users, over).outerjoin(Membership, here).group_by(Group.id)
    )
    ordered = rows.order_by(Group.closed_at.is_not(None), Group.name, Group.id)
    return [Listed(*row) for row in db.session.execute(ordered)]
