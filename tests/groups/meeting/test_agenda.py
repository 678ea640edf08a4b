"""The agenda: wishes of members, what is kept, in which order, until it is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups import registry
from engage.groups.meeting.agenda import actions, queries
from engage.groups.meeting.agenda import permissions as may
from engage.groups.meeting.models import Meeting
from engage.groups.registry import Subject
from tests.groups.meeting.sample import Circle, account, meeting, point, visitor


@pytest.fixture
def circle(session: None) -> Circle:
    return Circle.made()


def texts(held: Meeting) -> list[tuple[str, bool]]:
    return [(item.text, item.is_kept) for item in queries.items(held)]


def test_a_wish_waits_and_what_the_chair_adds_is_on(circle: Circle) -> None:
    held, lea = meeting(circle.group), account(circle.lea)
    wish = actions.propose(held, text="Parking", minutes=None, by=account(circle.zoe))
    actions.propose(held, text="Budget", minutes=20, by=lea)
    assert texts(held) == [("Budget", True), ("Parking", False)]
    actions.keep(held, wish, by=lea)
    actions.move_up(held, wish, by=lea)
    actions.move_up(held, wish, by=lea)
    assert texts(held) == [("Parking", True), ("Budget", True)]
    actions.set_aside(held, wish, by=lea)
    assert texts(held) == [("Budget", True), ("Parking", False)]
    assert may.drop(account(circle.zoe), held, wish)
    assert not may.drop(account(circle.sam), held, wish)
    actions.drop(held, wish, by=account(circle.zoe))
    assert texts(held) == [("Budget", True)]


def test_a_closed_agenda_takes_nothing_and_an_empty_one_is_not_closed(circle: Circle) -> None:
    held, lea = meeting(circle.group), account(circle.lea)
    with pytest.raises(Refused, match="est vide"):
        actions.close(held, by=lea)
    point(held)
    actions.close(held, by=lea)
    with pytest.raises(Refused, match="fermé"):
        actions.propose(held, text="Trop tard", minutes=None, by=account(circle.zoe))
    assert not may.propose(account(circle.zoe), held)
    actions.reopen(held, by=lea)
    assert may.propose(account(circle.zoe), held)


def test_it_does_not_change_once_the_meeting_began_and_has_an_end(circle: Circle) -> None:
    held = meeting(circle.group, starts_at=now() - timedelta(hours=1))
    item = point(held)
    for deed in (actions.keep, actions.set_aside, actions.move_up, actions.drop):
        with pytest.raises(Refused, match="a commencé"):
            deed(held, item, by=account(circle.lea))
    full = meeting(circle.group)
    for number in range(actions.MOST):
        point(full, f"Point {number}", position=number)
    with pytest.raises(Refused, match="complet"):
        actions.propose(full, text="Encore", minutes=None, by=account(circle.zoe))


def test_a_subject_of_the_group_is_put_on_it(
    app: object, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flask import Flask

    assert isinstance(app, Flask)
    bench = Subject("idea", "abcd2345", "Un banc devant la porte", "/idees/abcd2345", "En cours")
    monkeypatch.setattr(registry, "_subjects", {"ideas": lambda _group: [bench]})
    held = meeting(circle.group)
    db.session.commit()
    zoe, address = visitor(app, circle.zoe), f"/groupes/reunions/{held.code}/ordre-du-jour"
    zoe.get(address)
    assert "Un banc devant la porte" in zoe.page
    zoe.post(address, {"text": "", "subject": "idea:other", "minutes": ""}, status=422)
    zoe.follow(zoe.post(address, {"text": "", "subject": "idea:abcd2345", "minutes": ""}))
    assert '<a href="/idees/abcd2345">' in zoe.page
    db.session.rollback()
    [item] = queries.items(held)
    assert (item.text, item.about_kind, item.about_ref) == ("Un banc devant la porte", "idea", "abcd2345")
    assert [one.text for one in queries.of_account(account(circle.zoe))] == [item.text]
