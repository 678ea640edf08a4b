"""Who writes calls: whoever steers; everybody reads them once they are published."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.permissions import manage


def create(person: Account | None) -> bool:
    return manage(person)


def edit(person: Account | None) -> bool:
    return manage(person)


def publish(person: Account | None) -> bool:
    return manage(person)


def close(person: Account | None) -> bool:
    return manage(person)


def copy(person: Account | None) -> bool:
    return manage(person)


def discard(person: Account | None) -> bool:
    return manage(person)
