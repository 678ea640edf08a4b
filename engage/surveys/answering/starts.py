"""When somebody began, sealed in what their browser holds: no row says it."""

from __future__ import annotations

from datetime import UTC, datetime
from hmac import compare_digest

from engage.core import keys
from engage.core.clock import now

SEAL_SIGNS = 40


def seal(code: str, *, by: datetime | None = None) -> str:
    """A token that says: this wave was opened now, and `by` that moment at the latest."""
    moment = str(int(min(now(), by or now()).timestamp()))
    return f"{moment}.{_sealed(code, moment)}"


def begun(token: str, code: str) -> datetime | None:
    """The moment that a token of this wave says; None for any other words."""
    moment, _dot, seal_ = token.partition(".")
    genuine = moment.isascii() and moment.isdecimal() and len(moment) < 13
    if not genuine or not compare_digest(seal_.encode(), _sealed(code, moment).encode()):
        return None
    return datetime.fromtimestamp(int(moment), UTC)


def _sealed(code: str, moment: str) -> str:
    return keys.digest("survey start", f"{code}\0{moment}")[:SEAL_SIGNS]
