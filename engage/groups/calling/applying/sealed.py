"""The address that a mail gives to who applied: it holds a seal, never the follow-up code."""

from __future__ import annotations

from hmac import compare_digest

from engage.core import keys
from engage.core.render import link
from engage.groups.calling.models import Application

SIGNS = 32


def seal(application: Application) -> str:
    """What proves that we wrote this address to who is reached there now: a contact corrected ends it."""
    return keys.digest("application link", f"{application.code}\0{application.contact or ''}")[:SIGNS]


def is_ours(application: Application, given: str) -> bool:
    return compare_digest(seal(application).encode(), given.encode())


def address(application: Application) -> str:
    """Where somebody opens their own application, with one press of a button."""
    return link("applications.arrive", code=application.code, given=seal(application))
