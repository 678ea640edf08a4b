"""What the team does next with somebody, and what it writes down about taking part."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.involvement import seeing
from engage.involvement.models import NextStep, PathwayNote, Person
from engage.involvement.pathway import health, queries
from engage.involvement.telling import KIND
from engage.journal import actions as journal


def look(verb: str, ref: str, *, by: Account) -> None:
    """Note that `by` reads this today; a second look of the day is the same one."""
    if not queries.has_looked(by, verb, ref):
        journal.record(verb, KIND, ref, by=by)


def plan(person: Person, *, words: str, due_on: date, owner_id: int | None, by: Account) -> NextStep:
    """What is done next. Raises Refused while something else is open: one thing at a time."""
    if health.about_somebody(words):
        raise Refused(_("These words speak of somebody’s health. Please take them away."))
    planned = {"words": words, "due_on": due_on, "owner_id": owner_id, "made_at": now(), "done_at": None}
    step = insert_once(NextStep, person_id=person.id, **planned)
    if step is None:
        raise Refused(_("Something is planned already with this person. Say first that it is done."))
    flag_modified(person, "stage")  # as below
    journal.record("next step planned", KIND, person.code, by=by)
    return step


def replan(
    step: NextStep,
    *,
    words: str,
    due_on: date,
    owner_id: int | None,
    by: Account,
    person: Person,
    seen: int | None = None,
) -> None:
    """Another day, another way or somebody else. Raises Refused once it is done, or another one is planned.

    `seen`: the version of the person that was on the screen.
    """
    seeing.still(person, seen)
    if health.about_somebody(words):
        raise Refused(_("These words speak of somebody’s health. Please take them away."))
    if step.done_at is not None:
        raise Refused(_("This step is done already."))
    step.words, step.due_on, step.owner_id = words, due_on, owner_id
    flag_modified(person, "stage")  # a new version of the person: who has an older one on the screen is told
    journal.record("next step changed", KIND, person.code, by=by)


def finish(step: NextStep, *, by: Account, person: Person) -> None:
    """It is done. Twice is once."""
    if step.done_at is None:
        step.done_at = now()
        db.session.flush()
        journal.record("next step done", KIND, person.code, by=by)


def note(person: Person, *, words: str, reason: str, by: Account) -> PathwayNote:
    """Kept with health words removed, or with the reason to keep them. Raises Refused otherwise."""
    speaks = bool(health.about_somebody(words))
    if speaks and not reason:
        raise Refused(_("These words speak of somebody’s health. Take them away, or say why they must stay."))
    kept = {"words": words, "reason": reason if speaks else None}
    row = PathwayNote(person_id=person.id, at=now(), by_id=by.id, **kept)
    db.session.add(row)
    db.session.flush()
    journal.record("note written", KIND, person.code, by=by)
    return row


def take_back(row: PathwayNote, *, by: Account, person: Person) -> None:
    db.session.delete(row)
    journal.record("note taken back", KIND, person.code, by=by)
