"""For whom something was brought is kept until they were told and it is over, and some months more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from engage.core.clock import now
from engage.core.db import db
from engage.events.joining.models import Member
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.groups.calling.models import Application, ApplicationState
from engage.ideas.models import Idea
from engage.involvement.models import Carried
from engage.outbox.models import SENT_BY_US, Message, State
from engage.relaying.queries import APPLICATION, IDEA, MEMBER, SIGN_UP

LONGEST = timedelta(days=730)


def over(before: datetime, limit: int) -> Iterable[Carried]:
    """What was over and last spoken of before this, and still says for whom it was; the oldest first."""
    rows = select(Carried).where(Carried.person.is_not(None), Carried.carried_at < before)
    settled = rows.where(~_is_open(before), ~_is_told_since(before))
    return db.session.scalars(settled.order_by(Carried.id).limit(limit)).all()


def _is_open(before: datetime) -> ColumnElement[bool]:
    """Something may still come of it: an idea not closed so long, a date not past so long.

    An idea that nobody ever closes is over when `LONGEST` has passed since it was brought.
    """
    ideas: Select[int] = select(Idea.id).where(Idea.code == Carried.ref)
    idea = ideas.where(
        or_(and_(Idea.closed_at.is_(None), Carried.carried_at >= now() - LONGEST), Idea.closed_at >= before)
    )
    coming = select(SignUp.id).join(SignUp.occurrence).where(SignUp.code == Carried.ref)
    date = coming.where(Occurrence.ends_at >= before)
    members = select(Member.id).where(Member.code == Carried.ref)
    member = members.where(or_(Member.left_at.is_(None), Member.left_at >= before))
    is_waiting = Application.state == ApplicationState.RECEIVED
    asked = select(Application.id).where(Application.code == Carried.ref)
    application = asked.where(or_(is_waiting, Application.answered_at >= before))
    return or_(
        and_(Carried.kind == IDEA, exists(idea)),
        and_(Carried.kind == SIGN_UP, exists(date)),
        and_(Carried.kind == MEMBER, exists(member)),
        and_(Carried.kind == APPLICATION, exists(application)),
    )


def _is_told_since(before: datetime) -> ColumnElement[bool]:
    """It is still to be told, or was told not so long ago."""
    about = select(Message.id).where(Message.about_kind == Carried.kind, Message.about_ref == Carried.ref)
    by_hand = and_(Message.state == State.WAITING, Message.channel.not_in(SENT_BY_US))
    return exists(about.where(or_(by_hand, Message.told_at >= before)))
