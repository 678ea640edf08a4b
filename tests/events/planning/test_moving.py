"""This date, this one and those after it, or all: and the past is never rewritten."""

from __future__ import annotations

import secrets
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.db import db
from engage.core.errors import Refused
from engage.events import sealed
from engage.events.models import Event, Occurrence, Series
from engage.events.planning.commands import extend_series
from engage.events.planning.dating import actions
from engage.events.planning.dating.making import Hours
from engage.events.planning.dating.moving import Scope
from engage.events.reminding.moves import queries as moves
from engage.events.signing import actions as signing
from engage.events.signing.models import SignUp
from engage.intake.models import Reply
from engage.outbox.models import Message
from tests import make
from tests.events.planning.conftest import TEN, dates, weekly

ELEVEN = Hours(starts=time(11), minutes=60, closes_hours=0, place="Au parc")
pytestmark = [pytest.mark.usefixtures("session", "november")]


@pytest.fixture
def walk(coordinator: Account) -> Event:
    event: Event = make.event("Marche du jeudi", place="Devant la mairie")
    weekly(event, coordinator)
    db.session.commit()
    return event


def signed(date_: Occurrence, name: str = "Amina", contact: str | None = "amina@exemple.fr") -> str:
    reply = Reply.MAIL if contact else Reply.RECEPTION
    made, _code = signing.sign_up(
        date_, submission_key=secrets.token_urlsafe(16), name=name, reply=reply, contact=contact,
        companions=[], needs=[], needs_words="", answers=[], language="fr",
    )  # fmt: skip
    return made.code


def told(words: str) -> list[Message]:
    rows = db.session.scalars(select(Message).order_by(Message.id))
    return [message for message in rows if words in message.subject]


def shape(event: Event) -> list[tuple[Any, ...]]:
    return [(one.day, one.starts, one.minutes, one.place) for one in dates(event)]


def test_one_date_moves_alone_and_its_people_are_told(walk: Event, coordinator: Account) -> None:
    first, second, *_rest = dates(walk)
    signed(second)
    signed(second, "Paul", None)
    others = [one for one in shape(walk) if one[0] != second.day]
    day = second.day + timedelta(days=1)
    assert actions.move(second, day, ELEVEN, Scope.THIS, sequence=0, by=coordinator) == 2
    assert [one for one in shape(walk) if one[0] != day] == others
    assert (second.day, second.starts, second.place) == (day, time(11), "Au parc")
    assert second.is_changed and second.sequence == 1 and first.sequence == 0  # noqa: PT018
    mail, at_the_desk = told("nouveau jour")
    assert (mail.channel, at_the_desk.channel) == ("mail", "reception")
    assert "vendredi 4 décembre 2026 à 11\u00a0h" in mail.body
    assert "Au parc" in mail.body
    assert sealed.address(mail.about_ref) in mail.body
    assert "/suivi" in at_the_desk.body


def test_a_word_alone_tells_nobody(walk: Event, coordinator: Account) -> None:
    first = dates(walk)[0]
    signed(first)
    hours = Hours(starts=time(10), minutes=90, closes_hours=0, note="Prenez un parapluie.")
    assert actions.move(first, first.day, hours, Scope.THIS, sequence=0, by=coordinator) == 0
    assert not told("nouveau jour")
    assert first.note == "Prenez un parapluie."


def test_this_and_those_after_it_change_and_those_before_stay(walk: Event, coordinator: Account) -> None:
    before = shape(walk)
    pivot = dates(walk)[3]
    actions.move(pivot, pivot.day, ELEVEN, Scope.FOLLOWING, sequence=0, by=coordinator)
    after = shape(walk)
    assert after[:3] == before[:3]
    assert [one[0] for one in after] == [one[0] for one in before]
    assert {one[1:] for one in after[3:]} == {(time(11), 60, "Au parc")}


def test_from_thursdays_to_tuesdays(walk: Event, coordinator: Account) -> None:
    pivot = dates(walk)[2]
    actions.move(pivot, pivot.day - timedelta(days=2), TEN, Scope.FOLLOWING, sequence=0, by=coordinator)
    assert [one.day.weekday() for one in dates(walk)] == [3, 3] + [1] * (len(dates(walk)) - 2)
    old, new = db.session.scalars(select(Series).order_by(Series.id))
    assert old.ended_on == date(2026, 12, 9)
    assert new.first_day == date(2026, 12, 8)


