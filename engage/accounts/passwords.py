"""Passwords: argon2id with the parameters that OWASP's Password Storage Cheat Sheet names first."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app

SHORTEST = 12
LONGEST = 200


@cache
def _hasher(cheap: bool) -> PasswordHasher:
    """19 MiB, 2 passes, 1 lane; in tests as little as argon2 allows."""
    if cheap:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@cache
def _nobodys(cheap: bool) -> str:
    return _hasher(cheap).hash("nobody has this password")


def hashed(password: str) -> str:
    return _hasher(current_app.testing).hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed; without a hash the answer takes as long."""
    hasher = _hasher(current_app.testing)
    try:
        right = hasher.verify(password_hash or _nobodys(current_app.testing), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return right and password_hash is not None
