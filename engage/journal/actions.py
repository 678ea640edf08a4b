"""Adding to the journal."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from engage.core.clock import now
from engage.core.db import db
from engage.journal.models import Entry


class Actor(Protocol):
    """Whoever can act: an account, seen from below."""

    @property
    def actor_id(self) -> UUID: ...
    @property
    def role(self) -> str: ...


def record(verb: str, kind: str, ref: str, *, by: Actor | None, note: str = "") -> None:
    """Note that `by` (None: the worker or an operator) did `verb` to the thing `kind` `ref`.

    `note` holds no personal data of a patient: the journal is never erased.
    """
    actor, role = (by.actor_id, str(by.role)) if by else (None, "system")
    db.session.add(
        Entry(
            at=now(), actor=actor, actor_role=role, verb=verb, subject_kind=kind, subject_ref=ref, note=note
        )
    )
