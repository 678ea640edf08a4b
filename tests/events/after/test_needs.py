"""What people need is ticked once it is ready, and forgotten with the needs."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.events import queries as events
from engage.events.after import commands
from engage.events.after.models import NeedDone
from engage.events.after.needs import actions, queries
from engage.events.kinds import Need, SignUpState
from engage.events.models import Occurrence
from engage.events.planning import queries as plan
from engage.events.signing import queries as signing
from engage.events.signing.models import SignUp
from tests import make
from tests.browser import Visitor
from tests.events.after.conftest import coming


def soon() -> tuple[Occurrence, SignUp, SignUp]:
    date = make.occurrence(make.event(), starts_at=now() + timedelta(days=3))
    first = coming(date, "Amina", needs=["step_free", "transport"])
    second = coming(date, "Benoît", needs=["transport"])
    coming(date, "Chloé")
    coming(date, "Parti", SignUpState.CANCELLED, needs=["quiet"])
    return date, first, second


def team() -> Account:
    return make.account("Chloé", Role.STAFF)


def asked(date: Occurrence) -> dict[Need, list[bool]]:
    found = queries.wishes(date, signing.guests(date))
    return {need: [wish.is_ready for wish in wishes] for need, wishes in found.items()}


def waits() -> list[int]:
    return [line.needs for line in plan.next_dates()]


def test_each_need_of_each_sign_up_has_its_tick(session: None) -> None:
    date, first, second = soon()
    assert asked(date) == {Need.STEP_FREE: [False], Need.TRANSPORT: [False, False]}
    ready = {f"{first.code}.step_free", f"{second.code}.transport", f"{first.code}.quiet", "inconnu.quiet"}
    actions.prepare(date, ready=ready, was_ready=(), by=team())
    assert asked(date) == {Need.STEP_FREE: [True], Need.TRANSPORT: [False, True]}
    assert len(db.session.scalars(select(NeedDone)).all()) == 2


def test_two_presses_at_once_are_one_tick(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        date, first, _second = soon()
        value, code, by = f"{first.code}.step_free", date.code, team().id
        db.session.commit()
    look, others = queries.ready, list[threading.Thread]()

    def press() -> None:
        with app.test_request_context("/", method="POST"):
            date = events.any_occurrence(code)
            actions.prepare(date, ready={value}, was_ready=(), by=db.session.get_one(Account, by))
            db.session.commit()
            db.session.remove()

    def meanwhile(occurrence: Occurrence) -> set[tuple[int, Need]]:
        found = look(occurrence)
        if not others:
            others.append(threading.Thread(target=press))
            others[0].start()
            others[0].join(timeout=0.5)
        return found

    monkeypatch.setattr(queries, "ready", meanwhile)
    press()
    others[0].join()
    with app.app_context():
        assert len(db.session.scalars(select(NeedDone)).all()) == 1


def test_a_tick_is_taken_away_and_what_others_ticked_stays(session: None) -> None:
    date, first, second = soon()
    mine, theirs = f"{first.code}.step_free", f"{second.code}.transport"
    actions.prepare(date, ready={mine}, was_ready=(), by=team())
    actions.prepare(date, ready={theirs}, was_ready=(), by=team())
    assert asked(date) == {Need.STEP_FREE: [True], Need.TRANSPORT: [False, True]}
    actions.prepare(date, ready=(), was_ready={mine}, by=team())
    assert asked(date) == {Need.STEP_FREE: [False], Need.TRANSPORT: [False, True]}


def test_the_desk_counts_only_what_is_not_ready(session: None) -> None:
    date, first, second = soon()
    assert waits() == [2]
    actions.prepare(date, ready={f"{first.code}.step_free"}, was_ready=(), by=team())
    assert waits() == [2]
    actions.prepare(date, ready={f"{first.code}.transport"}, was_ready=(), by=team())
    assert waits() == [1]
    actions.prepare(date, ready={f"{second.code}.transport"}, was_ready=(), by=team())
    assert waits() == [0]
    assert plan.first_asking() is None
    first.needs = ["step_free", "quiet"]
    db.session.flush()
    assert waits() == [1]
    driss = coming(date, "Driss", needs_words="Une chaise haute.")
    assert waits() == [2]
    actions.prepare(date, ready={f"{driss.code}.words"}, was_ready=(), by=team())
    assert waits() == [1]
    actions.prepare(date, ready=(), was_ready={f"{driss.code}.words"}, by=team())
    assert waits() == [2]


def test_ticks_are_forgotten_with_the_needs(session: None) -> None:
    date, first, second = soon()
    actions.prepare(
        date, ready={f"{first.code}.transport", f"{second.code}.transport"}, was_ready=(), by=team()
    )
    db.session.commit()
    with time_machine.travel(date.ends_at + timedelta(days=29)):
        assert commands.forget_prepared() == 0
        second.name = None
        db.session.commit()
        assert commands.forget_prepared() == 1
    with time_machine.travel(date.ends_at + timedelta(days=31)):
        assert commands.forget_prepared() == 1


def test_the_team_ticks_on_the_list(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        date, first, _second = soon()
        db.session.commit()
        code, tick = date.code, f"{first.code}.transport"
    here = f"/equipe/evenements/dates/{code}"
    chloe.get(here)
    page = chloe.post(f"{here}/liste", status=200).text
    assert "Amina\u00a0: c’est prêt" in page
    assert "qui peut" in page
    assert page.count("checked") == 0
    shown = chloe.follow(chloe.post(f"{here}/besoins", {"ready": tick})).text
    assert "prêt pour 1" in shown
    page = chloe.post(f"{here}/liste", status=200).text
    assert re.search(rf'value="{tick}" checked', page)
    chloe.follow(chloe.post(f"{here}/besoins", {"was_ready": tick}))
    with app.app_context():
        assert not db.session.scalars(select(NeedDone)).all()
        assert events.any_occurrence(code)


def test_only_the_team_ticks(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        date, first, _second = soon()
        db.session.commit()
        code, tick = date.code, f"{first.code}.transport"
    amina.post(f"/equipe/evenements/dates/{code}/besoins", {"ready": tick}, status=403)
