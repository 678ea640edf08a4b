"""The address that a mail gives to who applied: it holds a seal, never the follow-up code."""

from __future__ import annotations

from hmac import compare_digest

from engage.core import keys
from engage.core.render import link

SIGNS = 32


def seal(code: str) -> str:
    """What proves that we wrote this address for the application `code`."""
    return keys.digest("application link", code)[:SIGNS]


def is_ours(code: str, given: str) -> bool:
    return compare_digest(seal(code).encode(), given.encode())


def address(code: str) -> str:
    """Where somebody opens their own application, with one press of a button."""
    return link("applications.arrive", code=code, given=seal(code))
