"""The address that a mail gives to its reader: it holds a seal, never the follow-up code."""

from __future__ import annotations

from hmac import compare_digest

from engage.core import keys
from engage.core.render import link
from engage.involvement.models import Person

SIGNS = 32


def seal(person: Person) -> str:
    """What proves that we wrote this address for this person, at the address we reach them by now."""
    account = person.account
    way = person.contact_digest if person.contact else account and account.email_digest
    return keys.digest("involvement link", f"{person.code} {way}")[:SIGNS]


def is_ours(person: Person, given: str) -> bool:
    return compare_digest(seal(person).encode(), given.encode())


def address(person: Person) -> str:
    """Where somebody opens their own page, with one press of a button."""
    return link("participation.arrive", code=person.code, given=seal(person))
