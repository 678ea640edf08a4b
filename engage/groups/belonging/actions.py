"""How somebody comes into a group, and leaves it: a membership begins and ends, it is never edited.

Each deed locks the places of its side first, then looks, then writes.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete, update

from engage.accounts import actions as accounts
from engage.accounts.models import Account, Role
from engage.core import keys
from engage.core.clock import ago, now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups import registry
from engage.groups.belonging import places, queries, rows, telling
from engage.groups.belonging.models import GroupInvitation
from engage.groups.belonging.refusing import (
    refuse_another,
    refuse_mandate,
    refuse_over,
    refuse_paused,
    refuse_substitute,
)
from engage.groups.models import USERS, Group, MemberKind, Membership, MembershipWish, Side
from engage.involvement import queries as pathway
from engage.involvement.models import Person, Stage
from engage.journal import actions as journal

LIFE = timedelta(days=14)
LENGTH = 12
INVITATION_KEPT_DAYS = 30


def invite(
    group: Group,
    *,
    account: Account | None = None,
    person: Person | None = None,
    side: Side,
    kind: MemberKind = MemberKind.MEMBER,
    mandate_ends_on: date | None = None,
    substitute_for: Membership | None = None,
    by: Account,
) -> tuple[GroupInvitation, str]:
    """The invitation of one person, which keeps a place for 14 days, and its code in plain.

    Whoever has an e-mail address is sent it. Raises Refused without a free place, for somebody who belongs
    already, has an open invitation, or takes a break.
    """
    refuse_mandate(mandate_ends_on)
    refuse_substitute(group, kind, substitute_for, account)
    way = _refuse_whom(group, account, person)
    places.lock_free(group, side, kind)
    code = keys.random_code(LENGTH)
    invitation = GroupInvitation(
        code_digest=queries.digest(code), group=group, account=account, person=person, side=side, kind=kind,
        substitute_for_id=substitute_for and substitute_for.id, mandate_ends_on=mandate_ends_on,
        invited_by_id=by.id, created_at=now(), expires_at=now() + LIFE,
    )  # fmt: skip
    rows.add(invitation, _("This person has an open invitation already."))
    rows.go_up(way, Stage.INVITED, by=by)
    _say_invited(invitation, code, by)
    return invitation, code


def _say_invited(invitation: GroupInvitation, code: str, by: Account) -> None:
    telling.invite(invitation, code)
    asked = f"{invitation.side} {invitation.kind}"
    journal.record("invited to a group", "group", invitation.group.code, by=by, note=asked)


def _refuse_whom(group: Group, account: Account | None, person: Person | None) -> Person | None:
    """Their way into taking part, if they are on one."""
    way = person or (pathway.of_account(account) if account else None)
    refuse_paused(way)
    if account and rows.active(group.id, account.id):
        raise Refused(_("This person belongs to the group already."))
    _end_expired(group, account, person)
    return way


def _end_expired(group: Group, account: Account | None, person: Person | None) -> None:
    """An invitation that nobody took in time stands in nobody's way."""
    whom = {"account_id": account and account.id, "person_id": person and person.id}
    theirs = update(GroupInvitation).filter_by(group_id=group.id, ended_at=None, **whom)
    db.session.execute(theirs.where(GroupInvitation.expires_at <= now()).values(ended_at=now()))


def withdraw(invitation: GroupInvitation, *, by: Account) -> None:
    """It opens nothing any more, and keeps no place. Twice is once; an accepted one stays what it was."""
    places.lock(invitation.group_id, invitation.side)
    db.session.refresh(invitation)
    if invitation.ended_at is None:
        invitation.ended_at = now()
        journal.record("group invitation withdrawn", "group", invitation.group.code, by=by)


def accept(invitation: GroupInvitation, *, account: Account, wants_digest: bool = False) -> Membership:
    """The membership that begins with this invitation; the second press finds it again.

    Raises Refused when it is over, was used, or is for another person.
    """
    places.lock(invitation.group_id, invitation.side)
    db.session.refresh(invitation)
    refuse_another(invitation, account)
    used = invitation.membership_id and db.session.get(Membership, invitation.membership_id)
    if used and used.account_id == account.id:
        return used
    refuse_over(invitation)
    holder = invitation.substitute_for_id and db.session.get(Membership, invitation.substitute_for_id)
    refuse_substitute(invitation.group, invitation.kind, holder or None, account)
    if invitation.person:
        invitation.person.account = account
    made = rows.begin(
        group=invitation.group, account=account, side=invitation.side, kind=invitation.kind,
        mandate_ends_on=invitation.mandate_ends_on, granted_by_id=invitation.invited_by_id,
        substitute_for_id=invitation.substitute_for_id, wants_digest=wants_digest,
    )  # fmt: skip
    invitation.ended_at, invitation.membership_id = made.begun_at, made.id
    return made


