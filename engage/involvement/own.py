"""Who is known in this browser: by a follow-up code that was typed, or by an account."""

from __future__ import annotations

from typing import Any

from flask import abort, session

from engage.accounts.models import Account
from engage.accounts.session import me
from engage.intake.models import Reply
from engage.involvement import queries
from engage.involvement.models import Person
from engage.involvement.telling import KIND


def followed() -> str | None:
    """The code of the person whose page was opened in this browser."""
    granted: dict[str, str] = session.get("follow") or {}
    return granted.get("ref") if granted.get("kind") == KIND else None


def follow(person: Person) -> None:
    session["follow"] = {"kind": KIND, "ref": person.code}


def here() -> Person | None:
    """The person whose page this browser may open, if any."""
    if (account := me()) is not None:
        return queries.of_account(account)
    code = followed()
    return queries.find(code) if code else None


def get(code: str) -> Person:
    """Only for the person themselves. Aborts with 404."""
    person, account = queries.get(code), me()
    is_theirs = account is not None and person.account_id == account.id
    if not is_theirs and followed() != code:
        abort(404)
    return person


def reached(account: Account | None) -> dict[str, Any]:
    """Who is signed in is not asked their name, nor where we write to."""
    if account is None:
        abort(403)
    reply = Reply.MAIL if account.email else Reply.PHONE if account.phone else Reply.RECEPTION
    contact = account.phone if reply is Reply.PHONE else None
    return {"name": account.full_name, "reply": reply, "contact": contact}
