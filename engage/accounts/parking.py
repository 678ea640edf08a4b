"""What somebody was writing when their session ended: kept encrypted until they are back."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import request
from sqlalchemy import delete, insert

from engage.accounts import queries
from engage.accounts.models import ParkedForm
from engage.core import keys, limits
from engage.core.clock import now
from engage.core.db import db, writing_aside
from engage.core.errors import posted_fields

KEPT = timedelta(hours=24)
LONGEST = 200_000


@dataclass(frozen=True)
class Parked:
    """A form as it was sent: where to, the fields without secrets, and whether files came with it."""

    action: str
    fields: list[tuple[str, str]]
    had_files: bool


def park(account_id: int | None, *, instead_of: str | None) -> str | None:
    """Keep the form of this request for this account; the key that finds it, or None when it is too long.

    A browser that has forgotten its account may park too, as often as a limit allows. Written aside: the
    request goes no further, and nothing of it may stay but this.
    """
    if account_id is None:
        limits.spend("parked", limits.address())
    fields = [(name, value) for name, value in posted_fields() if name != "parked"]
    had_files = any(file.filename for file in request.files.values())
    action = request.full_path.rstrip("?")
    content = json.dumps({"action": action, "fields": fields, "had_files": had_files})
    is_gone = account_id is not None and queries.by_id(account_id) is None
    db.session.rollback()
    if is_gone or len(content) > LONGEST:
        return None
    key = secrets.token_urlsafe(24)
    earlier = keys.digest("parked", instead_of or "")
    row = {"key_digest": keys.digest("parked", key), "account_id": account_id, "content": content}
    with writing_aside() as connection:
        connection.execute(delete(ParkedForm).where(ParkedForm.key_digest == earlier))
        connection.execute(insert(ParkedForm).values(**row, expires_at=now() + KEPT))
    return key


def unpacked(row: ParkedForm) -> Parked:
    held = json.loads(row.content)
    return Parked(held["action"], [(name, value) for name, value in held["fields"]], held["had_files"])