def test_a_whole_week_later_the_places_of_people_follow(walk: Event, coordinator: Account) -> None:
    second = dates(walk)[1]
    code = signed(second)
    actions.move(dates(walk)[0], date(2026, 12, 3), TEN, Scope.ALL, sequence=0, by=coordinator)
    assert dates(walk)[0].day == date(2026, 12, 3)
    assert second.day == date(2026, 12, 10)
    assert [message.about_ref for message in told("nouveau jour")] == [code]


def test_what_was_changed_apart_stays_as_it_was_changed(walk: Event, coordinator: Account) -> None:
    _first, second, *_rest = dates(walk)
    actions.move(second, second.day, ELEVEN, Scope.THIS, sequence=0, by=coordinator)
    afternoon = Hours(starts=time(15), minutes=90, closes_hours=0)
    first = dates(walk)[0]
    actions.move(first, first.day, afternoon, Scope.ALL, sequence=0, by=coordinator)
    assert [one.starts.hour for one in dates(walk)] == [15, 11] + [15] * (len(dates(walk)) - 2)


def test_a_cancelled_date_does_not_come_back(walk: Event, coordinator: Account) -> None:
    _first, second, *_rest = dates(walk)
    count = len(dates(walk))
    actions.cancel_dates(second, Scope.THIS, why="Orage", by=coordinator)
    first = dates(walk)[0]
    actions.move(first, date(2026, 11, 27), TEN, Scope.ALL, sequence=0, by=coordinator)
    db.session.commit()
    extend_series()
    assert len(dates(walk)) == count
    assert [one.day for one in dates(walk) if one.is_cancelled] == [date(2026, 12, 3)]


def test_who_comes_each_week_hears_once_that_all_is_cancelled(walk: Event, coordinator: Account) -> None:
    for one in dates(walk)[:3]:
        signed(one)
    signed(dates(walk)[1], "Paul", "paul@exemple.fr")
    actions.cancel_dates(dates(walk)[0], Scope.ALL, why="Travaux", by=coordinator)
    amina, paul = told("votre inscription")
    assert "Ces dates sont annulées" in amina.body
    assert [f"{day} " in amina.body for day in ("26 novembre", "3 décembre", "10 décembre")] == [True] * 3
    assert "Cette date est annulée" in paul.body
    assert "Travaux" in amina.body


def test_the_past_is_never_rewritten(walk: Event, coordinator: Account) -> None:
    with time_machine.travel("2026-12-05T08:00:00Z", tick=False):
        past = shape(walk)[:2]
        over, coming = dates(walk)[0], dates(walk)[4]
        with pytest.raises(Refused, match="passée"):
            actions.move(over, date(2026, 12, 31), TEN, Scope.THIS, sequence=0, by=coordinator)
        actions.move(coming, coming.day, ELEVEN, Scope.ALL, sequence=0, by=coordinator)
        assert shape(walk)[:2] == past
        assert {one.starts for one in dates(walk)[2:]} == {time(11)}
        actions.cancel_dates(dates(walk)[3], Scope.ALL, why="C’est fini", by=coordinator)
        assert [one.is_cancelled for one in dates(walk)][:3] == [False, False, True]


def test_the_clock_goes_on_with_the_new_rhythm(coordinator: Account) -> None:
    walk = make.event("Marche")
    weekly(walk, coordinator, last=date(2027, 10, 28))
    pivot = dates(walk)[5]
    actions.move(pivot, pivot.day + timedelta(days=1), ELEVEN, Scope.FOLLOWING, sequence=0, by=coordinator)
    db.session.commit()
    for today in ("2027-02-01", "2027-06-01"):
        with time_machine.travel(f"{today}T08:00:00Z", tick=False):
            extend_series()
    found = [one.day for one in dates(walk)]
    assert found == sorted(set(found))
    assert {day.weekday() for day in found[5:]} == {4}
    assert {later - earlier for earlier, later in pairwise(found[5:])} == {timedelta(days=7)}
    assert found[-1] == date(2027, 10, 29)


