"""Which papers wait to be printed and posted, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union,
)

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import ago, now
from engage.core.db import db
from engage.groups.meeting.models import Meeting
from engage.groups.minutes.models import Minutes, MinutesState
from engage.groups.models import Group, Membership, MembershipPause, MembershipWish
from engage.involvement.models import Person
from engage.outbox.models import Message, State

AHEAD = timedelta(days=14)
BACK_DAYS = 60


class PaperKind(StrEnum):
    AGENDA = "agenda"
    MINUTES = "minutes"


class Paper(NamedTuple):
    """A paper for somebody; `key` is the same however often it is asked for."""

    key: str
    kind: PaperKind
    meeting: Meeting
    group: Group


class Letter(NamedTuple):
    """One envelope: all that waits for one person."""

    account: Account
    address: str | None
    papers: list[Paper]


def letters() -> list[Letter]:
    """Everybody who lives by paper and has something to read, by name."""
    found: dict[int, Letter] = {}
    for kind, rows in ((PaperKind.AGENDA, _agendas()), (PaperKind.MINUTES, _minutes())):
        for account, address, meeting, group, key in db.session.execute(rows):
            letter = found.setdefault(account.id, Letter(account, address, []))
            letter.papers.append(Paper(key, kind, meeting, group))
    return sorted(found.values(), key=lambda letter: (letter.account.full_name, letter.account.id))


def how_many() -> ScalarSelect[int]:
    """How many people wait for papers, as a part of a query."""
    asked = [rows.order_by(None).with_only_columns(Account.id) for rows in (_agendas(), _minutes())]
    people = union(*asked)
    return select(func.count()).select_from(people.subquery()).scalar_subquery()


def _agendas() -> Select[Account, str | None, Meeting, Group, str]:
    """Of meetings to come: as soon as the agenda is closed, at the latest two weeks before."""
    coming = and_(Meeting.cancelled_at.is_(None), Meeting.starts_at > now())
    ready = or_(Meeting.agenda_closed_at.is_not(None), Meeting.starts_at < now() + AHEAD)
    return _waiting(PaperKind.AGENDA).where(coming, ready)


def _minutes() -> Select[Account, str | None, Meeting, Group, str]:
    """Those that were shared lately, since the person belongs to the group."""
    rows = _waiting(PaperKind.MINUTES).join(Minutes, Minutes.meeting_id == Meeting.id)
    shared = and_(Minutes.state != MinutesState.DRAFT, Minutes.shared_at > ago(days=BACK_DAYS))
    return rows.where(shared, Minutes.shared_at >= Membership.begun_at)


def _waiting(kind: PaperKind) -> Select[Account, str | None, Meeting, Group, str]:
    key = literal("post ") + cast(Account.actor_id, String) + literal(f" {kind} ") + Meeting.code
    posted = and_(Message.key == key, Message.state == State.TOLD)
    rows = (
        select(Account, MembershipWish.address, Meeting, Group, key)
        .join(Membership, Membership.account_id == Account.id)
        .join(Group, Group.id == Membership.group_id)
        .join(Meeting, Meeting.group_id == Group.id)
        .outerjoin(MembershipWish, MembershipWish.membership_id == Membership.id)
        .outerjoin(Message, posted)
    )
    theirs = and_(Membership.ended_at.is_(None), Account.ended_at.is_(None), Group.closed_at.is_(None))
    by_paper = or_(MembershipWish.wants_post, Account.email.is_(None))
    here = rows.where(theirs, by_paper, Message.id.is_(None), ~_paused())
    return here.order_by(Meeting.starts_at, Meeting.id)


def _paused() -> ColumnElement[bool]:
    """In this group, or altogether."""
    today = centre_today()
    lasts = or_(MembershipPause.until.is_(None), MembershipPause.until > today)
    here = exists().where(
        MembershipPause.membership_id == Membership.id, MembershipPause.ended_at.is_(None), lasts
    )
    return or_(here, exists().where(Person.account_id == Account.id, Person.paused_until > today))


def message(key: str) -> Message | None:
    return db.session.scalars(select(Message).where(Message.key == key)).one_or_none()


def waiting(keys: Sequence[str]) -> list[tuple[Letter, Paper]]:
    """Those of these papers that still wait."""
    return [(letter, paper) for letter in letters() for paper in letter.papers if paper.key in keys]
