"""What a date gave: who came, how people found it, its pictures, its commitments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from flask import abort
from sqlalchemy import case, func, select
from sqlalchemy.orm import contains_eager

from engage.commitments.models import Commitment
from engage.core.cache import remember
from engage.core.db import db
from engage.events.after.feedback import LEAST
from engage.events.after.models import EventCommitment, EventPhoto, Face, Feedback, Shown
from engage.events.kinds import CAME, HOLDING, EventState, SigningUp, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.signing.models import SignUp
from engage.uploads.models import Upload

WITH_A_PLACE = (*HOLDING, *CAME, SignUpState.EXCUSED, SignUpState.ABSENT)
UNCOUNTED = 100
"""As many answers are taken where people may just come, until they are counted."""


def is_full_of_answers(occurrence: Occurrence) -> bool:
    """As many answers as there were people who came or had a place."""
    given = select(func.count()).where(Feedback.occurrence_id == occurrence.id)
    people = select(func.coalesce(func.sum(SignUp.party), 0)).where(
        SignUp.occurrence_id == occurrence.id, SignUp.state.in_(WITH_A_PLACE)
    )
    answers, signed = db.session.execute(select(given.scalar_subquery(), people.scalar_subquery())).one()
    is_counted = occurrence.day_closed_at is not None or occurrence.event.signing_up is SigningUp.REQUIRED
    return bool(answers >= max(signed, occurrence.head_count or 0, 0 if is_counted else UNCOUNTED))


def with_words(before: datetime) -> Sequence[Occurrence]:
    """Dates that ended before this moment and of which somebody's words are still kept."""
    said = select(Feedback.occurrence_id).where(Feedback.words.is_not(None))
    rows = select(Occurrence).where(Occurrence.ends_at < before, Occurrence.id.in_(said))
    return db.session.scalars(rows.order_by(Occurrence.id)).all()


def with_unread() -> Sequence[tuple[Occurrence, int]]:
    """Dates about which somebody wrote what nobody has read yet, and how many did; the oldest first."""
    unread = select(Feedback.occurrence_id, func.count().label("number")).where(
        Feedback.state == Shown.UNREAD, Feedback.words.is_not(None)
    )
    per = unread.group_by(Feedback.occurrence_id).subquery()
    rows = select(Occurrence, per.c.number).join(per, per.c.occurrence_id == Occurrence.id)
    whole = rows.join(Occurrence.event).options(contains_eager(Occurrence.event).defer(Event.online_link))
    found = db.session.execute(whole.order_by(Occurrence.starts_at, Occurrence.id))
    return [(date, number) for date, number in found]


def answers(occurrence_id: int) -> Sequence[Feedback]:
    """All of a date, in an order that tells nothing: that of their random ids."""
    rows = select(Feedback).filter_by(occurrence_id=occurrence_id)
    return db.session.scalars(rows.order_by(Feedback.id)).all()


def faces(given: Sequence[Feedback]) -> dict[Face, int] | None:
    """How many chose each face; None for so few answers that somebody could be guessed."""
    if len(given) < LEAST:
        return None
    chosen = Counter(one.face for one in given)
    return {face: chosen[face] for face in Face}


def feedback(occurrence: Occurrence, feedback_id: UUID) -> Feedback:
    """One of this date, with words. Aborts with 404."""
    rows = select(Feedback).filter_by(occurrence_id=occurrence.id, id=feedback_id)
    return db.session.scalars(rows.where(Feedback.words.is_not(None))).one_or_none() or abort(404)


class Attendance(NamedTuple):
    """Of a date, by state: how many sign-ups and how many people; how many who came agree to photos."""

    parties: dict[SignUpState, int]
    people: dict[SignUpState, int]
    agree: int

    @property
    def signed_up(self) -> int:
        """People who had a place when it began."""
        return sum(self.people[state] for state in WITH_A_PLACE if state is not SignUpState.WALK_IN)

    @property
    def came(self) -> int:
        return sum(self.people[state] for state in CAME)

    @property
    def parties_that_came(self) -> int:
        return sum(self.parties[state] for state in CAME)

    @property
    def no_show(self) -> tuple[int, int] | None:
        """Sign-ups that did not come without a word, of those expected; None where it means nothing."""
        if self.parties[SignUpState.CONFIRMED]:
            return None
        absent = self.parties[SignUpState.ABSENT]
        expected = self.parties[SignUpState.ATTENDED] + absent
        return (absent, expected) if expected >= LEAST else None


