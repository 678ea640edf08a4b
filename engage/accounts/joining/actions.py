"""Inviting somebody, and what an invitation becomes.

An account needs an e-mail address: it is how a person signs in. Who has none needs no account, since a
follow-up code, the kiosk, paper, the phone and the reception do the same things.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete

from engage.accounts import actions as accounts
from engage.accounts.house import house
from engage.accounts.joining import queries
from engage.accounts.models import Account, Invitation, Role, plain_email
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.journal import actions as journal
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind

LIFE = timedelta(days=14)
LENGTH = 12


Joined = Callable[[str, Account], None]
_joined: dict[str, Joined] = {}


def on_joining(hear: Joined) -> None:
    """A feature that made invitations hears, by the digest of a code, whose account came of it."""
    _joined[hear.__module__] = hear


def _write(
    role: Role, first_name: str, email: str | None, by: Account | None, code: str = ""
) -> tuple[Invitation, str]:
    code = code or keys.random_code(LENGTH)
    invitation = Invitation(
        code_digest=queries.digest(code),
        role=role,
        first_name=first_name,
        email=plain_email(email) if email else None,
        invited_by_id=by.id if by else None,
        created_at=now(),
        expires_at=now() + LIFE,
    )
    db.session.add(invitation)
    db.session.flush()
    journal.record("invited", "invitation", str(invitation.id), by=by, note=str(role))
    return invitation, code


def link_to(code: str) -> str:
    """The address behind which the invitation waits for a button; opening it does nothing."""
    return link("joining.arrive", code=code)


def _mail(invitation: Invitation, code: str) -> None:
    """Kept out of every list the team reads, as all that opens a door."""
    with speaking("fr"):
        outbox.write(
            key=f"invitation {invitation.code_digest[:32]}",
            kind=Kind.CODE,
            channel=Channel.MAIL,
            address=invitation.email,
            person=invitation.first_name,
            subject=_("Your invitation from %(centre)s", centre=house().name),
            body=render("accounts/mail/invitation.txt", invitation=invitation, address=link_to(code)),
        )


def invite(
    role: Role, *, first_name: str, email: str | None, by: Account, code: str = ""
) -> tuple[Invitation, str]:
    """The invitation, and its code in plain for a printed slip; with an address a link is sent there."""
    invitation, code = _write(role, first_name, email, by, code)
    if email:
        _mail(invitation, code)
    return invitation, code


def invite_first_admin(first_name: str, email: str, *, send: bool = False) -> str:
    """The one-time link of an administrator whom the operator names; sent too when asked."""
    invitation, code = _write(Role.ADMIN, first_name, email, None)
    if send:
        _mail(invitation, code)
    return link_to(code)


def withdraw(invitation: Invitation, *, by: Account) -> None:
    journal.record("invitation withdrawn", "invitation", str(invitation.id), by=by)
    db.session.delete(invitation)


def accept(
    invitation: Invitation, *, first_name: str, last_name: str, email: str, language: str = "fr"
) -> Account:
    """The account of the person invited, at an address they were shown to read. Raises Refused when used."""
    role, digest = invitation.role, invitation.code_digest
    used = delete(Invitation).where(Invitation.id == invitation.id).returning(Invitation.id)
    if db.session.scalars(used).first() is None:
        raise Refused(_("This invitation has served already."))
    account = accounts.create(
        role=role, first_name=first_name, last_name=last_name, email=email, language=language
    )
    for hear in _joined.values():
        hear(digest, account)
    return account
