"""Whatever strangers send to an open door of events: told plainly, never half-written, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage.core.clock import now
from engage.core.db import db
from engage.events import queries as events
from engage.events import sealed
from engage.events.after.models import Feedback
from engage.events.after.queries import UNCOUNTED
from engage.events.agenda.forms import NAME_LENGTH
from engage.events.joining.models import Member
from engage.events.signing.models import SignUp
from tests.browser import Visitor
from tests.events.agenda.test_reading import planned
from tests.events.signing.people import signed
from tests.page import check

BAD = ("\x00" * 30, "x" * 100_000, "-1", "\u202e\ufdfa" * 50, "é' OR 1=1 --", "99999999999999999999", "[]")


@pytest.fixture
def places(app: Flask) -> dict[str, list[str]]:
    """Every address that takes what strangers type, with the fields it asks."""
    group = planned(app, is_joined_once=True)
    past = planned(app, days=0, on_closes_at=now() + timedelta(minutes=30))
    with app.test_request_context("/", method="POST"):
        mine = signed(events.get_occurrence(past), "Amina").code
        opinion = f"/evenements/avis/{past}/{sealed.feedback_seal(past)}"
        seal = sealed.seal(mine)
    party = ["needs", "needs_words", "role_1", "name_1", "role_9", "photos", "slots"]
    who = ["name", "reply", "email", "phone", "reminder", "submission_key", "website"]
    return {
        opinion: ["face", "words", "submission_key", "website"],
        f"/evenements/{group}/inscription": [*who, *party],
        f"/evenements/{group}/groupe": [*who, *party],
        f"/evenements/inscription/{mine}/ouvrir/{seal}": ["website"],
        f"/accueil/{past}/ouvrir": ["ticket", "submission_key"],
        f"/accueil/{past}": ["came", "undone", "party", "walk_in", "count", "end"],
    }


GOOD = {"name": "Léa", "reply": "mail", "email": "lea@exemple.fr", "face": "good"}


def attempts(fields: list[str]) -> Iterator[dict[str, Any]]:
    yield {}
    for bad in BAD:
        yield dict.fromkeys(fields, bad)
        for field in fields:
            yield {**{name: GOOD[name] for name in fields if name in GOOD}, field: bad}


def test_nothing_a_stranger_sends_is_a_fault(
    app: Flask, nobody: Visitor, places: dict[str, list[str]]
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    token, pages = nobody.token(), dict[int, str]()
    for address, fields in places.items():
        for number, said in enumerate(attempts(fields)):
            from_afar = {"REMOTE_ADDR": f"10.0.{number // 200}.{number % 200 + 1}"}
            typed = {"csrf_token": token, **said}
            answer = nobody.client.post(address, data=typed, environ_overrides=from_afar)
            assert answer.status_code in {302, 404, 409, 413, 422}, (address, said)
            pages[answer.status_code] = answer.get_data(as_text=True)
    for status in (404, 409, 422):
        check(pages[status])
    with app.app_context():
        known = [*db.session.scalars(select(SignUp.name)), *db.session.scalars(select(Member.name))]
        assert not [name for name in known if name and len(name) > NAME_LENGTH]
        faces = db.session.scalars(select(func.count()).select_from(Feedback)).one()
        assert faces <= UNCOUNTED
