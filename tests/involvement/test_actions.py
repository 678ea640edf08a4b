"""One person is met once, goes up and down, and hears from us no more than they want."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.intake.models import Door, Reply
from engage.involvement import actions, commands, queries, telling
from engage.involvement.models import NextStep, PathwayNote, Person, Stage, StageChange
from engage.involvement.pathway import actions as pathway
from engage.outbox.models import Channel, Message, State
from tests import make
from tests.involvement.people import met, said

MAIL = "amina@exemple.fr"


def stages(person: Person) -> list[Stage]:
    return [change.stage for change, _by in queries.history(person)]


def messages() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


@pytest.fixture
def chloe_account(session: None) -> Account:
    return make.account("Chloé")


def test_who_comes_back_is_the_same_person_and_goes_up_never_down(session: None) -> None:
    first = met(contact=MAIL, themes=[1])
    again = met(contact=" AMINA@exemple.fr ", themes=[2], stage=Stage.CONTACT)
    further = met(contact=MAIL, stage=Stage.FIRST_ACT)
    assert first is again is further
    assert first.stage is Stage.FIRST_ACT
    assert first.themes == [1, 2]
    assert stages(first) == [Stage.INTEREST, Stage.INTEREST, Stage.FIRST_ACT]


@pytest.mark.parametrize("other", ["+33 6 12 34 56 78", "06.12.34.56.78"])
def test_a_phone_number_is_one_however_it_is_written(session: None, other: str) -> None:
    first = met(reply=Reply.PHONE, contact="06 12 34 56 78")
    assert met(reply=Reply.PHONE, contact=other) is first


def test_a_couple_shares_a_phone_and_is_two_people(session: None) -> None:
    first = met("Amina Benali", reply=Reply.PHONE, contact="06 12 34 56 78")
    assert met("Karim", reply=Reply.PHONE, contact="06 12 34 56 78") is not first
    assert met("Amina", reply=Reply.PHONE, contact="06 12 34 56 78") is first


def test_an_account_finds_its_own_earlier_wish_by_its_proven_address(session: None) -> None:
    earlier = met(contact=MAIL)
    account = make.account("Amina", email=MAIL)
    assert met(contact=None, account=account) is earlier
    assert earlier.account_id == account.id


def test_a_typed_number_never_opens_the_page_of_another(session: None) -> None:
    victim = met("Amina", reply=Reply.PHONE, contact="06 12 34 56 78")
    curious = make.account("Amina", email="curieuse@exemple.fr")
    mine = met("Amina", reply=Reply.PHONE, contact="06 12 34 56 78", account=curious)
    assert mine is not victim
    assert victim.account_id is None


def test_a_stranger_adds_and_takes_nothing_away(session: None) -> None:
    person = met(contact=MAIL, acts=["read"], how_long="hour")
    met(contact=MAIL, acts=["group"])
    assert person.acts == ["read", "group"]
    assert person.how_long == "hour"


def test_a_replayed_form_changes_nothing(session: None) -> None:
    once = said(contact=MAIL)
    person = actions.meet(**once)
    assert actions.meet(**once) is person
    assert stages(person) == [Stage.INTEREST]


def test_nothing_of_what_they_left_can_be_read_in_the_database(session: None) -> None:
    person = met("Amina Benali", contact=MAIL)
    actions.move(person, Stage.INVITED, by=None, words="Elle aime marcher.")
    tables = ("involvement_person", "involvement_stage_change")
    rows = [db.session.connection().exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables]
    for words in ("Benali", "exemple.fr", "marcher"):
        assert words not in str(rows)


def test_the_team_moves_both_ways_and_twice_is_once(session: None) -> None:
    person = met()
    for stage in (Stage.MEMBER, Stage.MEMBER, Stage.INTEREST):
        actions.move(person, stage, by=None)
    assert stages(person) == [Stage.INTEREST, Stage.MEMBER, Stage.INTEREST]


def test_a_paused_person_gets_nothing_until_their_day(session: None) -> None:
    person = met(contact=MAIL)
    telling.confirm(person)
    assert messages()[0].state is State.WAITING
    until = centre_today() + timedelta(days=60)
    actions.pause(person, until)
    assert messages()[0].state is State.STOPPED
    with travel(now() + timedelta(days=45)):
        telling.confirm(person)
        assert commands.remind() == 0
        assert person.reminded_at is None
    assert len(messages()) == 1
    with travel(now() + timedelta(days=61)):
        assert not queries.is_paused(person)
        assert commands.remind() == 1


def test_one_reminder_ever_however_long_it_takes(session: None) -> None:
    person = met(contact=MAIL)
    assert commands.remind() == 0
    for days, written in ((29, 0), (31, 1), (62, 0), (400, 0)):
        with travel(now() + timedelta(days=days)):
            assert commands.remind() == written
    assert [message.channel for message in messages()] == [Channel.MAIL]
    assert person.reminded_at is not None
    assert "relance" not in messages()[0].body


@pytest.mark.parametrize("what", ["declined", "acted", "unreachable", "planned", "heard again"])
def test_nobody_is_reminded_who_answered_or_with_whom_something_happens(session: None, what: str) -> None:
    person = met(contact=MAIL)
    if what == "declined":
        actions.decline(person)
    elif what == "acted":
        actions.move(person, Stage.FIRST_ACT, by=None)
    elif what == "unreachable":
        person.reply, person.contact = Reply.NONE, None
    elif what == "planned":
        due = centre_today() + timedelta(days=90)
        pathway.plan(person, words="L’appeler", due_on=due, owner_id=None, by=make.account("Chloé"))
    else:
        with travel(now() + timedelta(days=20)):
            met(contact=MAIL)
    with travel(now() + timedelta(days=35)):
        assert commands.remind() == 0
    assert messages() == []


def test_who_has_no_mail_is_on_the_call_list_once(session: None) -> None:
    met(reply=Reply.PHONE, contact="06 12 34 56 78")
    with travel(now() + timedelta(days=31)):
        assert commands.remind() == 1
    assert messages()[0].channel is Channel.PHONE


def test_saying_not_now_closes_what_was_to_be_done(session: None, chloe_account: Account) -> None:
    person = met()
    due = centre_today() + timedelta(days=2)
    pathway.plan(person, words="L’appeler", due_on=due, owner_id=None, by=chloe_account)
    actions.decline(person)
    assert queries.open_step(person) is None


def test_not_now_is_taken_back_by_the_person_alone(session: None, chloe_account: Account) -> None:
    person = met(contact=MAIL)
    actions.decline(person)
    met(contact=MAIL)
    met(contact=MAIL, by=chloe_account)
    whole = {"name": "Amina", "reply": Reply.PHONE, "contact": "06 12 34 56 78"}
    actions.correct(person, **whole, by=chloe_account)  # type: ignore[arg-type]
    assert person.declined_at is not None
    assert queries.history(person)[-1][1] is chloe_account
    actions.wish(person, acts=["read"])
    assert person.declined_at is None


def test_who_is_signed_in_takes_not_now_back_by_a_new_wish(session: None) -> None:
    account = make.account("Amina", email=MAIL)
    person = met(contact=None, account=account)
    actions.decline(person)
    met(contact=None, account=account)
    assert person.declined_at is None


def test_a_page_that_changed_meanwhile_is_not_overwritten(session: None, chloe_account: Account) -> None:
    person = met(contact=MAIL)
    step = pathway.plan(person, words="L’appeler", due_on=centre_today(), owner_id=None, by=chloe_account)
    db.session.flush()
    seen = person.version
    whole = {"name": "Amina", "reply": Reply.PHONE, "contact": "06 12 34 56 78"}
    actions.correct(person, **whole, seen=seen)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        actions.correct(person, name="X", reply=Reply.NONE, contact=None, by=chloe_account, seen=seen)
    other = {"words": "La voir", "due_on": centre_today(), "owner_id": None, "by": chloe_account}
    seen = person.version
    pathway.replan(step, **other, person=person, seen=seen)  # type: ignore[arg-type]
    db.session.flush()
    with pytest.raises(Refused):
        pathway.replan(step, **other, person=person, seen=seen)  # type: ignore[arg-type]
    assert person.name == "Amina"


def test_there_is_one_open_step_at_most(session: None, chloe_account: Account) -> None:
    person = met()
    step = {"words": "L’appeler", "due_on": centre_today(), "owner_id": None, "by": chloe_account}
    made = pathway.plan(person, **step)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        pathway.plan(person, **step)  # type: ignore[arg-type]
    pathway.finish(made, by=chloe_account, person=person)
    pathway.plan(person, **step)  # type: ignore[arg-type]


def test_a_note_with_health_words_needs_its_reason(session: None, chloe_account: Account) -> None:
    person = met()
    with pytest.raises(Refused):
        pathway.note(person, words="Elle est dépressive.", reason="", by=chloe_account)
    kept = pathway.note(person, words="Atelier diabète du jeudi.", reason="", by=chloe_account)
    assert kept.reason is None


def test_who_is_silent_for_two_years_is_forgotten_and_others_stay(session: None) -> None:
    silent, heard, waits, member = met("Zoé"), met("Léa"), met("Paul"), met("Nina", account=make.account())
    actions.move(member, Stage.MEMBER, by=None)
    with travel(now() + timedelta(days=700)):
        db.session.add(PathwayNote(person_id=heard.id, at=now(), words="Toujours partante."))
        waits.paused_until = centre_today() + timedelta(days=300)
        db.session.flush()
        assert commands.forget() == 0
    with travel(now() + timedelta(days=740)):
        names = {heard.name, waits.name, member.name}
        assert commands.forget() == 1
        assert {one.name for one in db.session.scalars(select(Person))} == names
    assert silent.name not in names
    assert db.session.scalars(select(StageChange).filter_by(person_id=silent.id)).all() == []


def test_two_forms_at_once_are_one_person(app: Flask) -> None:
    """Both are read before either is written, on both engines."""
    barrier, made = threading.Barrier(2), []

    def come(name: str) -> None:
        with app.test_request_context("/participer/envies", method="POST"):
            barrier.wait(timeout=10)
            made.append(met(name, contact=MAIL).code)
            db.session.commit()

    threads = [threading.Thread(target=come, args=("Amina",)) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(made) == 2
    assert made[0] == made[1]
    with app.app_context():
        assert len(db.session.scalars(select(Person)).all()) == 1
        assert db.session.scalars(select(NextStep)).all() == []
        assert db.session.scalars(select(Person)).one().door is Door.WEB
