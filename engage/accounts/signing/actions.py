"""The first proof of who somebody is: a code sent by mail, or a password."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import delete, or_

from engage.accounts import passwords, queries
from engage.accounts.models import Account, MailedCode, email_digest
from engage.core import keys, limits
from engage.core.clock import now
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import render
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind

LIFE = timedelta(minutes=15)
TRIES = 5
DIGITS = 6


def _browser_digest(browser: str) -> str:
    return keys.digest("mailed-code browser", browser)


def _code_digest(browser: str, code: str) -> str:
    return keys.digest("mailed-code", f"{browser}\0{code}")


def _new_code(email: str, browser: str) -> str:
    """A code for this address and this browser alone; those written before for the address die."""
    same_browser = MailedCode.browser_digest == _browser_digest(browser)
    older = or_(MailedCode.address_digest == email_digest(email), same_browser)
    db.session.execute(delete(MailedCode).where(older))
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row = MailedCode(
        browser_digest=_browser_digest(browser),
        address_digest=email_digest(email),
        code_digest=_code_digest(browser, code),
        expires_at=now() + LIFE,
    )
    db.session.add(row)
    db.session.flush()
    return code


def send_code(email: str, *, browser: str) -> None:
    """Mail a code to sign in. For an address without account the same is written, and undone at once."""
    code = _new_code(email, browser)
    account = queries.by_email(email)
    with speaking(account.language if account else "fr"), db.session.begin_nested() as written:
        body = render("accounts/mail/sign_in.txt", code=f"{code[:3]} {code[3:]}")
        _mail((account.email if account else None) or email, _("Your code to sign in"), body, browser)
        if account is None:
            written.rollback()


def send_address_code(email: str, *, browser: str) -> None:
    """Mail a code that proves that somebody reads this address, whoever they are."""
    code = _new_code(email, browser)
    body = render("accounts/mail/address.txt", code=f"{code[:3]} {code[3:]}")
    _mail(email, _("Your code to confirm your address"), body, browser)


def _mail(address: str, subject: str, body: str, browser: str) -> None:
    key = f"mailed code {_browser_digest(browser)[:32]}"
    outbox.write(key=key, kind=Kind.CODE, channel=Channel.MAIL, subject=subject, body=body, address=address)


def count_try(browser: str) -> bool:
    """Count one try at the code of this browser, whatever becomes of the request; whether it may be made."""
    return limits.tally("mailed-code", browser, until=now() + LIFE) <= TRIES


def use_code(code: str, *, browser: str) -> str | None:
    """The digest of the address the code was mailed to; None when it is not right. It serves once."""
    row = queries.mailed_code(_browser_digest(browser))
    if row is None or not hmac.compare_digest(row.code_digest, _code_digest(browser, code)):
        return None
    used = delete(MailedCode).where(MailedCode.id == row.id).returning(MailedCode.address_digest)
    return db.session.scalars(used).one_or_none()


def check_password(email: str, password: str) -> Account | None:
    """The account that this address and this password open; the answer takes as long for everybody."""
    account = queries.by_email(email)
    return account if passwords.matches(account.password_hash if account else None, password) else None
