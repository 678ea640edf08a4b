"""Saying how a date was, and what the team does with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from engage.core import keys
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.after import feedback, queries
from engage.events.after.models import Face, Feedback, Shown
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.journal import actions as journal


def answer(occurrence: Occurrence, *, face: Face, words: str, submission_key: str) -> None:
    """Keep it without person or time; sent again, it is kept once.

    Raises Refused when it is not the time, or when more answers came than people.
    """
    if not feedback.is_open(occurrence):
        raise Refused(_("It is too early or too late to say how this date was."))
    sent = keys.digest("event feedback", submission_key)
    db.session.scalars(select(Occurrence.id).filter_by(id=occurrence.id).with_for_update()).one()
    if db.session.scalars(select(Feedback.id).filter_by(submission_digest=sent)).one_or_none():
        return
    if queries.is_full_of_answers(occurrence):
        raise Refused(_("As many people have answered as came: no more answers are taken. You may call us."))
    said = {"face": face, "words": words or None, "state": Shown.UNREAD}
    insert_once(Feedback, occurrence_id=occurrence.id, submission_digest=sent, **said)


def forget_forms() -> int:
    """When nobody can answer any more, nothing remembers which forms were sent; of how many."""
    over = select(Occurrence.id).where(Occurrence.ends_at < now() - feedback.LASTS)
    kept = update(Feedback).where(Feedback.submission_digest.is_not(None), Feedback.occurrence_id.in_(over))
    return db.session.connection().execute(kept.values(submission_digest=None)).rowcount


def forget_words(before: datetime) -> int:
    """Erase what was written about dates that ended before; the faces stay. Of how many dates."""
    dates = queries.with_words(before)
    for date in dates:
        erased = update(Feedback).where(Feedback.occurrence_id == date.id)
        db.session.execute(erased.values(words=None))
        journal.record("feedback erased", "occurrence", date.code, by=None)
    return len(dates)


def forget_agreements() -> int:
    """Who is forgotten agrees to nothing any more; of how many sign-ups."""
    nameless = update(SignUp).where(SignUp.name.is_(None), SignUp.agrees_to_photos.is_(True))
    return db.session.connection().execute(nameless.values(agrees_to_photos=False)).rowcount
