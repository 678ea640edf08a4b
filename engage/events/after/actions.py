"""Saying how a date was, and what the team does with it."""

from __future__ import annotations

from sqlalchemy import select

from engage.core import keys
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.after import feedback, queries
from engage.events.after.models import Face, Feedback, Shown
from engage.events.models import Occurrence


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
