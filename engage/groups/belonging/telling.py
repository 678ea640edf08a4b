"""What is written to people about a group that they may join, belong to or leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engage.accounts.models import Account
from engage.centre.queries import centre
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.groups.belonging.models import GroupInvitation, Renewal
from engage.groups.belonging.queries import may_be_told
from engage.groups.models import Membership, MembershipWish
from engage.intake.models import Reply
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind


def address_of(invitation: GroupInvitation) -> str | None:
    """Where the invitation can be mailed to; None: it is printed."""
    if invitation.account:
        return invitation.account.email
    person = invitation.person
    return person.contact if person and person.reply is Reply.MAIL else None


def name_of(invitation: GroupInvitation) -> str:
    if invitation.account:
        return invitation.account.first_name
    return (invitation.person and invitation.person.name) or ""


def invite(invitation: GroupInvitation, code: str) -> None:
    """Kept out of every list the team reads, as all that opens a door."""
    if not (address := address_of(invitation)):
        return
    reader = invitation.account or invitation.person
    with speaking(reader.language if reader else "fr"):
        outbox.write(
            key=f"group invitation {invitation.code_digest[:32]}",
            kind=Kind.CODE,
            channel=Channel.MAIL,
            address=address,
            person=name_of(invitation),
            subject=_("You are invited: %(group)s", group=invitation.group.name),
            body=render(
                "belonging/mail/invitation.txt", invitation=invitation, name=name_of(invitation),
                address=link("belonging.arrive", code=code),
            ),
        )  # fmt: skip


def _way(membership: Membership, account: Account) -> tuple[Channel, str | None]:
    """How this member is reached: by mail, else by post, else by phone, else when they come by."""
    if account.email:
        return Channel.MAIL, account.email
    wish = db.session.get(MembershipWish, membership.id)
    if wish and wish.address:
        return Channel.LETTER, wish.address
    return (Channel.PHONE, account.phone) if account.phone else (Channel.RECEPTION, None)


def _tell(membership: Membership, what: str, subject: Callable[[str], str], **values: Any) -> None:
    """Nothing is written to who takes a break, or whose account is closed."""
    account = membership.account
    if account is None or not may_be_told(membership):
        return
    channel, address = _way(membership, account)
    with speaking(account.language):
        outbox.write(
            key=f"membership {what} {membership.code}",
            kind=Kind.NEWS,
            channel=channel,
            address=address,
            person=account.full_name,
            subject=subject(membership.group.name),
            body=render(
                f"belonging/mail/{what}.txt", membership=membership, centre=centre(), **values
            ),
            about=("group", membership.group.code),
            whom=account.whom,
        )  # fmt: skip


def ended(membership: Membership) -> None:
    """The team ended it, most often because they asked for it."""
    _tell(membership, "ended", lambda name: _("You have left: %(group)s", group=name))


def closed(membership: Membership) -> None:
    _tell(membership, "closed", lambda name: _("%(group)s is over: thank you", group=name))


def propose(renewal: Renewal) -> None:
    where = link("belonging.renew", code=renewal.membership.group.code)
    _tell(
        renewal.membership,
        "renewal",
        lambda name: _("Would you like to go on with us? %(group)s", group=name),
        renewal=renewal,
        address=where,
    )