def begin(
    group: Group,
    *,
    account: Account,
    side: Side,
    kind: MemberKind,
    mandate_ends_on: date | None,
    by: Account,
    substitute_for: Membership | None = None,
) -> Membership:
    """Somebody belongs to the group from now on. Raises Refused as `invite` does."""
    refuse_mandate(mandate_ends_on)
    refuse_substitute(group, kind, substitute_for, account)
    places.lock_free(group, side, kind)
    made = rows.begin(
        group=group, account=account, side=side, kind=kind, mandate_ends_on=mandate_ends_on,
        granted_by_id=by.id, substitute_for_id=substitute_for and substitute_for.id,
    )  # fmt: skip
    journal.record("membership begun", "group", group.code, by=by, note=f"{side} {kind}")
    return made


def join(group: Group, side: Side, *, by: Account, wants_digest: bool = False) -> Membership:
    """They come into an open group by asking; twice is once. Raises Refused without a free place."""
    places.lock(group.id, side)
    if held := rows.active(group.id, by.id):
        return held
    places.lock_free(group, side, MemberKind.MEMBER)
    return rows.begin(
        group=group, account=by, side=side, kind=MemberKind.MEMBER, granted_by_id=by.id,
        mandate_ends_on=queries.first_mandate(group), wants_digest=wants_digest,
    )  # fmt: skip


def enter(
    group: Group, *, first_name: str, last_name: str, phone: str, address: str, side: Side,
    mandate_ends_on: date | None, by: Account,
) -> Membership:  # fmt: skip
    """Somebody without e-mail belongs to the group; papers come by post when we have an address.

    The same name and number twice are one person: the second press makes no second account.
    """
    places.lock(group.id, side)
    if held := rows.without_mail(group.id, side, first_name, last_name, phone):
        return held
    role = Role.PARTNER if side in USERS else Role.MEMBER
    person = accounts.create_without_mail(role=role, first_name=first_name, last_name=last_name, phone=phone)
    made = begin(
        group, account=person, side=side, kind=MemberKind.MEMBER, mandate_ends_on=mandate_ends_on, by=by
    )
    wish = db.session.get_one(MembershipWish, made.id)
    wish.address, wish.wants_post = address or None, bool(address)
    return made


def end(membership: Membership, *, by: Account | None, why: str = "") -> None:
    """They belong to the group no longer; twice is once. `why` in the person's own words, or none.

    Who leaves on a page that is older than their renewal leaves all the same.
    """
    latest = rows.lock_latest(membership)
    if not latest.is_active:
        return
    is_for_them = by and by.id != latest.account_id
    if is_for_them:
        telling.ended(latest)  # first: a break ends with the membership, and an address is forgotten
    rows.end(latest, by=by, why=why)
    if is_for_them:
        journal.record("membership ended", "group", latest.group.code, by=by, note=str(latest.kind))


def close(group: Group, *, by: Account) -> None:
    """The group is over: its memberships end, its invitations too, and its members are thanked.

    What was planned with it is cancelled; the letter of thanks says so.
    """
    places.lock_all(group)
    db.session.refresh(group)
    if group.is_closed:
        return
    group.closed_at = now()
    registry.closed(group, by)
    for member in queries.to_close(group):
        telling.closed(member)
        rows.end(member, by=by, at=group.closed_at)
    asked = update(GroupInvitation).filter_by(group_id=group.id, ended_at=None)
    db.session.execute(asked.values(ended_at=group.closed_at))
    journal.record("group closed", "group", group.code, by=by, note=group.name)


def forget_invitations() -> int:
    """Erase invitations that were answered, withdrawn or over 30 days ago; how many."""
    limit = ago(days=INVITATION_KEPT_DAYS)
    over = (GroupInvitation.ended_at < limit) | (GroupInvitation.expires_at < limit)
    gone = delete(GroupInvitation).where(over).returning(GroupInvitation.id)
    return len(db.session.scalars(gone).all())


def forget_person(account: Account) -> None:
    """Their memberships end before the account is erased; their words and addresses go, the dates stay."""
    for member in queries.every(account):
        end(member, by=account)
        member.ended_why = None
        queries.wish(member).address = None
