"""A new e-mail address for an account."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from engage.accounts.models import Account, email_digest, plain_email
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import render
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind


def change(account: Account, email: str) -> None:
    """For an address its owner was shown to read; the old one is told. Raises Refused when it is taken."""
    old = account.email
    if email_digest(email) == account.email_digest:
        return
    try:
        with db.session.begin_nested():
            account.email, account.email_digest = plain_email(email), email_digest(email)
            db.session.flush()
    except IntegrityError:
        raise Refused(_("This address has an account of its own. Choose another one.")) from None
    with speaking(account.language):
        outbox.write(
            key=f"address changed {account.id} {account.email_digest}",
            kind=Kind.ALERT,
            channel=Channel.MAIL,
            address=old,
            person=account.first_name,
            subject=_("Your e-mail address has changed"),
            body=render("accounts/mail/address_changed.txt", account=account),
        )
