"""What an author has already said, and what waits to be told to them."""

from __future__ import annotations

from sqlalchemy import select

from engage.core.db import db
from engage.ideas.models import Idea, Step
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
