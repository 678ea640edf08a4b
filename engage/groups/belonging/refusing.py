"""What a membership may not be, each said in one plain sentence."""

from __future__ import annotations

from datetime import date

from engage.accounts.models import Account, email_digest
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.belonging.models import GroupInvitation
from engage.groups.models import Group, MemberKind, Membership
from engage.intake.models import Reply
from engage.involvement import queries as pathway
from engage.involvement.models import Person


def refuse_mandate(ends_on: date | None) -> None:
    if ends_on and ends_on < centre_today():
        raise Refused(_("A mandate cannot end before it begins. Choose a later day."))


def refuse_substitute(
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


def refuse_paused(way: Person | None) -> None:
    if way and pathway.is_paused(way):
        raise Refused(_("This person takes a break. Nothing is asked of them meanwhile."))


def refuse_another(invitation: GroupInvitation, account: Account) -> None:
    """An invitation is for one person; forwarded to another one it opens nothing."""
    if not _is_for(invitation, account):
        raise Refused(_("This invitation is for another person. Ask us, and we will gladly help."))


def _is_for(invitation: GroupInvitation, account: Account) -> bool:
    """Their account, also the one made with this invitation; else an account with their address."""
    person = invitation.person
    if person is None or person.account_id is not None:
        return account.id == (person.account_id if person else invitation.account_id)
    return _is_reached_at(person, account) is True


def _is_reached_at(person: Person, account: Account) -> bool | None:
    """Whether it is their e-mail address; None when we know none."""
    if person.reply is not Reply.MAIL or not person.contact:
        return None
    return account.email_digest == email_digest(person.contact)


def refuse_address(invitation: GroupInvitation, account: Account) -> None:
    """Whoever makes an account with it does so at the address that the person gave us."""
    if invitation.person and _is_reached_at(invitation.person, account) is False:
        raise Refused(_("Please use the e-mail address you gave us. It has changed? Tell us."))


def refuse_over(invitation: GroupInvitation) -> None:
    if invitation.ended_at or invitation.expires_at <= now() or invitation.group.is_closed:
        raise Refused(_("This invitation is over. Ask us for a new one: it is done in a minute."))
