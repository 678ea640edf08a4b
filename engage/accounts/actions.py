"""What happens to accounts: made, corrected, given a role, ended, erased."""

from __future__ import annotations

from flask_babel import LazyString
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from engage.accounts import queries
from engage.accounts.models import (
    MEMBER_DAYS,
    Account,
    Invitation,
    MailedCode,
    ParkedForm,
    Passkey,
    RecoveryCode,
    Role,
    SignIn,
    email_digest,
    plain_email,
)
from engage.core import keys
from engage.core.cache import forget
from engage.core.clock import ago, now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import speaking
from engage.core.render import render
from engage.journal import actions as journal
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind


def create(
    *, role: Role, first_name: str, email: str, last_name: str = "", job: str = "", language: str = "fr"
) -> Account:
    """A new account. Raises Refused when the address has one already: call it for a proven address only."""
    account = Account(
        role=role,
        first_name=first_name,
        last_name=last_name,
        job=job,
        email=plain_email(email),
        email_digest=email_digest(email),
        language=language,
        created_at=now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(account)
            db.session.flush()
    except IntegrityError:
        raise Refused(_("You already have an account with this address. Sign in with it.")) from None
    return account


def create_without_mail(*, role: Role, first_name: str, last_name: str, phone: str) -> Account:
    """Somebody who lives by paper and phone: they never sign in, others write down what they say."""
    account = Account(
        role=role, first_name=first_name, last_name=last_name, phone=phone or None, created_at=now()
    )
    db.session.add(account)
    db.session.flush()
    return account


def correct(account: Account, *, first_name: str, last_name: str = "", phone: str = "") -> None:
    """What people may set right themselves; an address changes only with the code mailed to it."""
    account.first_name, account.last_name, account.phone = first_name, last_name, phone or None


def see_contact(account: Account, *, by: Account) -> None:
    """Note that `by` looked at how to reach somebody."""
    journal.record("contact viewed", "account", str(account.actor_id), by=by)


def change_role(account: Account, role: Role, *, by: Account) -> None:
    """Raises Refused when nobody would be left to administer."""
    if role is not Role.ADMIN:
        _keep_an_administrator(account)
    if role is account.role:
        return
    journal.record("role changed", "account", str(account.actor_id), by=by, note=f"{account.role} → {role}")
    account.role = role
    forget()


def end(account: Account, *, by: Account) -> None:
    """Close the account: signed out everywhere, no contact and no key kept. Its name stays on what it did."""
    _keep_an_administrator(account)
    for table in (SignIn, Passkey, RecoveryCode, ParkedForm):
        db.session.execute(delete(table).where(table.account_id == account.id))
    account.email = account.email_digest = account.phone = None
    account.password_hash = account.totp_secret = account.totp_last_step = None
    account.ended_at = now()
    journal.record("account ended", "account", str(account.actor_id), by=by)
    forget()


def erase(account: Account) -> None:
    """What a person may ask for themselves: the row goes, and with it all that hangs on it."""
    _keep_an_administrator(account)
    journal.record("account erased", "account", str(account.actor_id), by=account)
    db.session.flush()
    db.session.delete(account)
    db.session.flush()


def _keep_an_administrator(account: Account) -> None:
    """Locks the administrators until the unit ends, so that two cannot end each other in the same moment."""
    administrators = queries.lock_administrators()
    if list(administrators) == [account.id]:
        raise Refused(_("This is the last administrator. Name another one first."))


def tell_owner(account: Account, change: LazyString) -> None:
    """Tell somebody by mail what changed in how they prove who they are: it may not have been them."""
    with speaking(account.language):
        outbox.write(
            key=f"proof changed {account.actor_id} {keys.random_code(12)}",
            kind=Kind.ALERT,
            channel=Channel.MAIL,
            address=account.email,
            person=account.first_name,
            subject=_("The security of your account has changed"),
            body=render("accounts/mail/security.txt", account=account, change=str(change)),
        )


def reset_second_factor(account: Account, *, by: Account) -> None:
    """For somebody who lost both key and recovery codes: signed out, they set up a new one."""
    drop_second_factors(account)
    tell_owner(account, _l("The administration has reset your second key."))
    db.session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    journal.record("second factor reset", "account", str(account.actor_id), by=by)


def drop_second_factors(account: Account) -> None:
    for table in (Passkey, RecoveryCode):
        db.session.execute(delete(table).where(table.account_id == account.id))
    account.totp_secret = account.totp_last_step = None


def drop_parked(key: str, account: Account) -> None:
    """Erase what was kept when a session ended."""
    if row := queries.parked(key, account):
        db.session.delete(row)


def forget_expired() -> int:
    """Erase codes, parked forms, invitations and sign-ins whose time is over; how many."""
    over = [
        delete(MailedCode).where(MailedCode.expires_at <= now()).returning(MailedCode.id),
        delete(ParkedForm).where(ParkedForm.expires_at <= now()).returning(ParkedForm.key_digest),
        delete(Invitation).where(Invitation.expires_at <= now()).returning(Invitation.id),
        delete(SignIn).where(SignIn.seen_at <= ago(days=MEMBER_DAYS)).returning(SignIn.id),
    ]
    return sum(len(db.session.execute(statement).all()) for statement in over)