def attendance(occurrence: Occurrence) -> Attendance:
    agrees = case((SignUp.agrees_to_photos.is_(True) & SignUp.state.in_(CAME), 1), else_=0)
    here = SignUp.occurrence_id == occurrence.id
    rows = select(SignUp.state, func.count(), func.sum(SignUp.party), func.sum(agrees))
    found = db.session.execute(rows.where(here).group_by(SignUp.state)).all()
    parties, people = dict.fromkeys(SignUpState, 0), dict.fromkeys(SignUpState, 0)
    for state, number, party, _agree in found:
        parties[state], people[state] = number, party
    return Attendance(parties, people, sum(agree for *_rest, agree in found))


def without_agreement(occurrence: Occurrence) -> Sequence[SignUp]:
    """Who came, or has a place, and did not agree to pictures."""
    rows = select(SignUp).filter_by(occurrence_id=occurrence.id, agrees_to_photos=False)
    there = (SignUpState.CONFIRMED, *CAME)
    return db.session.scalars(rows.where(SignUp.state.in_(there)).order_by(SignUp.id)).all()


def photos(occurrence_id: int) -> Sequence[EventPhoto]:
    rows = select(EventPhoto).filter_by(occurrence_id=occurrence_id).join(EventPhoto.upload)
    return db.session.scalars(rows.options(contains_eager(EventPhoto.upload)).order_by(EventPhoto.id)).all()


def photo(code: str, name: str) -> EventPhoto | None:
    """The picture of this name that was taken on the date `code`, whatever the state of its event."""
    rows = select(EventPhoto).join(EventPhoto.upload).options(contains_eager(EventPhoto.upload))
    taken = rows.join(Occurrence, Occurrence.id == EventPhoto.occurrence_id).where(Occurrence.code == code)
    return db.session.scalars(taken.where(Upload.name == name)).one_or_none()


def is_seen(code: str) -> bool:
    """Whether everybody may see the date of this code."""
    rows = select(Occurrence.id).join(Occurrence.event).where(Occurrence.code == code)
    return db.session.scalars(rows.where(Event.state != EventState.DRAFT)).first() is not None


def commitments(occurrence_id: int) -> Sequence[Commitment]:
    """What the centre promised after this date, the nearest promise first."""
    tied = select(EventCommitment.commitment_id).filter_by(occurrence_id=occurrence_id)
    rows = select(Commitment).where(Commitment.id.in_(tied))
    return db.session.scalars(rows.order_by(Commitment.due_on, Commitment.id)).all()


class Picture(NamedTuple):
    """One picture, as a page shows it."""

    name: str
    alt: str
    width: int
    height: int


class Result(NamedTuple):
    """What everybody reads of a date that is over; `faces` None: too few answers."""

    answers: int
    faces: dict[Face, int] | None
    words: tuple[str, ...]
    minutes: str
    pictures: tuple[Picture, ...]
    commitments: tuple[tuple[str, str], ...]

    @property
    def least(self) -> int:
        """From so many answers on, people read how it was."""
        return LEAST

    @property
    def says_something(self) -> bool:
        return bool(self.answers or self.minutes or self.pictures or self.commitments)


def result(occurrence_id: int) -> Result:
    """Kept for some seconds."""
    return remember(("event result", occurrence_id), lambda: _result(occurrence_id))


def _result(occurrence_id: int) -> Result:
    given = answers(occurrence_id)
    shown = faces(given)
    read = tuple(one.words for one in given if one.state is Shown.SHOWN and one.words) if shown else ()
    taken = [one.upload for one in photos(occurrence_id)]
    return Result(
        answers=len(given),
        faces=shown,
        words=read,
        minutes=db.session.scalars(select(Occurrence.minutes_words).filter_by(id=occurrence_id)).one(),
        pictures=tuple(Picture(one.name, one.alt, one.width, one.height) for one in taken),
        commitments=tuple((one.code, one.title) for one in commitments(occurrence_id)),
    )
