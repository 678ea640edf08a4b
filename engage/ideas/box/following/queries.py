"""What an author has already said, and what waits to be told to them."""

from __future__ import annotations

from sqlalchemy import func, select

from engage.core.db import db
from engage.ideas.models import Idea, Merge, Step, Support
from engage.outbox.models import Message, State


def said(submission_key: str) -> bool:
    """Whether this form was already sent."""
    return db.session.scalars(select(Step.id).filter_by(submission_key=submission_key)).first() is not None


def waiting_for(idea: Idea) -> list[Message]:
    """Messages about the idea that wait for its author at the address as it is now."""
    about = select(Message).where(
        Message.about_kind == "idea", Message.about_ref == idea.code, Message.state == State.WAITING
    )
    return [message for message in db.session.scalars(about) if message.address == idea.contact]


def merges_into(idea: Idea) -> list[Merge]:
    """The ideas that joined this one, still."""
    return list(
        db.session.scalars(select(Merge).where(Merge.target_id == idea.id, Merge.undone_at.is_(None)))
    )


def count_supports(idea: Idea) -> int:
    return db.session.scalars(select(func.count()).select_from(Support).filter_by(idea_id=idea.id)).one()
