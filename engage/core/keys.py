"""Secrets of one centre: the session secret, the keys that encrypt contact details, the key of digests."""

from __future__ import annotations

import hmac
import json
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from flask import current_app

# 32 signs that cannot be mistaken for one another aloud or on paper: no 0, O, 1, I.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class KeysMissing(RuntimeError):
    """The data folder has no keys: the centre was never set up here, or its keys were not restored."""


@dataclass(frozen=True)
class Keys:
    """`encryption` holds Fernet keys, newest first; the first encrypts, all of them decrypt."""

    session: str
    digests: str
    encryption: tuple[str, ...]

    @property
    def fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.encryption])


def generate() -> Keys:
    return Keys(secrets.token_urlsafe(48), secrets.token_urlsafe(48), (Fernet.generate_key().decode(),))


def rotated(keys: Keys) -> Keys:
    return Keys(keys.session, keys.digests, (Fernet.generate_key().decode(), *keys.encryption))


def load(path: Path) -> Keys:
    """Raises KeysMissing when the file is not there."""
    if not path.is_file():
        raise KeysMissing(f"no keys at {path}: run `engage init`, or put back the keys of this centre")
    stored = json.loads(path.read_text())
    return Keys(stored["session"], stored["digests"], tuple(stored["encryption"]))


def save(keys: Keys, path: Path) -> None:
    text = json.dumps(
        {"session": keys.session, "digests": keys.digests, "encryption": keys.encryption}, indent=1
    )
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def use(keys: Keys) -> tuple[Keys, MultiFernet]:
    """What `current_app.extensions["engage_keys"]` holds."""
    return keys, keys.fernet


def _current() -> tuple[Keys, MultiFernet]:
    held: tuple[Keys, MultiFernet] = current_app.extensions["engage_keys"]
    return held


def encrypt(text: str) -> str:
    return _current()[1].encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    return _current()[1].decrypt(token.encode()).decode()


def encrypt_bytes(data: bytes) -> bytes:
    return _current()[1].encrypt(data)


def decrypt_bytes(token: bytes) -> bytes:
    return _current()[1].decrypt(token)


def digest(purpose: str, value: str) -> str:
    """Keyed digest (HMAC-SHA256, hex) of `value`; the purpose keeps two uses of one value apart."""
    key = _current()[0].digests.encode()
    return hmac.new(key, f"{purpose}\0{value}".encode(), sha256).hexdigest()


def random_code(length: int) -> str:
    """A code of `length` signs of ALPHABET: 5 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def code_from(seed: str) -> str:
    """The public code that belongs to `seed`, always the same; nobody computes it without our keys."""
    number = int(digest("public code", seed), 16)
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(8)).lower()


def public_code() -> str:
    """What stands in an address: 8 signs in lower case (40 bits), never a counter."""
    return random_code(8).lower()
