"""What somebody is writing: begun, kept step by step, closed when it is sent."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, bindparam, delete, func, insert, type_coerce, update

from engage.core import keys
from engage.core.clock import now
from engage.core.db import Encrypted, Moment, db, stored
from engage.intake.models import Draft
from engage.uploads import actions as uploads

DRAFT_LIFE = timedelta(hours=24)
# What is added is never read: whoever sends one step again and again must not fill the disk.
MOST_SIGNS = 100_000
# Built once: a step of the form costs little more than what it writes.
BEGIN = insert(Draft.__table__)  # type: ignore[arg-type]
KEEP = (
    update(Draft.__table__)  # type: ignore[arg-type]
    .where(Draft.key_digest == bindparam("digest"))
    .values(content=bindparam("kept"), expires_at=bindparam("until"))
)
CLOSE = delete(Draft.__table__).where(Draft.key_digest == bindparam("digest"))  # type: ignore[arg-type]
IS_WRITTEN = (
    Draft.key_digest == bindparam("digest"),
    Draft.kind == bindparam("sort"),
    Draft.expires_at > bindparam("present", type_=Moment),
)
ADD = (
    update(Draft.__table__)  # type: ignore[arg-type]
    .where(*IS_WRITTEN, func.length(type_coerce(Draft.content, Text)) < MOST_SIGNS)
    .values(
        content=type_coerce(Draft.content, Text) + "\n" + bindparam("piece", type_=Encrypted),
        expires_at=bindparam("until", type_=Moment),
    )
)
TAKE = delete(Draft.__table__).where(*IS_WRITTEN).returning(*Draft.__table__.c)  # type: ignore[arg-type]


def begin(
    kind: str, values: Mapping[str, Any], *, key: str = "", until: datetime | None = None
) -> tuple[str, Draft]:
    """A new draft, and the key that alone finds it again: it belongs in the session of who writes.

    `key`: one that its writer can note and type again. Kept for 24 hours, or `until` a moment.
    """
    key = key or secrets.token_urlsafe(32)
    row = {
        "key_digest": keys.digest("draft", key),
        "kind": kind,
        "photo_id": None,
        "content": _kept(values),
        "expires_at": until or now() + DRAFT_LIFE,
    }
    db.session.connection().execute(BEGIN, row)
    return key, stored(Draft, **row)


def keep(draft: Draft, values: Mapping[str, Any], *, until: datetime | None = None) -> None:
    """Keep what somebody is writing, encrypted, for 24 hours more, or `until` a moment."""
    ends = until or now() + DRAFT_LIFE
    db.session.connection().execute(KEEP, {"digest": draft.key_digest, "kept": _kept(values), "until": ends})
    db.session.expire(draft)


def add(key: str, kind: str, values: Mapping[str, Any]) -> bool:
    """Keep what was typed at one more step without reading the others; False when it is gone or too long."""
    row = {"digest": keys.digest("draft", key), "sort": kind, "present": now(), "piece": _kept(values)}
    added = db.session.connection().execute(ADD, row | {"until": now() + DRAFT_LIFE})
    return added.rowcount == 1


def take(key: str | None, kind: str) -> Draft | None:
    """What the holder of `key` was writing, which is closed with this unit of work; None when it is gone."""
    if not key:
        return None
    asked = {"digest": keys.digest("draft", key), "sort": kind, "present": now()}
    row = db.session.connection().execute(TAKE, asked).one_or_none()
    return stored(Draft, **row._mapping) if row else None


def _kept(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)


def close(draft: Draft) -> None:
    """It was sent: the words stand elsewhere now, and so does the photo."""
    db.session.connection().execute(CLOSE, {"digest": draft.key_digest})
    db.session.expunge(draft)


def erase(draft: Draft) -> None:
    """Nothing of it is left, the photo neither."""
    if draft.photo:
        uploads.erase(draft.photo)
    db.session.delete(draft)
