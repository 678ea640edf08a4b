"""What waits for the team, in figures; each thing is counted by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select

from engage.centre.models import Complaint
from engage.centre.queries import centre_today
from engage.commitments.models import Commitment
from engage.commitments.models import State as CommitmentState
from engage.core.cache import remember
from engage.core.clock import ago
from engage.core.db import db
from engage.core.tenths import of_ten
from engage.events.models import Occurrence
from engage.events.planning.queries import asking
from engage.groups.belonging.queries import is_asking as group_is_asking
from engage.groups.calling.applying.queries import waiting as to_be_answered
from engage.groups.calling.models import Application
from engage.groups.deciding.models import Decision
from engage.groups.deciding.queries import to_look_at
from engage.groups.digest.posting import queries as posting
from engage.groups.minutes.models import Task
from engage.groups.minutes.queries import late
from engage.groups.models import Group
from engage.groups.partnering.models import Expense, ExpenseState
from engage.ideas.models import Batch, Idea, Publication
from engage.ideas.moderation.listing import to_answer, waiting
from engage.ideas.timeline.promise import promise
from engage.intake.models import Door
from engage.involvement.models import Person
from engage.involvement.pathway import queries as pathway
from engage.outbox import queries as outbox
from engage.outbox.models import Message
from engage.pages.models import Page
from engage.pages.rounds.models import ReadingRound
from engage.pages.rounds.queries import to_close
from engage.pages.writing.queries import to_read_again
from engage.surveys.answering.models import Wave
from engage.surveys.answering.queries import unpublished

YEAR_DAYS = 365
BY_HAND = (Door.PAPER, Door.PHONE, Door.RECEPTION)
SOON_DAYS = 3


_UNREAD = (Complaint.read_at.is_(None), Complaint.closed_at.is_(None))


def _how_many(model: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(model).where(*conditions).scalar_subquery()


def late_commitments() -> ColumnElement[bool]:
    """Open, and due within three days or late."""
    open_ones = Commitment.state.in_((CommitmentState.PLANNED, CommitmentState.UNDER_WAY))
    return and_(open_ones, Commitment.due_on <= centre_today() + timedelta(days=SOON_DAYS))


def _how_many_people(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count(outbox.person().distinct())).where(*conditions).scalar_subquery()


def counts() -> dict[str, int]:
    """How much waits behind each way of the desk: one query."""
    row = db.session.execute(
        select(
            _how_many(Idea, waiting()).label("ideas"),
            _how_many(Commitment, late_commitments()).label("commitments"),
            _how_many_people(outbox.by_hand()).label("people"),
            _how_many(Message, outbox.failed()).label("mails"),
            _how_many_people(or_(outbox.by_hand(), outbox.failed())).label("calls"),
            _how_many(Batch, Batch.closed_at.is_(None)).label("batches"),
            _how_many(Wave, unpublished()).label("waves"),
            _how_many(Occurrence, asking()).label("dates"),
            _how_many(Expense, Expense.state == ExpenseState.CLAIMED).label("expenses"),
            _how_many(Person, pathway.waiting()).label("pathway"),
            _how_many(Group, group_is_asking()).label("groups"),
            _how_many(Decision, to_look_at()).label("reviews"),
            _how_many(Task, late()).label("late tasks"),
            _how_many(Application, to_be_answered()).label("applications"),
            posting.how_many().label("papers"),
            _how_many(Page, to_read_again()).label("pages"),
            _how_many(ReadingRound, to_close()).label("rounds"),
            _how_many(Complaint, *_UNREAD).label("complaints"),
        )
    ).one()
    return {name: int(value) for name, value in row._mapping.items()}


@dataclass(frozen=True)
class Figures:
    """The counts under the day: median delay, kept promises, what waits for an answer, who came by hand."""

    median_days: float | None
    in_time: int
    due: int
    waiting: int
    by_hand: int
    received: int

    @property
    def came_by_hand(self) -> tuple[int, int]:
        """How many ideas came by paper, phone or reception, and of how many."""
        return of_ten(self.by_hand, self.received)


def figures() -> Figures:
    """Doors and delays over 12 months; the promise is the one that the public page shows."""
    kept = remember("promise", promise, seconds=60)
    here = and_(Idea.import_digest.is_(None), Idea.publication != Publication.WITHDRAWN)
    since = and_(Idea.received_at >= ago(days=YEAR_DAYS), here)
    row = db.session.execute(
        select(
            _how_many(Idea, to_answer()),
            _how_many(Idea, since, Idea.door.in_(BY_HAND)),
            _how_many(Idea, since),
        )
    ).one()
    return Figures(kept.median_days, kept.in_time, kept.due, *row)
