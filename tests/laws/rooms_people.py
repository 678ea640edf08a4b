"""Somebody on the way, so that each of their addresses leads somewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.involvement import queries, sealed
from engage.involvement.models import NextStep, PathwayNote
from tests.involvement.people import met


def held(_number: int, owner: Account) -> dict[tuple[str, str], Any]:
    person = met("Amina Benali")
    first = queries.history(person)[0][0]
    note = PathwayNote(person_id=person.id, at=now(), by_id=owner.id, words="Préfère le soir.")
    due = centre_today() + timedelta(days=3)
    step = NextStep(person_id=person.id, words="Appeler", due_on=due, owner_id=owner.id, made_at=now())
    db.session.add_all([note, step])
    db.session.flush()
    return {
        ("participation", "code"): person.code,
        ("participation", "given"): sealed.seal(person),
        ("participation", "note_id"): note.id,
        ("participation", "step_id"): step.id,
        ("participation", "change_id"): first.id,
        ("pathway_desk", "code"): person.code,
        ("pathway_deeds", "code"): person.code,
        ("pathway_deeds", "note_id"): note.id,
    }
