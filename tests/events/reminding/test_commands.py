"""Who is reminded of what, when and how: once, or not at all."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.events.joining import excusing
from engage.events.kinds import EventState, Reminded, SignUpState
from engage.events.models import Occurrence
from engage.events.planning.dating import actions as dating
from engage.events.planning.dating.making import Hours
from engage.events.planning.dating.moving import Scope
from engage.events.reminding import actions, commands, queries
from engage.events.reminding.commands import remind
from engage.events.signing import actions as signing
from engage.events.signing.models import SignUp
from engage.intake.models import Reply
from engage.outbox import actions as outbox
from engage.outbox import sending
from engage.outbox.models import SENT_BY_US, Channel, Kind, State
from tests import make
from tests.events.reminding.conftest import AFTER, DAY, EARLY, HOURS, WEEK, at, reminders, rows, wall
from tests.events.signing.people import signed

PHONE: dict[str, Any] = {"reply": Reply.PHONE, "contact": "06 12 34 56 78"}


def comes(walk: Occurrence, name: str = "Amina", way: Reminded | None = None, **said: Any) -> SignUp:
    """Somebody signs up early, and says how to be reminded."""
    with at(EARLY):
        made = signed(walk, name, **said)
        if way:
            actions.prefer(made, way)
            db.session.commit()
        return made


def run(*moments: str, leaves: bool = True) -> list[int]:
    """The clock at each of these moments, twice; what we send leaves at once."""
    told = []
    for moment in moments:
        with at(moment):
            told += [remind(), remind()]
        for message in reminders():
            if leaves and message.channel in SENT_BY_US and message.state is State.WAITING:
                message.state = State.SENT
        db.session.commit()
    return told


def test_a_mail_a_week_before_the_day_before_and_thanks(walk: Occurrence) -> None:
    amina = comes(walk)
    assert run("2026-11-19 09:59", WEEK, "2026-11-25 09:59", DAY, HOURS, "2026-11-27 09:59", AFTER) == [
        0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0,
    ]  # fmt: skip
    assert rows() == [("Amina", kind, 0, "mail", "written") for kind in ("week", "day", "thanks")]
    told = reminders()
    assert [message.state for message in told] == [State.SENT] * 3
    assert {(message.kind, message.about_ref) for message in told} == {(Kind.REMINDER, amina.code)}
    assert [message.not_before for message in told] == [wall(WEEK), wall(DAY), wall(AFTER)]


def test_a_group_is_not_reminded_a_week_before(walk: Occurrence) -> None:
    walk.event.is_joined_once = True
    comes(walk)
    assert run(WEEK, DAY) == [0, 0, 1, 0]


def test_two_hours_before_is_for_sms_alone(walk: Occurrence, gateway: None) -> None:
    comes(walk, "Amina", Reminded.SMS, **PHONE)
    comes(walk, "Karim")
    comes(walk, "Rose", **{**PHONE, "contact": "06 00 00 00 00"})
    run(HOURS)
    told = [row for row in rows() if row[4] == "written" and row[1] == "hours"]
    assert told == [("Amina", "hours", 0, "sms", "written")]


def test_each_by_the_way_they_chose(walk: Occurrence, gateway: None) -> None:
    comes(walk, "Mail")
    comes(walk, "Phone", **PHONE)
    comes(walk, "Sms", Reminded.SMS, **PHONE)
    comes(walk, "House", Reminded.SMS, **{**PHONE, "contact": "04 76 00 00 00"})
    comes(walk, "Reception", reply=Reply.RECEPTION, contact=None)
    comes(walk, "Nothing", Reminded.NOT)
    assert run(DAY) == [5, 0]
    assert [(row[0], row[3]) for row in rows() if row[1] == "day"] == [
        ("Mail", "mail"), ("Phone", "phone"), ("Sms", "sms"), ("House", "phone"), ("Reception", "reception"),
    ]  # fmt: skip
    assert [message.address for message in reminders()] == [
        "mail@exemple.fr", "06 12 34 56 78", "06 12 34 56 78", "04 76 00 00 00", None,
    ]  # fmt: skip


def test_without_gateway_who_wished_sms_is_called(walk: Occurrence) -> None:
    comes(walk, "Amina", Reminded.SMS, **PHONE)
    assert run(DAY) == [1, 0]
    assert [(row[1], row[3], row[4]) for row in rows()] == [
        ("week", "phone", "missed"), ("day", "phone", "written"),
    ]  # fmt: skip
    assert run(HOURS) == [0, 0]


def test_only_the_confirmed_and_not_who_signed_up_after_it_was_due(walk: Occurrence) -> None:
    walk.capacity = 1
    comes(walk, "Amina")
    comes(walk, "Waits")
    offered = comes(walk, "Offered")
    offered.state, offered.queue, offered.offered_until = SignUpState.OFFERED, None, wall(DAY)
    walk.capacity = 9
    db.session.commit()
    with at("2026-11-25 10:01"):
        signed(walk, "Late")
    assert run("2026-11-25 10:02") == [1, 0]
    assert [row[0] for row in rows() if row[1] == "day"] == ["Amina"]


def test_a_place_given_after_it_was_due_needs_no_reminder(walk: Occurrence) -> None:
    """Whoever just heard that they may come knows when it is."""
    walk.capacity = 1
    amina = comes(walk, "Amina")
    comes(walk, "Rose")
    with at("2026-11-25 10:30"):
        signing.cancel(amina)
        db.session.commit()
    assert run("2026-11-25 10:31") == [0, 0]


def test_nobody_is_told_at_night(walk: Occurrence) -> None:
    """The worker comes back in the night: what still serves goes in the morning."""
    walk.starts, walk.starts_at, walk.ends_at = time(14), wall("2026-11-26 14:00"), wall("2026-11-26 16:00")
    comes(walk)
    assert run("2026-11-25 20:00", "2026-11-26 07:59", "2026-11-26 08:00") == [0, 0, 0, 0, 1, 0]


@pytest.mark.parametrize(
    ("moment", "told", "state"),
    [
        ("2026-11-23 09:59", "week", "written"),
        ("2026-11-23 10:00", "week", "missed"),
        ("2026-11-26 07:59", "day", None),
        ("2026-11-26 08:00", "day", "missed"),
        ("2026-11-25 19:59", "day", "written"),
        ("2026-11-26 09:59", "hours", "written"),
        ("2026-11-26 10:00", "hours", "missed"),
        ("2026-12-01 11:29", "thanks", "written"),
        ("2026-12-01 11:30", "thanks", "missed"),
    ],
)
def test_a_late_one_is_told_while_it_serves_else_missed(
    walk: Occurrence, gateway: None, moment: str, told: str, state: str | None
) -> None:
    comes(walk, "Amina", Reminded.SMS, **PHONE)
    run(moment)
    found = {row[1]: row[4] for row in rows()}
    assert found.get(told) == state
    run(moment)
    assert len(rows()) == len(found)


def test_an_outage_of_weeks_marks_all_of_them_missed(walk: Occurrence) -> None:
    comes(walk)
    assert run("2026-12-20 12:00") == [0, 0]
    assert [row[1:] for row in rows()] == [(kind, 0, "mail", "missed") for kind in ("week", "day", "thanks")]
    assert reminders() == []


def test_never_after_a_cancel(walk: Occurrence) -> None:
    """A reminder that still waits is stopped with it."""
    amina, rose = comes(walk), comes(walk, "Rose")
    run(WEEK, leaves=False)
    with at("2026-11-20 10:00"):
        signing.cancel(amina)
        db.session.commit()
        assert [message.state for message in reminders()] == [State.STOPPED, State.WAITING]
        signing.cancel_occurrence(walk, "Neige", by=make.account("Chloé", Role.COORDINATOR))
        db.session.commit()
        assert [message.state for message in reminders()] == [State.STOPPED, State.STOPPED]
    assert rose.state is SignUpState.CANCELLED
    assert run(DAY, AFTER) == [0, 0, 0, 0]


def test_an_event_that_is_not_shown_reminds_nobody(walk: Occurrence) -> None:
    comes(walk)
    walk.event.state = EventState.DRAFT
    db.session.commit()
    assert run(DAY) == [0, 0]


def moved(walk: Occurrence, when: str, to: str) -> None:
    """The team moves it, and everybody is told."""
    with at(when):
        moment = wall(to).astimezone(wall(to).tzinfo)
        shown = to.split()
        hours = Hours(starts=time.fromisoformat(shown[1]), minutes=90, closes_hours=0)
        by = make.account("Chloé", Role.COORDINATOR)
        day = moment.date()
        dating.move(walk, day, hours, Scope.THIS, sequence=walk.sequence, by=by)
        db.session.commit()


def test_a_moved_date_supersedes_what_waits_and_is_due_anew(walk: Occurrence) -> None:
    comes(walk, "Amina", **PHONE)
    run(DAY)
    assert [message.state for message in reminders()] == [State.WAITING]
    moved(walk, "2026-11-25 11:00", "2026-11-27 15:00")
    assert run("2026-11-25 11:01", "2026-11-26 14:59", "2026-11-26 15:00") == [0, 0, 0, 0, 1, 0]
    assert [row[1:] for row in rows() if row[1] == "day"] == [
        ("day", 0, "phone", "superseded"), ("day", 1, "phone", "written"),
    ]  # fmt: skip
    assert [message.state for message in reminders()] == [State.STOPPED, State.WAITING]
    assert "27 novembre" in reminders()[1].subject


def test_a_date_moved_so_near_that_it_was_due_before_is_told_by_the_move_alone(walk: Occurrence) -> None:
    comes(walk)
    moved(walk, "2026-11-20 12:00", "2026-11-21 10:00")
    assert run("2026-11-20 12:01") == [0, 0]
    assert ("Amina", "day", 1, "mail", "superseded") in rows()


def test_a_change_of_words_repeats_no_reminder_that_was_told(walk: Occurrence) -> None:
    """Nobody was told of the change; who waits to be called still is."""
    comes(walk, "Amina")
    comes(walk, "Rose", **PHONE)
    run(DAY)
    with at("2026-11-25 12:00"):
        walk.sequence, walk.changed_at = 1, wall("2026-11-25 12:00")
        db.session.commit()
    assert run("2026-11-25 12:01") == [1, 0]
    assert [row[0] for row in rows() if row[1:] == ("day", 1, "phone", "written")] == ["Rose"]
    assert [message.state for message in reminders()] == [State.SENT, State.STOPPED, State.WAITING]


def test_a_call_nobody_made_disappears_when_it_serves_no_more(walk: Occurrence) -> None:
    comes(walk, "Amina", **PHONE)
    run(DAY, HOURS)
    assert [message.state for message in reminders()] == [State.STOPPED]
    assert ("Amina", "day", 0, "phone", "missed") in rows()


def test_thanks_for_who_came_and_for_all_where_nobody_noted_it(walk: Occurrence) -> None:
    came, absent, told = (comes(walk, name) for name in ("Came", "Absent", "Told"))
    walked = comes(walk, "Walked")
    unnoted = comes(walk, "Unnoted")
    run(DAY)
    came.state, absent.state, told.state = SignUpState.ATTENDED, SignUpState.ABSENT, SignUpState.EXCUSED
    walked.state = SignUpState.WALK_IN
    db.session.commit()
    run(AFTER)
    assert [row[0] for row in rows() if row[1] == "thanks"] == ["Came", "Walked"]
    came.state = absent.state = walked.state = SignUpState.CONFIRMED
    db.session.commit()
    assert unnoted.state is SignUpState.CONFIRMED
    run(AFTER)
    thanked = [row[0] for row in rows() if row[1] == "thanks"]
    assert thanked == ["Came", "Walked", "Absent", "Unnoted"]


def test_nobody_is_thanked_at_reception(walk: Occurrence) -> None:
    comes(walk, reply=Reply.RECEPTION, contact=None)
    assert run(AFTER) == [0, 0]


def test_who_stopped_these_mails_gets_none(walk: Occurrence) -> None:
    comes(walk)
    run(WEEK)
    outbox.stop(reminders()[0])
    db.session.commit()
    assert run(DAY) == [0, 0]
    assert ("Amina", "day", 0, "mail", "missed") in rows()


def test_large_dates_are_told_in_batches(walk: Occurrence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "BATCH", 3)
    for number in range(7):
        comes(walk, f"P{number}")
    assert run(DAY) == [7, 0]


def test_a_date_that_is_held_by_somebody_stops_no_other(
    walk: Occurrence, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make.occurrence(walk.event, starts_at=walk.starts_at)
    comes(walk)
    comes(other)
    held = queries.held

    def busy(one: queries.Due, zone: str) -> Occurrence | None:
        if one.occurrence_id == walk.id:
            raise OperationalError("SELECT", None, Exception("lock timeout"))
        return held(one, zone)

    monkeypatch.setattr(queries, "held", busy)
    with at(DAY):
        assert remind() == 1


def test_who_wants_no_reminder_any_more_is_not_called(walk: Occurrence) -> None:
    amina = comes(walk, **PHONE)
    run(WEEK)
    actions.prefer(amina, Reminded.NOT)
    db.session.commit()
    assert [message.state for message in reminders()] == [State.STOPPED]
    assert run(DAY) == [0, 0]


def test_who_chooses_mail_again_gets_mail_again(walk: Occurrence) -> None:
    amina = comes(walk)
    run(WEEK)
    outbox.stop(reminders()[0])
    actions.prefer(amina, Reminded.MAIL)
    db.session.commit()
    assert run(DAY) == [1, 0]


def test_an_account_is_reached_by_what_it_says(walk: Occurrence, app: Flask) -> None:
    account = make.account("Inès", phone="06 99 99 99 99")
    comes(walk, "Inès", Reminded.CALL, account=account, contact="ines@exemple.fr")
    run(DAY)
    assert [(message.channel, message.address) for message in reminders()] == [
        (Channel.PHONE, "06 99 99 99 99")
    ]
    assert isinstance(account, Account)


def test_what_waited_too_long_does_not_leave(walk: Occurrence) -> None:
    """The mail server was away: the worker asks once more before a reminder leaves."""
    comes(walk)
    run(DAY, leaves=False)
    with at("2026-11-26 08:00"):
        while sending.claim(Channel.MAIL):  # what confirms the sign-up
            db.session.commit()
        db.session.commit()
    assert [message.state for message in reminders()] == [State.STOPPED]
    assert ("Amina", "day", 0, "mail", "missed") in rows()


def test_what_perhaps_left_stays_as_it_is(walk: Occurrence) -> None:
    comes(walk)
    run(DAY, leaves=False)
    reminders()[0].state = State.UNCERTAIN
    db.session.commit()
    run(HOURS, leaves=False)
    assert [message.state for message in reminders()] == [State.STOPPED]
    assert ("Amina", "day", 0, "mail", "written") in rows()


def test_in_a_group_one_chooses_once(walk: Occurrence, gateway: None) -> None:
    """Also for dates that are made later; what others chose, or another event, is not touched."""
    walk.event.is_joined_once = True
    with at(EARLY):
        next_one = make.occurrence(walk.event, starts_at=wall("2026-12-03 10:00"))
        elsewhere = make.occurrence(make.event("Film"), starts_at=wall("2026-12-03 10:00"))
        db.session.commit()
    theirs = [comes(date, "Amina", **PHONE) for date in (walk, next_one, elsewhere)]
    rose = comes(next_one, "Rose", **PHONE)
    with at(EARLY):
        actions.prefer(theirs[0], Reminded.SMS)
    db.session.commit()
    assert [one.reminded_by for one in (*theirs, rose)] == [Reminded.SMS, Reminded.SMS, None, None]
    with at(EARLY):
        later = make.occurrence(walk.event, starts_at=wall("2026-12-10 10:00"))
    new, roses = comes(later, "Amina", **PHONE), comes(later, "Rose", **PHONE)
    with at(EARLY):
        assert (commands.carry_wishes(), commands.carry_wishes()) == (1, 0)
    assert [new.reminded_by, roses.reminded_by] == [Reminded.SMS, None]


def test_on_a_date_alone_one_chooses_for_it_alone(walk: Occurrence) -> None:
    with at(EARLY):
        next_one = make.occurrence(walk.event, starts_at=wall("2026-12-03 10:00"))
    first, second = comes(walk, "Amina"), comes(next_one, "Amina")
    actions.prefer(first, Reminded.NOT)
    assert second.reminded_by is None
    with at(EARLY):
        assert commands.carry_wishes() == 0


def test_who_comes_after_all_is_reminded_all_the_same(walk: Occurrence) -> None:
    """The reminder was written, not sent yet, and taken back when they left."""
    amina = comes(walk)
    assert run("2026-11-25 10:00", leaves=False) == [1, 0]
    with at("2026-11-25 10:01"):
        excusing.excuse(amina)
        db.session.commit()
        assert remind() == 0
        assert [one.state for one in reminders()] == [State.STOPPED]
        excusing.come_back(amina)
        db.session.commit()
        assert [remind(), remind()] == [1, 0]
        assert [one.state for one in reminders()] == [State.WAITING]
        # Stopped by the team: nothing brings it back.
        reminders()[0].state = State.STOPPED
        db.session.commit()
    with at("2026-11-25 10:02"):
        assert remind() == 0
        excusing.excuse(amina)
        excusing.come_back(amina)
        actions.prefer(amina, Reminded.NOT)
        db.session.commit()
        assert remind() == 0
        assert [one.state for one in reminders()] == [State.STOPPED]


@pytest.mark.parametrize("what", ["sent", "perhaps sent", "stopped for good", "forgotten"])
def test_what_is_not_written_again(walk: Occurrence, what: str) -> None:
    amina = comes(walk)
    assert run("2026-11-25 10:00", leaves=False) == [1, 0]
    (message,) = reminders()
    if what == "sent":
        message.state = State.SENT
    elif what == "perhaps sent":
        message.state, message.attempts = State.UNCERTAIN, 1
    with at("2026-11-25 10:01"):
        excusing.excuse(amina)
        excusing.come_back(amina)
        if what == "stopped for good":
            outbox.stop(message)
        elif what == "forgotten":
            outbox.forget(("sign-up", amina.code))
        db.session.commit()
        assert remind() == 0
        assert State.WAITING not in [one.state for one in reminders()]
