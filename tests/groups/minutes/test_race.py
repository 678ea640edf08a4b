"""Two begin the same minutes in the same moment: the first text is kept, the second is told; no fault."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.meeting.models import Meeting
from engage.groups.minutes import actions
from engage.groups.minutes.models import Minutes
from tests import make
from tests.groups.minutes import meeting as held


@pytest.mark.parametrize("version", [0, 1])
def test_one_text_is_kept_and_all_others_are_told(app: Flask, apps: list[Flask], version: int) -> None:
    with app.app_context():
        meeting = held.meeting(make.group())
        if version:
            held.minutes(meeting)
        code, key = meeting.code, make.account("Paul").id
        db.session.commit()
    said: list[str] = []
    ready = threading.Barrier(len(apps))

    def write(place: int) -> None:
        with apps[place].app_context():
            ready.wait()
            try:
                there = db.session.scalars(select(Meeting).filter_by(code=code)).one()
                text = {"heard": f"Texte {place}", "decided": "", "in_full": ""}
                actions.write(there, **text, version=version, by=db.session.get_one(Account, key))
                db.session.commit()
                said.append("kept")
            except actions.Overtaken:
                db.session.rollback()
                said.append("told")
            except Exception as fault:  # noqa: BLE001  (whatever it is, the test says it)
                said.append(repr(fault))

    threads = [threading.Thread(target=write, args=(place,)) for place in range(len(apps))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert sorted(said) == ["kept", *["told"] * (len(apps) - 1)]
    with app.app_context():
        assert db.session.scalars(select(Minutes)).one().version == version + 1
