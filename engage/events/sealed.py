"""The address that a mail gives to its reader: it holds a seal, never the follow-up code."""

from __future__ import annotations

from hmac import compare_digest

from engage.core import keys
from engage.core.render import link
from engage.events.models import Occurrence

SIGNS = 32
SHORT_SIGNS = 12


def seal(code: str) -> str:
    """What proves that we wrote this address for the sign-up `code`."""
    return keys.digest("sign-up link", code)[:SIGNS]


def is_ours(code: str, given: str) -> bool:
    return compare_digest(seal(code).encode(), given.encode())


def address(code: str) -> str:
    """Where somebody opens their own sign-up, with one press of a button."""
    return link("sign_ups.arrive", code=code, given=seal(code))


def short_seal(code: str) -> str:
    """The same in a few signs, for an SMS: 48 bits, behind a code of 40."""
    return keys.digest("sign-up short link", code)[:SHORT_SIGNS]


def is_short(code: str, given: str) -> bool:
    return compare_digest(short_seal(code).encode(), given.encode())


def short_address(code: str) -> str:
    """Leads to `address`."""
    return link("reminding.arrive", code=code, given=short_seal(code))


def feedback_seal(code: str) -> str:
    """The same for everybody who came to the date `code`: it tells nobody from anybody else."""
    return keys.digest("event feedback link", code)[:SIGNS]


def is_feedback(code: str, given: str) -> bool:
    return compare_digest(feedback_seal(code).encode(), given.encode())


def feedback_address(occurrence: Occurrence) -> str:
    """Where whoever came says, without a name, how they found it."""
    return link("after.answer", code=occurrence.code, given=feedback_seal(occurrence.code))
