"""What the results of a large wave cost: counting them, showing them, crossing them, taking them out."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from flask import Flask, session
from sqlalchemy import select

from benchmarks import surveys, waves
from benchmarks.filling import analyze
from benchmarks.servers import Server
from benchmarks.visitor import Visitor, expect
from engage.accounts import session as account_session
from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.ops import folder
from engage.surveys.answering.kinds import Anonymity
from engage.surveys.questionnaire.models import Version

SIZES = (1_000, 20_000)
LOOKS = 30
QUESTION, SEGMENT = "appointments_booking_ease", "welcome_names"


class Large(NamedTuple):
    """A wave of `size` responses that is closed and waits for its release."""

    size: int
    code: str


class Costs(NamedTuple):
    """Milliseconds of one client alone; `grown` in MB (PSS), over all of it."""

    size: int
    release: float
    first: float
    again: float
    cross: float
    export: float
    grown: float

    @property
    def cold(self) -> float:
        """From nothing counted to the page that is read."""
        return self.release + self.first


def fill(app: Flask) -> list[Large]:
    """Closed waves of the questionnaire that is frozen, and their responses. Commits."""
    with folder.inside(app):
        version = db.session.scalars(select(Version)).one()
        made = [_closed(version, size) for size in SIZES]
        db.session.commit()
        analyze()
    return made


def _closed(version: Version, size: int) -> Large:
    by = db.session.scalars(select(Account).filter_by(role=Role.COORDINATOR)).one()
    wave = waves.opened(version, f"{size}", by=by, anonymity=Anonymity.CONFIDENTIAL)
    surveys.respond(wave, size)
    wave.closes_at, wave.settled_at = now() - timedelta(hours=1), now()
    return Large(size, wave.code)


def signed_in(app: Flask, **whom: Any) -> dict[str, str]:
    """The cookie of this person, of the coordinator when none is named."""
    with app.test_request_context("/", method="POST"):
        one = whom or {"role": Role.COORDINATOR}
        account = db.session.scalars(select(Account).filter_by(**one)).one()
        account_session.begin(account, second_factor=True)
        db.session.commit()
        signing = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return {app.config["SESSION_COOKIE_NAME"]: signing.dumps(dict(session))}


def measure(server: Server, cookies: dict[str, str], large: Large) -> Costs:
    """One coordinator, alone, from the release to the file of all answers."""
    page = f"/equipe/enquetes/{large.code}/resultats"
    before = server.memory()
    with Visitor(server.port) as one:
        one.cookies.update(cookies)
        expect(one.get(page), 200)
        release = _timed(lambda: expect(one.post(page, {}), 302))
        first = _timed(lambda: expect(one.get(page), 200))
        again = statistics.median(_timed(lambda: expect(one.get(page), 200)) for _look in range(LOOKS))
        expect(one.get(f"{page}/croisements"), 200)
        asked = {"question": QUESTION, "segment": SEGMENT}
        cross = _timed(lambda: expect(one.post(f"{page}/croisements", asked), 302))
        expect(one.get(f"{page}/fichiers"), 200)
        reason = {"kind": "csv", "reason": "Mesure"}
        export = _timed(lambda: expect(one.post(f"{page}/fichiers/reponses", reason), 200))
    return Costs(large.size, release, first, again, cross, export, server.memory() - before)


def _timed(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return (time.perf_counter() - begun) * 1000
