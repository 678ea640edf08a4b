"""What every contribution shares: a draft kept, a follow-up code opened."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.intake import queries, screening
from engage.intake.models import CODE_GROUPS, CODE_LENGTH, DistressPhrase, Draft, FollowUp
from engage.uploads.models import Upload

DRAFT_LIFE = timedelta(hours=24)


def code_of(seed: str) -> str:
    """The follow-up code that belongs to a submission key, in three groups: `7KM-4QX-9TB`.

    It is computed, never stored: a form sent twice shows its code twice, and the table of codes still
    holds digests alone. Nobody computes it without the keys of the centre and the key of the form.
    """
    number = int(keys.digest("follow-up-code", seed), 16)
    signs = [keys.ALPHABET[(number >> (5 * place)) & 31] for place in range(CODE_LENGTH)]
    return "-".join("".join(signs[at : at + CODE_GROUPS]) for at in range(0, CODE_LENGTH, CODE_GROUPS))


def open_follow_up(kind: str, ref: str, *, seed: str = "") -> str:
    """A new follow-up code of `CODE_LENGTH` signs (45 bits) for the thing `kind` `ref`.

    With the submission key as `seed`, the code is always the same for that submission.
    """
    code = code_of(seed or secrets.token_urlsafe(24))
    db.session.add(FollowUp(digest=queries.code_digest(code), kind=kind, ref=ref, created_at=now()))
    return code


def close_follow_ups(kind: str, ref: str) -> None:
    """From now on no code opens the thing `kind` `ref`."""
    db.session.execute(delete(FollowUp).filter_by(kind=kind, ref=ref))


def keep_draft(key: str | None, kind: str, values: Mapping[str, Any], photo: Upload | None) -> str:
    """Keep what somebody is writing, encrypted, for 24 hours more; the key that finds it again."""
    held = queries.draft(key, kind)
    if held is None or key is None:
        key = secrets.token_urlsafe(32)
        held = Draft(key_digest=keys.digest("draft", key), kind=kind)
        db.session.add(held)
    held.content = json.dumps(dict(values), ensure_ascii=False)
    held.photo = photo
    held.expires_at = now() + DRAFT_LIFE
    return key


def fill_distress_phrases() -> None:
    """Copy the shipped list into the one that administrators keep; a second time changes nothing."""
    held = set(db.session.scalars(select(DistressPhrase.phrase)))
    db.session.add_all(
        DistressPhrase(phrase=phrase) for phrase in screening.default_distress() if phrase not in held
    )
