"""The same form sent twice ends where it ended the first time; nothing stands twice, nobody is told twice."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from engage.core.db import db
from engage.groups.calling.models import Call
from engage.groups.deciding.models import Decision
from engage.groups.meeting.models import GroupDocument, Meeting
from engage.groups.minutes.models import Correction, MinutesState, Task
from engage.groups.models import Group, MemberKind
from engage.groups.partnering.models import Training
from engage.outbox.models import Message
from tests import make
from tests.browser import Visitor
from tests.groups.calling.test_race import rush
from tests.groups.deciding import voting
from tests.groups.meeting.test_views import typed
from tests.groups.minutes import meeting as held
from tests.pages.test_two_clicks import count, twice
from tests.uploads.papers import paper


@dataclass
class House:
    """A group that Benoît chairs, its last meeting, and the minutes of it that members may correct."""

    group: str
    meeting: str


@pytest.fixture
def house(app: Flask, benoit: Visitor) -> House:
    with app.app_context():
        group = voting.group()
        make.membership(group, benoit.account, kind=MemberKind.CO_CHAIR)
        make.membership(group, make.account("Odile", phone="04 00 00 00 09", email=None))
        meeting = held.meeting(group)
        held.minutes(meeting, state=MinutesState.SHARED)
        db.session.commit()
        return House(f"/groupes/{group.code}", meeting.code)


def test_a_meeting_is_planned_once_and_told_once(app: Flask, house: House, benoit: Visitor) -> None:
    before = count(app, Meeting), count(app, Message)
    many = typed(repeat="weekday", count="3")
    at = twice(benoit, f"{house.group}/reunions/nouvelle", many)
    told = count(app, Message) - before[1]
    assert (count(app, Meeting), told) == (before[0] + 3, 2)
    assert "3 réunions" in benoit.page
    other = benoit.post(f"{house.group}/reunions/nouvelle", many | {"place": "Ailleurs"})
    assert other.headers["Location"] != at
    assert count(app, Meeting) == before[0] + 6


def test_two_clicks_at_the_same_moment_plan_one_meeting(app: Flask, house: House, benoit: Visitor) -> None:
    before = count(app, Meeting), count(app, Message)
    address = f"{house.group}/reunions/nouvelle"
    benoit.get(address)
    sent = {**benoit.hidden(), **typed()}
    browsers = [Visitor(app, benoit.account_id) for _click in range(3)]

    def click(browser: Visitor) -> Callable[[], str]:
        token = {"csrf_token": browser.token()}
        return lambda: str(browser.client.post(address, data=sent | token).headers["Location"])

    assert len(set(rush([click(one) for one in browsers]))) == 1
    assert (count(app, Meeting), count(app, Message)) == (before[0] + 1, before[1] + 2)


def test_a_meeting_that_was_refused_may_be_sent_again(app: Flask, house: House, benoit: Visitor) -> None:
    address = f"{house.group}/reunions/nouvelle"
    benoit.get(address)
    shown = benoit.page
    for _click in range(2):
        benoit.page = shown
        benoit.post(address, typed(day="2001-03-02"), status=409)


def test_a_question_is_asked_once(app: Flask, house: House, benoit: Visitor) -> None:
    asked = {
        "question": "Où ?",
        "way": "scores",
        "options": "Ici\nLà",
        "meeting_id": "",
        "moves_autonomy": "",
    }
    twice(benoit, f"{house.group}/decisions/nouvelle", asked)
    assert (count(app, Decision), count(app, Message)) == (1, 2)


def test_a_call_is_drafted_once_and_copied_once(app: Flask, chloe: Visitor) -> None:
    sheet = {"title": "Deux places", "group_id": "", "side": "patient", "closes_on": "", "places": ""}
    at = twice(chloe, "/equipe/appels-a-participation/nouveau", sheet)
    assert count(app, Call) == 1
    twice(chloe, f"{at}/copie", at=at)
    assert count(app, Call) == 2
    twice(chloe, f"{at}/copie", at=at)
    assert count(app, Call) == 3


def test_a_group_is_made_once(app: Flask, chloe: Visitor) -> None:
    facts = {"name": "Accueil", "aim": "Mieux accueillir.", "entry": "application", "starts_on": "2099-01-05"}
    sides = dict.fromkeys(("patient", "carer", "team", "elected", "association"), "1")
    rest = {"mandate": "", "rhythm": "", "place": "", "ends_on": "", "referent_id": ""}
    twice(chloe, "/equipe/groupes/nouveau/commission", facts | sides | rest)
    assert count(app, Group) == 1


def test_a_task_and_a_correction_are_noted_once(app: Flask, house: House, benoit: Visitor) -> None:
    task = {"text": "Demander trois devis", "owner_id": "", "due_on": ""}
    twice(benoit, f"{house.group}/taches", task)
    assert count(app, Task) == 1
    minutes = f"/groupes/reunions/{house.meeting}/compte-rendu"
    words = {"words": "C’était le mardi."}
    twice(benoit, f"{minutes}/corrections", words, at=minutes)
    assert count(app, Correction) == 1


def test_a_paper_is_added_once_and_another_file_is_another_paper(
    app: Flask, house: House, benoit: Visitor
) -> None:
    address = f"{house.group}/documents/nouveau"
    benoit.get(address)
    shown = benoit.page

    def send(content: bytes) -> None:
        benoit.page = shown
        sent: dict[str, Any] = {"title": "Le devis", "file": (io.BytesIO(content), "devis.pdf")}
        benoit.post(address, sent, content_type="multipart/form-data")

    first = paper()
    for content in (first, first, paper(pages=2)):
        send(content)
    assert count(app, GroupDocument) == 2


def test_a_training_is_written_once(app: Flask, benoit: Visitor) -> None:
    said = {"title": "Parler en public", "given_by": "", "day": "2026-01-05", "hours": "3", "rest": "0"}
    twice(benoit, "/mon-dossier/formations", said)
    assert count(app, Training) == 1