def test_monthly_dates_keep_their_place_in_the_month(coordinator: Account) -> None:
    event = make.event("Ciné-débat")
    rule = "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270430"
    actions.add_series(event, rule, date(2026, 12, 8), TEN, by=coordinator)
    db.session.flush()
    first = dates(event)[0]
    actions.move(first, date(2026, 12, 10), TEN, Scope.FOLLOWING, sequence=0, by=coordinator)
    assert [one.day for one in dates(event)] == [
        date(2026, 12, 10), date(2027, 1, 14), date(2027, 2, 11), date(2027, 3, 11), date(2027, 4, 8),
    ]  # fmt: skip


def test_two_people_cannot_change_one_date_unseen(walk: Event, coordinator: Account) -> None:
    first = dates(walk)[0]
    actions.move(first, first.day, ELEVEN, Scope.THIS, sequence=0, by=coordinator)
    with pytest.raises(Refused, match="entre-temps"):
        actions.move(first, first.day, TEN, Scope.THIS, sequence=0, by=coordinator)


def test_what_cannot_be_is_refused_in_words(walk: Event, coordinator: Account) -> None:
    at_night = Hours(starts=time(2, 30), minutes=60, closes_hours=0)
    early = Hours(starts=time(10), minutes=90, closes_hours=168)
    for day, hours, words in (
        (date(2026, 11, 20), TEN, "déjà passé"),
        (date(2026, 12, 3), TEN, "déjà une date"),
        (date(2027, 3, 28), at_night, "n’existe pas"),
        (date(2026, 11, 26), early, "déjà closes"),
    ):
        with pytest.raises(Refused, match=words):
            actions.move(dates(walk)[0], day, hours, Scope.THIS, sequence=0, by=coordinator)
        db.session.rollback()


def test_calling_off_from_a_date_on_ends_the_series_and_tells(coordinator: Account) -> None:
    walk = make.event("Marche")
    weekly(walk, coordinator, last=date(2027, 10, 28))
    third = dates(walk)[2]
    signed(third)
    count = len(dates(walk))
    assert (
        actions.cancel_dates(third, Scope.FOLLOWING, why="La marche s’arrête.", by=coordinator) == count - 2
    )
    db.session.commit()
    with time_machine.travel("2027-02-01T08:00:00Z", tick=False):
        assert extend_series() == 0
    assert [one.is_cancelled for one in dates(walk)] == [False, False] + [True] * (count - 2)
    assert "La marche s’arrête." in told("votre inscription")[-1].body


def test_each_person_hears_once_of_all_their_dates(walk: Event, coordinator: Account) -> None:
    first, second, third, *_rest = dates(walk)
    codes = [signed(one) for one in (first, second, third)]
    rose = signed(second, "Rose", None)
    omar = [signed(one, "Omar", None) for one in (first, second)]
    for one in db.session.scalars(select(SignUp).where(SignUp.code.in_(omar))):
        one.person_digest = "omar"
    assert actions.move(first, first.day, ELEVEN, Scope.ALL, sequence=0, by=coordinator) == 3
    db.session.commit()
    messages = {message.person: message for message in told("nouveau jour")}
    assert set(messages) == {"Amina", "Rose", "Omar"}
    mail = messages["Amina"].body.replace("\u00a0", " ")
    for day in ("26 novembre", "3 décembre", "10 décembre"):
        assert f"{day} 2026 à 11 h · Au parc" in mail
    assert all(sealed.address(code) in mail for code in codes)
    assert messages["Rose"].about_ref == rose
    aloud = messages["Omar"].body
    assert aloud.count("Au parc") == 2
    assert sealed.address(omar[0]) not in aloud
    # Whoever heard of the move needs no reminder of what it said, of any of these dates.
    amina = db.session.scalars(select(SignUp).where(SignUp.code == codes[1])).one()
    late = db.session.scalars(select(SignUp).where(SignUp.code == rose)).one()
    assert moves.told_of_move(amina.occurrence, [amina, late]) == {amina.id, late.id}
    amina.occurrence.changed_at += timedelta(days=1)
    assert moves.told_of_move(amina.occurrence, [amina, late]) == set()
