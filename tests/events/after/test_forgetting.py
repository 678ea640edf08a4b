"""What is forgotten after a date, and when."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from sqlalchemy import select

from engage.core.db import db
from engage.events.after import actions, commands
from engage.events.after.models import Face, Feedback
from engage.events.models import Occurrence
from engage.events.signing import commands as lists
from engage.events.signing import queries as signing
from engage.journal.models import Entry
from tests.events.after.conftest import over


def answered() -> Occurrence:
    date = over()
    actions.answer(date, face=Face.GOOD, words="Très clair.", submission_key="a form")
    db.session.commit()
    return date


def kept() -> tuple[str | None, bool]:
    """The words, and whether the form that brought them can still be told."""
    (one,) = db.session.scalars(select(Feedback).execution_options(populate_existing=True))
    return one.words, one.submission_digest is not None


def test_forms_are_forgotten_once_nobody_can_answer(session: None) -> None:
    date = answered()
    with time_machine.travel(date.ends_at + timedelta(days=13)):
        commands.forget_answers()
        assert kept() == ("Très clair.", True)
    with time_machine.travel(date.ends_at + timedelta(days=14, hours=1)):
        commands.forget_answers()
        assert kept() == ("Très clair.", False)


def test_words_go_with_the_list_and_faces_stay(session: None) -> None:
    date = answered()
    with time_machine.travel(date.ends_at + timedelta(days=180)):
        assert commands.forget_answers() == 0
    with time_machine.travel(date.ends_at + timedelta(days=185)):
        assert commands.forget_answers() == 1
        assert commands.forget_answers() == 0
    assert kept() == (None, False)
    assert db.session.scalars(select(Feedback.face)).all() == [Face.GOOD]
    verbs = select(Entry.subject_ref).filter_by(verb="feedback erased")
    assert db.session.scalars(verbs).all() == [date.code]


def test_who_is_forgotten_agrees_to_nothing(session: None) -> None:
    date = over(people=2)
    for one in signing.guests(date):
        one.agrees_to_photos = True
    db.session.commit()
    with time_machine.travel(date.ends_at + timedelta(days=185)):
        commands.forget_answers()
        assert [one.agrees_to_photos for one in signing.guests(date)] == [True, True]
        lists.forget_lists()
        commands.forget_answers()
        db.session.expire_all()
        assert [one.agrees_to_photos for one in signing.guests(date)] == [False, False]
