"""What a relay brought, how far it is, and what they still have to bring back; nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import abort, url_for
from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.events.joining.models import Member
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.events.words import STATES
from engage.groups.calling.models import Application
from engage.ideas.models import Idea, Publication
from engage.ideas.timeline import queries as timeline
from engage.involvement.carrying import queries as carrying
from engage.involvement.models import Carried
from engage.outbox.actions import address_digest
from engage.outbox.models import SENT_BY_US, Channel, Message, State
from engage.relaying.words import APPLICATIONS

IDEA, SIGN_UP, MEMBER, APPLICATION = "idea", "sign-up", "member", "application"
LATELY = timedelta(days=7)


class Brought(NamedTuple):
    """One thing that a relay brought, for whom, and how far it is; `url` if everybody may read it."""

    person: str
    title: str
    status: str
    at: datetime
    url: str
    icon: str


class Telling(NamedTuple):
    """Words to bring back to somebody; `told_at` when it was done."""

    message: Message
    person: str

    @property
    def told_at(self) -> datetime | None:
        return self.message.told_at


def brought(carried: Sequence[Carried]) -> list[Brought]:
    """What became of each of these things, the newest first."""
    found = {
        **_ideas(_refs(carried, IDEA)),
        **_sign_ups(_refs(carried, SIGN_UP)),
        **_members(_refs(carried, MEMBER)),
        **_applications(_refs(carried, APPLICATION)),
    }
    return [
        Brought(
            one.person or "", *found[one.kind, one.ref][:2], one.carried_at, *found[one.kind, one.ref][2:]
        )
        for one in carried
        if (one.kind, one.ref) in found
    ]


def _refs(carried: Iterable[Carried], kind: str) -> list[str]:
    return [one.ref for one in carried if one.kind == kind]


Told = tuple[str, str, str, str]


def _ideas(codes: list[str]) -> dict[tuple[str, str], Told]:
    rows = db.session.scalars(select(Idea).where(Idea.code.in_(codes))) if codes else ()
    return {(IDEA, idea.code): _idea(idea) for idea in rows}


def _idea(idea: Idea) -> Told:
    is_settled = idea.publication in {Publication.REFUSED, Publication.WITHDRAWN, Publication.MERGED}
    said = timeline.publication_sentence(idea.publication)
    status = said if is_settled else timeline.progress_sentence(idea.progress)
    return idea.shown_title, status, url_for("ideas.show", code=idea.code) if idea.is_public else "", "idea"


def _sign_ups(codes: list[str]) -> dict[tuple[str, str], Told]:
    dated = joinedload(SignUp.occurrence).joinedload(Occurrence.event)
    rows = db.session.scalars(select(SignUp).where(SignUp.code.in_(codes)).options(dated)) if codes else ()
    return {(SIGN_UP, one.code): _sign_up(one) for one in rows}


def _sign_up(one: SignUp) -> Told:
    date = one.occurrence
    status = _("The date is cancelled.") if date.is_cancelled else str(STATES[one.state])
    return date.event.title, status, url_for("events.show", code=date.code), "event"


def _members(codes: list[str]) -> dict[tuple[str, str], Told]:
    """Who comes to each date of a walk or a workshop, signed up once for all."""
    rows = select(Member).where(Member.code.in_(codes)).options(joinedload(Member.event))
    found = db.session.scalars(rows) if codes else ()
    return {
        (MEMBER, one.code): (
            one.event.title,
            _("Has left.") if one.left_at else _("Comes each time."),
            "",
            "walk",
        )
        for one in found
    }


def _applications(codes: list[str]) -> dict[tuple[str, str], Told]:
    """To a call, or straight to a group."""
    to = (joinedload(Application.call), joinedload(Application.group))
    rows = select(Application).where(Application.code.in_(codes)).options(*to)
    found = db.session.scalars(rows) if codes else ()
    return {(APPLICATION, one.code): _application(one) for one in found}


def _application(one: Application) -> Told:
    title = one.call.title if one.call else one.group.name if one.group else ""
    return title, str(APPLICATIONS[one.state]), "", "people"


def tellings(carried: Sequence[Carried]) -> list[Telling]:
    """What a human has to tell the people of these things, and what was told lately; the oldest first.

    Only what has no other way to its reader: who left a number or an address hears from the team.
    """
    lately = and_(Message.state == State.TOLD, Message.told_at > now() - LATELY)
    wanted = _to(carried).where(or_(Message.state == State.WAITING, lately))
    return _named(db.session.scalars(wanted.order_by(Message.created_at, Message.id)), carried)


def telling(code: str, relay: Account) -> Message:
    """One of them, locked. Aborts with 404 for what is said to others."""
    theirs = _to(carrying.of_relay(relay)).where(Message.code == code)
    return db.session.scalars(theirs.with_for_update()).one_or_none() or abort(404)


def _to(carried: Sequence[Carried]) -> Select[Message]:
    return select(Message).where(
        Message.channel.not_in(SENT_BY_US), Message.address.is_(None), _about(carried)
    )


def _about(carried: Sequence[Carried]) -> ColumnElement[bool]:
    """An idea is told to whoever supports it too: only its author is known by the code of the idea."""
    others = [(one.kind, one.ref) for one in carried if one.kind != IDEA] + _dates_of(_refs(carried, MEMBER))
    authors = [_author(one) for one in carried if one.kind == IDEA]
    return or_(tuple_(Message.about_kind, Message.about_ref).in_(others), Message.address_digest.in_(authors))


def _dates_of(members: list[str]) -> list[tuple[str, str]]:
    """The sign-ups that these members of groups have for each date."""
    theirs = [SignUp.submission_key.startswith(f"{MEMBER} {code} ") for code in members]
    rows = db.session.scalars(select(SignUp.code).where(or_(*theirs))) if members else ()
    return [(SIGN_UP, code) for code in rows]


def _author(carried: Carried) -> str | None:
    return address_digest(Channel.RECEPTION, f"idea {carried.ref}")


def _named(messages: Iterable[Message], carried: Sequence[Carried]) -> list[Telling]:
    """With whom each is for, as the relay knows them; for a date of a walk, as they were signed up."""
    authors = {_author(one): one.person for one in carried if one.kind == IDEA}
    others = {(one.kind, one.ref): one.person for one in carried}
    return [Telling(one, _known(one, authors, others) or one.person or "") for one in messages]


def _known(
    message: Message, authors: dict[str | None, str | None], others: dict[tuple[str, str], str | None]
) -> str | None:
    return authors.get(message.address_digest) or others.get((message.about_kind, message.about_ref))
