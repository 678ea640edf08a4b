"""The code of an authenticator app: RFC 6238, 30 seconds, 6 digits, as every app reads it."""

from __future__ import annotations

import hmac

import pyotp

from engage.accounts.models import Account
from engage.core.clock import now

STEP_SECONDS = 30
DRIFT = (0, -1, 1)


def new_secret() -> str:
    return pyotp.random_base32()


def address(account: Account, secret: str, *, issuer: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.email or account.full_name, issuer_name=issuer)


def step_of(secret: str, code: str) -> int | None:
    """The time step whose code this is, with one step of drift on both sides; None when it is no code."""
    present = int(now().timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret)
    for step in (present + drift for drift in DRIFT):
        if hmac.compare_digest(generator.generate_otp(step).encode(), code.encode()):
            return step
    return None
