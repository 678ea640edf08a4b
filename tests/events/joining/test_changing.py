"""What somebody says once for a group holds for each of its dates, and is changed for all of them at once."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.joining import actions, changing, commands, excusing, queries
from engage.events.joining.models import Member
from engage.events.kinds import Cause, CompanionRole, Need, Reminded, SignUpState
from engage.events.models import EventQuestion, Occurrence
from engage.events.signing import actions as signing
from engage.events.signing.models import SignUp, SignUpChange
from engage.events.signing.taking import Said
from engage.intake.models import Reply
from engage.journal.models import Entry
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind, Message
from tests import make
from tests.browser import Visitor
from tests.events.joining.test_actions import joined, on, walk
from tests.events.signing.people import signed
from tests.outbox.conftest import use

CHILD, CARER = CompanionRole.CHILD, CompanionRole.CARER


def said(*companions: tuple[CompanionRole, str], **more: Any) -> Said:
    usual: Said = {"companions": list(companions), "needs": [], "needs_words": "", "answers": []}
    return {**usual, **more}  # type: ignore[typeddict-item]


def parties(member: Member) -> list[int]:
    return [one.sign_up.party for one in queries.coming(member) if one.sign_up]


def told() -> list[Message]:
    rows = select(Message).filter_by(about_kind="member").order_by(Message.id)
    return [one for one in db.session.scalars(rows) if " changed " in one.key]


def test_all_that_was_said_stands_on_each_date(session: None) -> None:
    wishes: dict[str, Any] = {"reminded_by": Reminded.NOT, "agrees_to_photos": True}
    member = joined(walk(2), companions=[(CHILD, "Inès"), (CARER, "")], answers=["Lent", ""], **wishes)
    make.occurrence(member.event, starts_at=now() + timedelta(days=2))
    db.session.commit()
    assert commands.fill_dates() == 1
    for one in queries.coming(member):
        made = one.sign_up
        assert made is not None
        assert [(beside.role, beside.name) for beside in made.companions] == [(CHILD, "Inès"), (CARER, None)]
        assert (made.said, made.reminded_by, made.agrees_to_photos) == (["Lent", ""], Reminded.NOT, True)
    with time_machine.travel(now() + timedelta(days=260), tick=False):
        commands.forget_members()
    db.session.refresh(member)
    assert (member.answers, member.companion_names, member.reminded_by) == (None, None, None)
    assert not member.agrees_to_photos


def test_who_belonged_before_names_were_kept(session: None) -> None:
    member = joined(walk(1), companions=[(CHILD, "Inès")])
    member.companion_names = None
    assert member.beside == [(CHILD, "")]


def test_a_change_is_for_all_dates_and_told_once(session: None) -> None:
    member = joined(walk(3))
    excusing.excuse(on(member, 1))
    words = said((CHILD, "Inès"), needs=[Need.STEP_FREE], needs_words="Un banc", answers=["Vite"])
    assert changing.change(member, **words) == []
    assert changing.change(member, **words) == []
    db.session.commit()
    assert parties(member) == [2, 1, 2]
    assert (on(member).needs_words, on(member).said) == ("Un banc", ["Vite"])
    assert (member.party, member.beside) == (2, [(CHILD, "Inès")])
    (message,) = told()
    assert "2 personnes à chaque fois" in (message.body or "")
    causes = select(SignUpChange.cause, SignUpChange.by_id).where(SignUpChange.party == 2)
    assert db.session.execute(causes).all() == [(Cause.PERSON, None)] * 2


def test_where_there_is_no_room_the_date_stays_and_it_is_said(session: None) -> None:
    event = walk(3, capacity=3)
    first, second, third = db.session.scalars(select(Occurrence).order_by(Occurrence.id))
    zoe, member = signed(first, "Zoé", 2), joined(event)
    second.capacity = 1
    db.session.commit()
    behind = changing.change(member, **said((CHILD, ""), needs_words="Un banc"))
    db.session.commit()
    assert [one.occurrence_id for one in behind] == [first.id, second.id]
    assert parties(member) == [1, 1, 2]
    assert on(member).needs_words == "Un banc"
    assert "il n’y a pas de place pour plus de monde" in (told()[0].body or "")
    signing.cancel(zoe)
    behind = changing.change(member, **said((CHILD, ""), needs_words="Un banc"))
    assert [one.occurrence_id for one in behind] == [second.id]
    assert parties(member) == [2, 1, 2]
    assert third.taken == 2


def test_who_waits_waits_for_more_places(session: None) -> None:
    event = walk(1, capacity=2)
    joined(event, "Zoé", 2)
    member = joined(event)
    assert on(member).state is SignUpState.WAITING
    assert changing.change(member, **said((CHILD, ""))) == []
    assert (on(member).state, on(member).party) == (SignUpState.WAITING, 2)
    with pytest.raises(Refused, match="6 personnes"):
        changing.change(member, **said(*[(CHILD, "")] * 6))
    actions.leave(member)
    with pytest.raises(Refused, match="plus dans ce groupe"):
        changing.change(member, **said())


def test_the_team_changes_it_and_the_person_hears_by_their_channel(session: None) -> None:
    chloe = make.account("Chloé", Role.COORDINATOR)
    member = joined(walk(1), reply=Reply.PHONE, contact="04 00 00 00 01")
    changing.change(member, by=chloe, **said((CHILD, "")))
    assert [one.channel for one in told()] == [Channel.PHONE]
    assert "member changed" in db.session.scalars(select(Entry.verb)).all()
    last = db.session.scalars(select(SignUpChange).order_by(SignUpChange.id.desc())).first()
    assert last is not None
    assert (last.cause, last.by_id) == (Cause.TEAM, chloe.id)
    changing.change(member, **said())
    assert len(told()) == 1


def test_two_changes_at_once_oversell_nothing(app: Flask) -> None:
    with app.app_context():
        event = walk(2, capacity=6)
        ids = [joined(event, f"Personne {number}").id for number in range(4)]
    start, faults = threading.Barrier(8), []

    def grow(client: int) -> None:
        start.wait(timeout=30)
        with app.app_context():
            try:
                member = db.session.get_one(Member, ids[client // 2])
                changing.change(member, **said(*[(CHILD, "")] * (client // 2 % 2 + 1)))
                db.session.commit()
            except Exception as fault:  # noqa: BLE001 - whatever it is, the test must fail with it
                faults.append(fault)

    threads = [threading.Thread(target=grow, args=(client,)) for client in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert faults == []
    with app.app_context():
        for date in db.session.scalars(select(Occurrence)):
            held = [one.party for one in db.session.scalars(select(SignUp).filter_by(occurrence_id=date.id))]
            assert date.taken == sum(held) == 6


@pytest.fixture
def mine(app: Flask, nobody: Visitor) -> str:
    """The page of who joined a group that asks something."""
    with app.app_context():
        event = walk(2, capacity=2)
        asked = EventQuestion(event_id=event.id, position=1, text="Quel est votre rythme ?", is_required=True)
        db.session.add(asked)
        use(app, sms_command="/bin/true")
        db.session.commit()
        date = db.session.scalars(select(Occurrence.code).order_by(Occurrence.id)).all()[0]
    address = f"/evenements/{date}/groupe"
    typed = {"name": "Amina", "reply": "phone", "phone": "06 12 34 56 78", "reminder": "sms", "photos": "y"}
    assert "Quel est votre rythme" in nobody.get(address).text
    nobody.post(address, typed, status=422)
    nobody.follow(nobody.post(address, typed | {"answer_1": "Lent", "role_1": "child", "name_1": "Inès"}))
    with app.app_context():
        return f"/evenements/groupe/{db.session.scalars(select(Member.code)).one()}"


def test_joining_asks_what_signing_up_asks(app: Flask, nobody: Visitor, mine: str) -> None:
    with app.app_context():
        for made in db.session.scalars(select(SignUp)):
            assert (made.said, made.reminded_by, made.agrees_to_photos) == (["Lent"], Reminded.SMS, True)
            assert [one.name for one in made.companions] == ["Inès"]
    page = nobody.get(mine).text
    for words in ("Enfant, Inès", "Quel est votre rythme", "Lent", "Par SMS", "J’accepte d’être en photo"):
        assert words in page, words


def test_one_changes_it_on_a_page(app: Flask, nobody: Visitor, mine: str) -> None:
    page = nobody.get(f"{mine}/changement").text
    assert 'value="Inès"' in page
    typed = {
        "answer_1": "Vite",
        "role_1": "child",
        "role_2": "carer",
        "way": "call",
        "needs_words": "Un banc",
    }
    nobody.post(f"{mine}/changement", typed | {"answer_1": ""}, status=422)
    assert "Un banc" in nobody.page
    nobody.follow(nobody.post(f"{mine}/changement", typed))
    assert "Sur 2 dates, il n’y a pas de place" in nobody.page
    assert nobody.page.count("Ce jour-là, nous attendons 2 personnes") == 2
    with app.app_context():
        for made in db.session.scalars(select(SignUp)):
            assert (made.said, made.needs_words, made.party) == (["Vite"], "Un banc", 2)
            assert (made.reminded_by, made.agrees_to_photos) == (Reminded.CALL, False)
        member = db.session.scalars(select(Member)).one()
        assert (member.reminded_by, member.party) == (Reminded.CALL, 3)
    nobody.get(f"{mine}/changement")
    nobody.post(f"{mine}/changement", typed | {"needs_words": "je veux mourir"}, status=200)
    assert "3114" in nobody.page
    Visitor(app).get(f"{mine}/changement", status=404)
    nobody.get(f"{mine}/depart")
    nobody.post(f"{mine}/depart")
    assert nobody.get(f"{mine}/changement", status=302).headers["Location"] == mine


def test_a_wish_for_one_date_holds_for_those_made_later(app: Flask, nobody: Visitor, mine: str) -> None:
    with app.app_context():
        changing.prefer(db.session.scalars(select(SignUp)).all()[0], Reminded.NOT)
        assert db.session.scalars(select(Member.reminded_by)).one() is Reminded.NOT


def test_who_stopped_the_mails_of_a_group_reads_so(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        date = walk(1)
        code = db.session.scalars(select(Occurrence.code).filter_by(event_id=date.id)).one()
    amina.get(f"/evenements/{code}/groupe")
    typed = {"name": "Amina", "reply": "mail", "email": "amina@exemple.fr"}
    amina.follow(amina.post(f"/evenements/{code}/groupe", typed))
    with app.app_context():
        mine = f"/evenements/groupe/{db.session.scalars(select(Member.code)).one()}"
    assert "Pas de rappel" not in amina.get(mine).text
    with app.app_context():
        about: dict[str, Any] = {"subject": "Rappel", "body": "Bonjour", "address": "amina@exemple.fr"}
        message = outbox.write(key="one reminder", kind=Kind.REMINDER, channel=Channel.MAIL, **about)
        assert message
        outbox.stop(message)
        db.session.commit()
    assert "Pas de rappel" in amina.get(mine).text
    amina.get(f"{mine}/changement")
    amina.follow(amina.post(f"{mine}/changement", {"way": "mail"}))
    assert "Pas de rappel" not in amina.page


def test_at_the_desk_for_who_calls(app: Flask, chloe: Visitor, amina: Visitor, mine: str) -> None:
    address = f"/equipe{mine}"
    chloe.post(f"{address}/ouvrir", status=200)
    for words in ("Amina", "Lent", "Inès"):
        assert words in chloe.page, words
    typed = {f"role_{place}": "" for place in range(1, 6)} | {"answer_1": "Vite", "role_1": "child"}
    chloe.post(f"{address}/changement", typed | {"role_1": "chat"}, status=422)
    chloe.post(f"{address}/changement", typed | {"role_2": "carer"}, status=200)
    assert len(re.findall("nous attendons 2 personnes", chloe.page)) == 2
    chloe.get(f"{address}/changement", status=302)
    with app.app_context():
        assert {one.said[0] for one in db.session.scalars(select(SignUp))} == {"Vite"}
        verbs = db.session.scalars(select(Entry.verb)).all()
        assert {"members viewed", "member changed"} <= set(verbs)
    amina.post(f"{address}/ouvrir", status=403)
    amina.post(f"{address}/changement", typed, status=403)
