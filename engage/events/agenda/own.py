"""Who is known in this browser: by the follow-up code that was typed, by a form just sent, by an account."""

from __future__ import annotations

from flask import abort, session

from engage.accounts.models import Account
from engage.events.agenda import queries
from engage.events.signing import queries as signing
from engage.events.signing.models import SignUp
from engage.events.signing.sent import Received

KIND = "sign-up"


def followed() -> str | None:
    """The code of the sign-up that this browser follows."""
    granted: dict[str, str] = session.get("follow") or {}
    return granted.get("ref") if granted.get("kind") == KIND else None


def follow(sign_up: SignUp | Received) -> None:
    session["follow"] = {"kind": KIND, "ref": sign_up.code}


def on(code: str, person: Account | None, followed_code: str | None) -> SignUp | None:
    """What whoever is known here has on the date `code`."""
    return queries.signed_on(code, person, followed_code)


def get(code: str, person: Account | None) -> SignUp:
    """Only for who signed up, or was signed up. Aborts with 404."""
    sign_up = signing.by_code(code)
    is_theirs = person is not None and sign_up.account_id == person.id
    if not is_theirs and followed() != code:
        abort(404)
    return sign_up
