"""A person takes away what the team wrote about them; the journal says to the team that they did."""

from __future__ import annotations

from engage.core.db import db
from engage.involvement.models import NextStep, PathwayNote, Person, StageChange
from engage.involvement.telling import KIND
from engage.journal import actions as journal


def erase_note(person: Person, note: PathwayNote) -> None:
    db.session.delete(note)
    _tell("note erased by them", person)


def erase_step(person: Person, step: NextStep) -> None:
    db.session.delete(step)
    _tell("next step erased by them", person)


def erase_words(person: Person, change: StageChange) -> None:
    """The stage and its day stay; why, as somebody wrote it, does not."""
    change.words = None
    _tell("stage words erased by them", person)


def _tell(verb: str, person: Person) -> None:
    journal.record(verb, KIND, person.code, by=person.account)
