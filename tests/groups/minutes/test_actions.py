"""Minutes are written by two at once without a loss, corrected for seven days, approved and frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from engage.accounts.models import Account, Role
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.minutes import actions, queries, telling
from engage.groups.minutes.models import MinutesState
from engage.groups.models import Autonomy, Group, MemberKind
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make
from tests.groups.minutes import meeting as held

pytestmark = pytest.mark.usefixtures("session")
TEXT = {"heard": "La salle est froide.", "decided": "", "in_full": ""}


@pytest.fixture
def group(session: None) -> Group:
    return make.group(autonomy=Autonomy.OWN_DECISIONS)


@pytest.fixture
def pen(group: Group) -> Account:
    """The secretary of the group."""
    person = make.account("Paul", Role.PARTNER)
    make.membership(group, person, kind=MemberKind.SECRETARY)
    return person


def test_a_draft_is_kept_and_gone_on_with(group: Group, pen: Account) -> None:
    meeting = held.meeting(group)
    first = actions.write(meeting, **TEXT, version=0, by=pen)
    assert (first.state, first.version) == (MinutesState.DRAFT, 1)
    again = actions.write(meeting, **TEXT | {"decided": "Le mardi."}, version=1, by=pen)
    assert (again.decided, again.version, again.written_by_id) == ("Le mardi.", 2, pen.id)


@pytest.mark.parametrize("version", [0, 1])
def test_the_second_of_two_writers_is_told(group: Group, pen: Account, version: int) -> None:
    meeting = held.meeting(group)
    if version:
        actions.write(meeting, **TEXT, version=0, by=pen)
    actions.write(meeting, **TEXT | {"heard": "Premier."}, version=version, by=pen)
    with pytest.raises(actions.Overtaken):
        actions.write(meeting, **TEXT | {"heard": "Second."}, version=version, by=make.account("Odile"))
    kept = queries.of(meeting)
    assert kept is not None
    assert kept.heard == "Premier."


def test_members_are_told_by_their_channel_and_have_seven_days(group: Group, pen: Account) -> None:
    make.membership(group, make.account("Odile", email=None, phone="04 00 00 00 09"))
    gone = now() - timedelta(days=9)
    make.membership(group, make.account("Parti"), begun_at=gone, ended_at=gone)
    minutes = held.minutes(held.meeting(group))
    actions.share(minutes, version=minutes.version, by=pen)
    telling.shared(minutes)
    assert minutes.correct_until == centre_today() + timedelta(days=7)
    told = db.session.query(Message).all()
    assert sorted(str(one.channel) for one in told) == ["mail", "phone"]
    assert all("La salle est froide." in one.body for one in told)
    with pytest.raises(Refused, match="déjà"):
        actions.share(minutes, version=minutes.version, by=pen)


def test_empty_minutes_are_not_shared(group: Group, pen: Account) -> None:
    minutes = held.minutes(held.meeting(group), heard="", decided="")
    with pytest.raises(Refused, match="vide"):
        actions.share(minutes, version=minutes.version, by=pen)


def test_corrections_come_until_the_seventh_day_that_day_too(group: Group, pen: Account) -> None:
    minutes = held.minutes(held.meeting(group), MinutesState.SHARED, correct_until=centre_today())
    actions.correct(minutes, words="C’était mercredi.", by=pen)
    with pytest.raises(Refused, match="compris"):
        actions.approve(minutes, version=minutes.version, by=pen)
    with time_machine.travel(now() + timedelta(days=1)), pytest.raises(Refused, match="prochaine réunion"):
        actions.correct(minutes, words="Trop tard.", by=pen)


def test_every_correction_is_answered_before_the_minutes_are_approved(group: Group, pen: Account) -> None:
    yesterday = centre_today() - timedelta(days=1)
    minutes = held.minutes(held.meeting(group), MinutesState.SHARED, correct_until=yesterday)
    correction = held.correction(minutes, pen)
    with pytest.raises(Refused, match="attend sa réponse"):
        actions.approve(minutes, version=minutes.version, by=pen)
    with pytest.raises(Refused, match="pourquoi"):
        actions.answer(minutes, correction, is_taken=False, answer="", by=pen)
    actions.answer(minutes, correction, is_taken=False, answer="C’était bien mardi.", by=pen)
    actions.approve(minutes, version=minutes.version, by=pen)
    assert (minutes.state, minutes.approved_by_id) == (MinutesState.APPROVED, pen.id)
    with pytest.raises(Refused, match="approuvé"):
        actions.answer(minutes, correction, is_taken=True, answer="", by=pen)


def test_minutes_changed_meanwhile_are_not_approved(group: Group, pen: Account) -> None:
    yesterday = centre_today() - timedelta(days=1)
    minutes = held.minutes(held.meeting(group), MinutesState.SHARED, correct_until=yesterday)
    with pytest.raises(Refused, match="vient de changer"):
        actions.approve(minutes, version=minutes.version + 1, by=pen)


def test_drafts_are_neither_approved_nor_corrected_nor_published(group: Group, pen: Account) -> None:
    minutes = held.minutes(held.meeting(group))
    with pytest.raises(Refused):
        actions.approve(minutes, version=minutes.version, by=pen)
    with pytest.raises(Refused):
        actions.correct(minutes, words="Non.", by=pen)
    with pytest.raises(Refused):
        actions.publish(minutes, public_words="Bonjour.", by=pen)


@pytest.mark.parametrize(
    "change",
    [
        "heard = 'autre'", "decided = 'autre'", "in_full = 'autre'", "state = 'shared', approved_at = NULL",
        "approved_at = shared_at", "shared_at = NULL",
    ],
)  # fmt: skip
def test_the_database_itself_freezes_what_is_approved(group: Group, change: str) -> None:
    minutes = held.minutes(held.meeting(group), MinutesState.APPROVED)
    db.session.flush()
    with pytest.raises(DatabaseError, match="approved minutes are frozen"):
        db.session.execute(text(f"UPDATE minutes SET {change} WHERE meeting_id = {minutes.meeting_id}"))
    db.session.rollback()


def test_approved_minutes_are_not_written_any_more(group: Group, pen: Account) -> None:
    meeting = held.meeting(group)
    minutes = held.minutes(meeting, MinutesState.APPROVED)
    with pytest.raises(Refused, match="ne change plus"):
        actions.write(meeting, **TEXT, version=minutes.version, by=pen)


def test_public_words_are_apart_and_can_be_taken_back(group: Group, pen: Account) -> None:
    """The frozen row lets them through, and nothing of the minutes stands in them."""
    minutes = held.minutes(held.meeting(group), MinutesState.APPROVED)
    assert minutes.public_words == ""
    actions.publish(minutes, public_words="Nous avons parlé de la salle.", by=pen)
    db.session.flush()
    assert queries.is_open_to_all(minutes)
    actions.take_back(minutes, by=pen)
    db.session.flush()
    db.session.refresh(minutes)
    assert minutes.published_at is None
    assert minutes.public_words == "Nous avons parlé de la salle."


def test_a_task_is_for_somebody_of_the_group(group: Group, pen: Account) -> None:
    stranger = make.account("Inconnue")
    with pytest.raises(Refused, match="ne fait plus partie"):
        actions.add_task(group, text="Écrire", owner_id=stranger.id, due_on=None, by=pen)
    made = actions.add_task(group, text="Écrire", owner_id=pen.id, due_on=centre_today(), by=pen)
    assert [(task.text, whose.id) for task, whose in queries.my_tasks(pen)] == [("Écrire", group.id)]
    actions.finish_task(made, is_done=True, by=pen)
    first = made.done_at
    actions.finish_task(made, is_done=True, by=pen)
    assert made.done_at == first
    assert queries.my_tasks(pen) == []
    actions.finish_task(made, is_done=False, by=pen)
    assert made.done_at is None


def test_late_tasks_come_the_oldest_first(group: Group, pen: Account) -> None:
    today = centre_today()
    held.task(group, pen, due_on=today - timedelta(days=40))  # the team may not tick it
    group = make.group("Avec l’équipe")
    held.task(group, pen, due_on=today - timedelta(days=1))
    oldest = held.task(group, pen, text="Plus vieux", due_on=today - timedelta(days=9))
    held.task(group, pen, due_on=today)
    held.task(group, pen, due_on=today - timedelta(days=30), done_at=now())
    held.task(make.group("Groupe fini", closed_at=now()), due_on=today - timedelta(days=60))
    assert queries.first_late() == (oldest, group, 2)


def test_what_somebody_wrote_outlives_their_account(group: Group) -> None:
    """Their words stay with the minutes, and name nobody."""
    person = make.account("Odile")
    minutes = held.minutes(held.meeting(group), MinutesState.APPROVED, written_by_id=person.id)
    correction, task = held.correction(minutes, person), held.task(group, person)
    db.session.delete(person)
    db.session.flush()
    for row in (minutes, correction, task):
        db.session.refresh(row)
    assert (minutes.written_by_id, correction.account_id, task.owner_id) == (None, None, None)
    assert (minutes.heard, correction.words) == ("La salle est froide.", "C’était mercredi.")


def test_what_becomes_of_minutes_is_journaled(group: Group, pen: Account) -> None:
    minutes = held.minutes(held.meeting(group))
    actions.share(minutes, version=minutes.version, by=pen)
    minutes.correct_until = centre_today() - timedelta(days=1)
    db.session.flush()
    actions.approve(minutes, version=minutes.version, by=pen)
    actions.publish(minutes, public_words="Bonjour.", by=pen)
    actions.take_back(minutes, by=pen)
    assert [one.verb for one in db.session.query(Entry).order_by(Entry.id)] == [
        "minutes shared", "minutes approved", "minutes published", "minutes taken back",
    ]  # fmt: skip
