"""Who belongs to a group, who did, and who is asked to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from flask import abort
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from engage.accounts.joining.queries import plain
from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.groups import queries as groups
from engage.groups.belonging.models import GroupInvitation, Renewal
from engage.groups.models import Group, MemberKind, Membership, MembershipPause, MembershipWish
from engage.involvement import queries as pathway
from engage.involvement.models import Person

LEADING = (MemberKind.FACILITATOR, MemberKind.CO_CHAIR)


def history(group: Group) -> Sequence[Membership]:
    """Everybody who belongs or belonged to it, in the order in which they came."""
    rows = select(Membership).where(Membership.group_id == group.id).options(joinedload(Membership.account))
    return db.session.scalars(rows.order_by(Membership.begun_at, Membership.id)).all()


def active(account: Account) -> Sequence[Membership]:
    """The groups that this person belongs to now, by name."""
    rows = select(Membership).filter_by(account_id=account.id, ended_at=None).join(Membership.group)
    return db.session.scalars(rows.options(contains_eager(Membership.group)).order_by(Group.name)).all()


def every(account: Account) -> Sequence[Membership]:
    """All memberships of this person, those that ended too, the first one first."""
    rows = select(Membership).where(Membership.account_id == account.id).options(joinedload(Membership.group))
    return db.session.scalars(rows.order_by(Membership.begun_at, Membership.id)).all()


def membership(group: Group, code: str) -> Membership:
    """A membership of this group, ended or not; else 404."""
    rows = select(Membership).filter_by(group_id=group.id, code=code).options(joinedload(Membership.account))
    return db.session.scalars(rows).one_or_none() or abort(404)


def by_id(row_id: int | None) -> Membership | None:
    return db.session.get(Membership, row_id) if row_id else None


def digest(code: str) -> str:
    return keys.digest("group invitation", plain(code))


def by_code(code: str) -> GroupInvitation | None:
    """The invitation with this code, used ones too: whoever comes back must hear that they are in."""
    rows = select(GroupInvitation).where(GroupInvitation.code_digest == digest(code))
    return db.session.scalars(rows.options(joinedload(GroupInvitation.group))).one_or_none()


def open_invitations(group: Group) -> Sequence[GroupInvitation]:
    """Those that still wait for their answer, the latest first."""
    rows = select(GroupInvitation).filter_by(group_id=group.id, ended_at=None)
    asked = rows.options(joinedload(GroupInvitation.account), joinedload(GroupInvitation.person))
    ordered = asked.order_by(GroupInvitation.created_at.desc(), GroupInvitation.id.desc())
    return db.session.scalars(ordered.where(GroupInvitation.expires_at > now())).all()


def without_account() -> Sequence[GroupInvitation]:
    """Open invitations of people on the way who have no account, with them."""
    rows = select(GroupInvitation).filter_by(ended_at=None).join(GroupInvitation.person)
    waiting = rows.where(Person.account_id.is_(None), GroupInvitation.expires_at > now())
    return db.session.scalars(waiting.options(contains_eager(GroupInvitation.person))).all()


def invitation(group: Group, invitation_id: int) -> GroupInvitation:
    """One that still waits for its answer, else 404."""
    rows = select(GroupInvitation).filter_by(group_id=group.id, id=invitation_id, ended_at=None)
    return db.session.scalars(rows).one_or_none() or abort(404)


def to_close(group: Group) -> Sequence[Membership]:
    """All that are not over, those of closed accounts too."""
    rows = select(Membership).filter_by(group_id=group.id, ended_at=None).order_by(Membership.id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def wish(membership: Membership) -> MembershipWish:
    return db.session.get_one(MembershipWish, membership.id)


class Around(NamedTuple):
    """What belongs to a membership: its wishes, the break taken today, the question whether it goes on."""

    wish: MembershipWish
    pause: MembershipPause | None
    renewal: Renewal | None


def around(membership: Membership) -> Around:
    """All of it in one query."""
    theirs = MembershipWish.membership_id
    rows = select(MembershipWish, MembershipPause, Renewal)
    rows = rows.outerjoin(MembershipPause, (MembershipPause.membership_id == theirs) & _is_taken())
    rows = rows.outerjoin(Renewal, Renewal.membership_id == theirs)
    return Around(*db.session.execute(rows.where(theirs == membership.id)).one())


def named(group: Group) -> Sequence[Membership]:
    """Members who agreed to be named on the public page, in the order in which they came."""
    rows = select(Membership).filter_by(group_id=group.id, ended_at=None).join(Membership.account)
    agreed = rows.join(MembershipWish, MembershipWish.membership_id == Membership.id)
    ordered = agreed.where(MembershipWish.is_named).order_by(Membership.begun_at, Membership.id)
    return db.session.scalars(ordered.options(contains_eager(Membership.account))).all()


def may_be_told(membership: Membership) -> bool:
    """Whether anything is written to them: not while they take a break, in this group or altogether."""
    account = membership.account
    if account is None or not account.is_active or groups.is_paused(account, membership.group):
        return False
    way = pathway.of_account(account)
    return way is None or not pathway.is_paused(way)


def first_mandate(group: Group) -> date:
    """The last day of a first mandate: a year, never longer than the term of a group that has one."""
    today = centre_today()
    year = today + relativedelta(years=1, days=-1)
    return min(year, group.ends_on) if group.ends_on and group.ends_on >= today else year


RENEWAL_DAYS = 60


def renewal(membership: Membership) -> Renewal | None:
    """What this member was asked: whether they go on."""
    return db.session.get(Renewal, membership.id)


def to_renew(limit: int) -> Sequence[Membership]:
    """Mandates that end within 60 days and nobody has asked about, of people who take no break."""
    near = centre_today() + timedelta(days=RENEWAL_DAYS)
    rows = select(Membership).where(Membership.ended_at.is_(None), Membership.mandate_ends_on <= near)
    asked = select(Renewal.membership_id)
    open_ones = rows.join(Membership.group).where(Group.closed_at.is_(None), Membership.id.not_in(asked))
    awake = open_ones.where(Membership.id.not_in(_paused()), Membership.account_id.not_in(_resting()))
    return db.session.scalars(awake.order_by(Membership.mandate_ends_on, Membership.id).limit(limit)).all()


def to_go_on(limit: int) -> Sequence[Renewal]:
    """Yeses that waited for the term of the group, which was extended since."""
    rows = select(Renewal).join(Renewal.membership).join(Membership.group).join(Membership.account)
    said = rows.where(Renewal.goes_on.is_(True), Renewal.renewed_id.is_(None), Membership.ended_at.is_(None))
    today = centre_today()
    lasts = (Group.ends_on > Membership.mandate_ends_on) & (Group.ends_on >= today)
    goes_on = (Group.ends_on.is_(None) | lasts) & (Renewal.mandate_ends_on >= today)
    here = said.where(goes_on, Group.closed_at.is_(None), Account.ended_at.is_(None))
    return db.session.scalars(here.order_by(Renewal.membership_id).limit(limit)).all()


def to_end(limit: int) -> Sequence[Membership]:
    """Mandates that are over and whose holder said that they do not go on; and those of closed accounts."""
    declined = select(Renewal.membership_id).where(Renewal.goes_on.is_(False))
    over = (Membership.mandate_ends_on < centre_today()) & Membership.id.in_(declined)
    rows = select(Membership).outerjoin(Membership.account).where(Membership.ended_at.is_(None))
    gone = Account.ended_at.is_not(None) | Membership.account_id.is_(None)
    return db.session.scalars(rows.where(over | gone).order_by(Membership.id).limit(limit)).all()


def _is_taken() -> ColumnElement[bool]:
    """A break that lasts today."""
    lasting = MembershipPause.until.is_(None) | (MembershipPause.until > centre_today())
    return MembershipPause.ended_at.is_(None) & lasting


def _paused() -> Select[int]:
    return select(MembershipPause.membership_id).where(_is_taken())


def _resting() -> Select[int]:
    """The accounts of people who pause altogether."""
    rows = select(Account.id).join(Person, Person.account_id == Account.id)
    return rows.where(Person.paused_until > centre_today())


def is_unled() -> ColumnElement[bool]:
    """A group that meets, and whose last facilitator or co-chair left."""
    left, here = aliased(Membership), aliased(Membership)
    same = (here.group_id == left.group_id) & (here.kind == left.kind)
    is_led = select(here.id).where(same, here.ended_at.is_(None)).exists()
    rows = select(left.id).where(left.group_id == Group.id, left.kind.in_(LEADING), ~is_led)
    return Group.closed_at.is_(None) & rows.exists()


def unled_ids() -> set[int]:
    return set(db.session.scalars(select(Group.id).where(is_unled())))


def has_mandates_over() -> ColumnElement[bool]:
    """Somebody still belongs to it whose mandate is over, and did not say whether they go on."""
    one = aliased(Membership)
    over = select(one.id).where(one.group_id == Group.id, one.mandate_ends_on < centre_today())
    return Group.closed_at.is_(None) & over.where(one.ended_at.is_(None)).exists()


def is_asking() -> ColumnElement[bool]:
    """A group where the coordination has something to do."""
    return is_unled() | has_mandates_over()


def first_asking() -> tuple[Group, bool, int] | None:
    """The first such group by name, whether nobody leads it, and how many there are."""
    rows = select(Group, is_unled(), func.count().over()).where(is_asking()).order_by(Group.name, Group.id)
    found = db.session.execute(rows.limit(1)).one_or_none()
    return found and (found[0], bool(found[1]), found[2])


def latest(account: Account, code: str) -> Membership:
    """The last membership of this person in the group with this code, over or not; else 404."""
    rows = select(Membership).filter_by(account_id=account.id).join(Membership.group)
    mine = rows.where(Group.code == code).options(contains_eager(Membership.group))
    ordered = mine.order_by(Membership.begun_at.desc(), Membership.id.desc())
    return db.session.scalars(ordered.limit(1)).one_or_none() or abort(404)
