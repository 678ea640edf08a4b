"""How somebody comes into a group, and leaves it: a membership begins and ends, it is never edited.

Each deed locks the places of its side first, then looks, then writes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from engage.accounts.models import Account, email_digest
from engage.centre.queries import centre_today
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.belonging import places, queries
from engage.groups.belonging.models import GroupInvitation
from engage.groups.models import Group, MemberKind, Membership, MembershipPause, MembershipWish, Side
from engage.intake.models import Reply
from engage.involvement.models import Person
from engage.journal import actions as journal

LIFE = timedelta(days=14)
LENGTH = 12


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

    Raises Refused without a free place, for somebody who belongs already or has an open invitation.
    """
    _refuse_mandate(mandate_ends_on)
    _refuse_substitute(group, kind, substitute_for, account)
    _end_expired(group, account, person)
    places.lock_free(group, side, kind)
    if account and _active(group.id, account.id):
        raise Refused(_("This person belongs to the group already."))
    code = keys.random_code(LENGTH)
    invitation = GroupInvitation(
        code_digest=queries.digest(code), group=group, account=account, person=person, side=side, kind=kind,
        substitute_for_id=substitute_for and substitute_for.id, mandate_ends_on=mandate_ends_on,
        invited_by_id=by.id, created_at=now(), expires_at=now() + LIFE,
    )  # fmt: skip
    _added(invitation, _("This person has an open invitation already."))
    journal.record("invited to a group", "group", group.code, by=by, note=f"{side} {kind}")
    return invitation, code


def _end_expired(group: Group, account: Account | None, person: Person | None) -> None:
    """An invitation that nobody took in time stands in nobody's way."""
    whom = {"account_id": account and account.id, "person_id": person and person.id}
    theirs = update(GroupInvitation).filter_by(group_id=group.id, ended_at=None, **whom)
    db.session.execute(theirs.where(GroupInvitation.expires_at <= now()).values(ended_at=now()))


def _added(row: GroupInvitation | Membership, taken: str) -> None:
    """Raises Refused with the words `taken` when the database holds such a row already."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        raise Refused(taken) from None


def _active(group_id: int, account_id: int) -> Membership | None:
    rows = select(Membership).filter_by(group_id=group_id, account_id=account_id, ended_at=None)
    return db.session.scalars(rows).one_or_none()


def _refuse_mandate(ends_on: date | None) -> None:
    if ends_on and ends_on < centre_today():
        raise Refused(_("A mandate cannot end before it begins. Choose a later day."))


def _refuse_substitute(
    group: Group, kind: MemberKind, holder: Membership | None, account: Account | None
) -> None:
    """Who stands in for somebody does so for a member of this group, never for another substitute."""
    if (holder is None) != (kind is not MemberKind.SUBSTITUTE):
        raise Refused(_("A substitute stands in for one member. Choose whom."))
    if holder is None:
        return
    if holder.group_id != group.id or not holder.is_active:
        raise Refused(_("This person does not belong to the group any more. Choose whom to stand in for."))
    if holder.kind is MemberKind.SUBSTITUTE:
        raise Refused(_("A substitute cannot stand in for a substitute. Choose a member."))
    if account and holder.account_id == account.id:
        raise Refused(_("Nobody can stand in for themselves. Choose another member."))


def accept(invitation: GroupInvitation, *, account: Account) -> Membership:
    """The membership that begins with this invitation; the second press finds it again.

    Raises Refused when it is over, was used, or is for another person.
    """
    places.lock(invitation.group_id, invitation.side)
    db.session.refresh(invitation)
    if not _is_for(invitation, account):
        raise Refused(_("This invitation is for another person. Ask us, and we will gladly help."))
    used = invitation.membership_id and db.session.get(Membership, invitation.membership_id)
    if used and used.account_id == account.id:
        return used
    if invitation.ended_at or invitation.expires_at <= now() or invitation.group.is_closed:
        raise Refused(_("This invitation is over. Ask us for a new one: it is done in a minute."))
    holder = invitation.substitute_for_id and db.session.get(Membership, invitation.substitute_for_id)
    _refuse_substitute(invitation.group, invitation.kind, holder or None, account)
    made = _begun(
        invitation.group, account, invitation.side, invitation.kind, invitation.mandate_ends_on,
        granted_by_id=invitation.invited_by_id, substitute_for_id=invitation.substitute_for_id,
    )  # fmt: skip
    invitation.ended_at, invitation.membership_id = now(), made.id
    if invitation.person and invitation.person.account_id is None:
        invitation.person.account = account
    return made


def _is_for(invitation: GroupInvitation, account: Account) -> bool:
    """Their account; or for somebody who had none, the one with their address, or else made since."""
    person = invitation.person
    if person is None or person.account_id is not None:
        return account.id == (person.account_id if person else invitation.account_id)
    if person.reply is Reply.MAIL and person.contact:
        return account.email_digest == email_digest(person.contact)
    return account.created_at >= invitation.created_at


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
    _refuse_mandate(mandate_ends_on)
    _refuse_substitute(group, kind, substitute_for, account)
    places.lock_free(group, side, kind)
    holder = substitute_for and substitute_for.id
    made = _begun(
        group, account, side, kind, mandate_ends_on, granted_by_id=by.id, substitute_for_id=holder
    )
    journal.record("membership begun", "group", group.code, by=by, note=f"{side} {kind}")
    return made


def _begun(
    group: Group,
    account: Account,
    side: Side,
    kind: MemberKind,
    mandate_ends_on: date | None,
    *,
    granted_by_id: int | None,
    substitute_for_id: int | None = None,
    at: datetime | None = None,
) -> Membership:
    made = Membership(
        group=group, account=account, side=side, kind=kind, mandate_ends_on=mandate_ends_on,
        granted_by_id=granted_by_id, substitute_for_id=substitute_for_id, begun_at=at or now(),
    )  # fmt: skip
    _added(made, _("This person belongs to the group already."))
    db.session.add(MembershipWish(membership_id=made.id, wants_digest=bool(account.email)))
    db.session.flush()
    return made


def end(membership: Membership, *, by: Account | None, why: str = "") -> None:
    """They belong to the group no longer; twice is once. `why` in the person's own words, or none."""
    places.lock(membership.group_id, membership.side)
    db.session.refresh(membership)
    if not membership.is_active:
        return
    _ended(membership, by, why, at=now())
    if by and by.id != membership.account_id:
        journal.record("membership ended", "group", membership.group.code, by=by, note=str(membership.kind))


def _ended(membership: Membership, by: Account | None, why: str, *, at: datetime) -> None:
    membership.ended_at, membership.ended_by_id = at, by and by.id
    membership.ended_why = why.strip() or None
    pauses = update(MembershipPause).filter_by(membership_id=membership.id, ended_at=None)
    db.session.execute(pauses.values(ended_at=at))
    db.session.flush()
