"""Second factors: set up, shown, taken away; and the password."""

from __future__ import annotations

from sqlalchemy import delete, or_, update
from sqlalchemy.exc import IntegrityError

from engage.accounts import passwords
from engage.accounts import queries as accounts
from engage.accounts.actions import tell_owner
from engage.accounts.factors import passkeys, queries, totp
from engage.accounts.house import second_factor_required
from engage.accounts.models import Account, Passkey, RecoveryCode, SignIn
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l

RECOVERY_CODES = 10
RECOVERY_LENGTH = 10
APP_ADDED = _l("An app that shows codes has been added to your account.")
APP_CHANGED = _l("The app that shows codes for your account has changed.")
PASSWORD_CHOSEN = _l("A password has been chosen for your account.")
PASSWORD_CHANGED = _l("The password of your account has changed.")


def _plain(code: str) -> str:
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in code.upper() if sign.isalnum())


def prove(account: Account, *, code: str = "", credential: str = "") -> bool:
    """Whether the account shows its second factor: passkey, code of an app, or recovery code (once)."""
    if credential:
        key = answered(credential)
        return key is not None and key.account_id == account.id
    plain = _plain(code)
    return _use_totp(account, plain) or _use_recovery(account, plain)


def answered(credential: str) -> Passkey | None:
    """The passkey that answered the question of this browser."""
    credential_id = passkeys.named_in(credential)
    key = queries.by_credential(credential_id) if credential_id else None
    return key if key is not None and passkeys.is_answer(credential, key) else None


def _use_totp(account: Account, code: str) -> bool:
    """A code serves once: the step it belongs to must be later than the last one used."""
    step = totp.step_of(account.totp_secret, code) if account.totp_secret else None
    if step is None:
        return False
    later = or_(Account.totp_last_step.is_(None), Account.totp_last_step < step)
    used = update(Account).where(Account.id == account.id, later).values(totp_last_step=step)
    return db.session.scalars(used.returning(Account.id)).first() is not None


def _recovery_digest(account: Account, code: str) -> str:
    return keys.digest("recovery", f"{account.id}\0{code}")


def _use_recovery(account: Account, code: str) -> bool:
    used = delete(RecoveryCode).where(RecoveryCode.digest == _recovery_digest(account, code))
    return db.session.scalars(used.returning(RecoveryCode.id)).first() is not None


def renew_recovery(account: Account) -> list[str]:
    """Ten new codes in plain, to be shown once; the old ones are dead. Raises Refused without a factor."""
    if not accounts.has_second_factor(account):
        raise Refused(_("Recovery codes stand in for an app or a passkey. Add one first."))
    tell_owner(account, _l("Your recovery codes have been replaced by new ones."))
    return _new_codes(account)


def _new_codes(account: Account) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [keys.random_code(RECOVERY_LENGTH) for _n in range(RECOVERY_CODES)]
    digests = [_recovery_digest(account, code) for code in codes]
    db.session.add_all(RecoveryCode(account_id=account.id, digest=digest) for digest in digests)
    half = RECOVERY_LENGTH // 2
    return [f"{code[:half]} {code[half:]}" for code in codes]


def note_proof(row: SignIn) -> None:
    """The second factor, or the password of somebody without one, was shown here just now."""
    row.second_factor = row.second_factor or accounts.has_second_factor(row.account)
    row.proved_at = now()


def add_totp(account: Account, secret: str, code: str, *, where: SignIn) -> list[str] | None:
    """None when the code is not the app's; else the recovery codes of a first second factor, or no codes."""
    step = totp.step_of(secret, code)
    if step is None:
        return None
    is_first = not accounts.has_second_factor(account)
    tell_owner(account, APP_CHANGED if account.totp_secret else APP_ADDED)
    account.totp_secret, account.totp_last_step = secret, step
    return _added(account, is_first=is_first, where=where)


def add_passkey(account: Account, credential: str, name: str, *, where: SignIn) -> list[str] | None:
    """None when the answer is not to be believed; else as add_totp."""
    key = passkeys.made(credential)
    if key is None:
        return None
    is_first = not accounts.has_second_factor(account)
    row = Passkey(
        account_id=account.id,
        credential_id=key.credential_id,
        public_key=key.public_key,
        sign_count=key.sign_count,
        name=name,
        created_at=now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        return None
    tell_owner(account, _l("A passkey has been added to your account."))
    return _added(account, is_first=is_first, where=where)


def _added(account: Account, *, is_first: bool, where: SignIn) -> list[str]:
    """Whoever was signed in elsewhere by a first proof alone must come again with both."""
    where.second_factor, where.proved_at = True, now()
    if not is_first:
        return []
    others = delete(SignIn).where(SignIn.account_id == account.id, SignIn.id != where.id)
    db.session.execute(others)
    return _new_codes(account)


def drop_totp(account: Account) -> None:
    account.totp_secret = account.totp_last_step = None
    tell_owner(account, _l("The app that shows codes has been removed from your account."))
    _dropped(account)


def drop_passkey(account: Account, key: Passkey) -> None:
    db.session.delete(key)
    db.session.flush()
    tell_owner(account, _l("A passkey of your account has been removed."))
    _dropped(account)


def _dropped(account: Account) -> None:
    """Raises Refused when the team must keep one."""
    if accounts.has_second_factor(account):
        return
    if account.is_staff and second_factor_required():
        raise Refused(_("The team must keep a second key. Add another one first."))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def set_password(account: Account, password: str, *, where: SignIn) -> None:
    """A new password signs out every other browser."""
    tell_owner(account, PASSWORD_CHANGED if account.password_hash else PASSWORD_CHOSEN)
    account.password_hash = passwords.hashed(password)
    db.session.execute(delete(SignIn).where(SignIn.account_id == account.id, SignIn.id != where.id))


def drop_password(account: Account) -> None:
    account.password_hash = None
    tell_owner(account, _l("The password of your account has been removed."))
