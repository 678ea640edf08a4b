"""Invitations that still open."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select

from engage.accounts.models import Invitation
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db


def plain(code: str) -> str:
    """A code as it was made, whatever the case and spaces it was copied with."""
    return "".join(sign for sign in code.upper() if sign in keys.ALPHABET)


def digest(code: str) -> str:
    return keys.digest("invitation", plain(code))


def by_code(code: str) -> Invitation | None:
    found = select(Invitation).where(Invitation.code_digest == digest(code), Invitation.expires_at > now())
    return db.session.scalars(found).one_or_none()


def by_id(invitation_id: int) -> Invitation | None:
    found = select(Invitation).where(Invitation.id == invitation_id, Invitation.expires_at > now())
    return db.session.scalars(found).one_or_none()


def get(invitation_id: int) -> Invitation:
    """An open invitation, else 404."""
    return by_id(invitation_id) or abort(404)


def all_open() -> list[Invitation]:
    """Those nobody has used yet, the latest first."""
    found = select(Invitation).where(Invitation.expires_at > now())
    return list(db.session.scalars(found.order_by(Invitation.created_at.desc(), Invitation.id.desc())))
