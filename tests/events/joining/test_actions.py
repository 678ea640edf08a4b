"""A group is joined once: each coming date is theirs, but those they miss, until they leave."""

from __future__ import annotations

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
from engage.events.joining import actions, commands, excusing, queries
from engage.events.joining.models import Member
from engage.events.kinds import CompanionRole, EventState, Need, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.signing import actions as signing
from engage.events.signing import commands as signing_clock
from engage.events.signing.models import SignUp, SignUpChange
from engage.intake import queries as intake
from engage.intake.models import FollowUp, Reply
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make
from tests.events.signing.people import signed, wanted

CONFIRMED, WAITING, OFFERED = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.OFFERED
EXCUSED, CANCELLED = SignUpState.EXCUSED, SignUpState.CANCELLED


def walk(weeks: int = 3, **values: Any) -> Event:
    """A walk each week, joined once."""
    event = make.event(is_joined_once=True, **values)
    for week in range(1, weeks + 1):
        make.occurrence(event, starts_at=now().replace(microsecond=0) + timedelta(weeks=week))
    db.session.commit()
    return event


def joined(event: Event, name: str = "Amina", party: int = 1, **said: Any) -> Member:
    who = {key: said.pop(key) for key in ("account", "by") if key in said}
    member, _code = actions.join(event, **who, **wanted(name, party, **said))
    db.session.commit()
    return member


def states(member: Member) -> list[SignUpState | None]:
    return [one.sign_up.state if one.sign_up else None for one in queries.coming(member)]


def on(member: Member, place: int = 0) -> SignUp:
    found = queries.coming(member)[place].sign_up
    assert found is not None
    return found


def subjects() -> list[str]:
    return [one.subject for one in db.session.scalars(select(Message).order_by(Message.id))]


def test_who_joins_is_signed_up_for_each_date_and_hears_of_it_once(session: None) -> None:
    event = walk(12)
    said = wanted("Amina", 2, needs=[Need.STEP_FREE], needs_words="Un banc", submission_key="k" * 20)
    said["companions"] = [(CompanionRole.CHILD, "Inès")]
    member, code = actions.join(event, **said)
    db.session.commit()
    assert states(member) == [CONFIRMED] * 8
    first = on(member)
    assert (first.party, first.needs, first.needs_words) == (2, ["step_free"], "Un banc")
    assert [(one.role, one.name) for one in first.companions] == [(CompanionRole.CHILD, "Inès")]
    signing_clock.tell_newcomers()
    assert subjects() == ["Marche du jeudi : votre groupe"]
    found = intake.find_follow_up(code)
    assert found is not None
    assert (found.kind, found.ref) == ("member", member.code)
    assert actions.join(event, **said) == (member, code)
    assert len(db.session.scalars(select(SignUp)).all()) == 8


def test_dates_that_come_near_are_filled_once_whatever_became_of_them(session: None) -> None:
    event = walk(9)
    amina, zoe = joined(event), joined(event, "Zoé", reply=Reply.RECEPTION, contact=None)
    excusing.excuse(on(amina, 1))
    signing.cancel(on(zoe, 2))
    db.session.commit()
    assert commands.fill_dates() == 0
    with time_machine.travel(now() + timedelta(days=8), tick=False):
        make.occurrence(event, starts_at=now() + timedelta(days=3))
        make.occurrence(event, starts_at=now() + timedelta(days=4), cancelled_at=now())
        db.session.commit()
        assert commands.fill_dates() == 4
        assert commands.fill_dates() == 0
        assert states(amina).count(EXCUSED) == 1
        assert states(zoe).count(CANCELLED) == 1
        assert [one for one in states(amina) if one is None] == [None]


def test_nothing_is_filled_where_people_cannot_sign_up(session: None) -> None:
    event = walk()
    member = joined(event)
    for values in ({"state": EventState.CANCELLED}, {"is_joined_once": False}):
        for name, value in values.items():
            before = getattr(event, name)
            setattr(event, name, value)
            make.occurrence(event, starts_at=now() + timedelta(days=2))
            db.session.commit()
            assert commands.fill_dates() == 0
            with pytest.raises(Refused):
                joined(event, "Zoé")
            db.session.rollback()
            setattr(event, name, before)
    actions.leave(member)
    db.session.commit()
    assert commands.fill_dates() == 0


def test_somebody_misses_a_date_and_the_next_in_line_hears_of_it(session: None) -> None:
    event = walk(1, capacity=1)
    amina, zoe = joined(event), joined(event, "Zoé")
    assert (states(amina), states(zoe)) == ([CONFIRMED], [WAITING])
    excusing.excuse(on(amina))
    excusing.excuse(on(amina))
    db.session.commit()
    assert (states(amina), states(zoe)) == ([EXCUSED], [OFFERED])
    rows = select(SignUpChange.state).filter_by(sign_up_id=on(amina).id).order_by(SignUpChange.id)
    assert db.session.scalars(rows).all() == [CONFIRMED, EXCUSED]
    excusing.come_back(on(amina))
    assert states(amina) == [WAITING]
    excusing.excuse(on(zoe))
    assert (states(amina), states(zoe)) == ([OFFERED], [EXCUSED])
    signing.accept(on(amina))
    assert states(amina) == [CONFIRMED]


def test_who_waits_is_told_who_is_in_is_not(session: None) -> None:
    event = walk(1, capacity=1)
    joined(event)
    joined(event, "Zoé")
    signing_clock.tell_newcomers()
    assert len(subjects()) == 3


def test_who_misses_a_date_and_comes_after_all_hears_of_both(session: None) -> None:
    event = walk(1, capacity=2)
    amina, ahmed = joined(event), joined(event, "Ahmed", reply=Reply.PHONE, contact="04 00 00 00 01")
    for member in (amina, ahmed):
        excusing.excuse(on(member))
        excusing.excuse(on(member))
        signing_clock.tell_newcomers()
        excusing.come_back(on(member))
        signing_clock.tell_newcomers()
    told = [one for one in db.session.scalars(select(Message)) if one.about_kind == "sign-up"]
    assert [one.person for one in told] == ["Amina", "Amina"]  # nobody is called for what they did themselves
    assert "Vous restez dans le groupe" in told[0].body
    assert "Votre inscription est confirmée" in told[1].body
    signed(db.session.scalars(select(Occurrence)).one(), "Zoé")
    excusing.excuse(on(amina))
    excusing.come_back(on(amina))
    signing_clock.tell_newcomers()
    every = db.session.scalars(select(Message).order_by(Message.id))
    assert "liste d’attente" in [one.body for one in every if one.person == "Amina"][-1]


def test_somebody_comes_all_the_same(session: None) -> None:
    member = joined(walk(2, capacity=3), party=2)
    excusing.excuse(on(member))
    for _time in range(2):
        excusing.come_back(on(member))
    db.session.commit()
    assert states(member) == [CONFIRMED, CONFIRMED]
    assert [one.occurrence.taken for one in queries.coming(member)] == [2, 2]


def test_a_date_that_is_over_closed_or_taken_twice(session: None) -> None:
    event = walk(1)
    member = joined(event)
    sign_up = on(member)
    excusing.excuse(sign_up)
    db.session.commit()
    other = signed(sign_up.occurrence, "Amina")
    with pytest.raises(Refused, match="déjà une inscription"):
        excusing.come_back(sign_up)
    db.session.rollback()
    signing.cancel(other)
    sign_up.occurrence.closes_at = now() - timedelta(hours=1)
    db.session.commit()
    with pytest.raises(Refused, match="sont closes"):
        excusing.come_back(sign_up)
    db.session.rollback()
    sign_up.state = SignUpState.ATTENDED
    db.session.commit()
    with pytest.raises(Refused, match="a commencé"):
        excusing.excuse(sign_up)
    db.session.rollback()


def test_who_signed_up_for_a_date_before_keeps_that(session: None) -> None:
    event = walk(2)
    date = db.session.scalars(select(Occurrence).order_by(Occurrence.id)).first()
    assert date is not None
    alone = signed(date, "Amina", party=3)
    member = joined(event)
    assert on(member, 0).id == alone.id
    assert states(member) == [CONFIRMED, CONFIRMED]
    assert commands.fill_dates() == 0


def test_leaving_frees_every_date_and_is_told_once(session: None) -> None:
    event = walk(3, capacity=1)
    amina, zoe = joined(event), joined(event, "Zoé")
    signing_clock.tell_newcomers()
    before = len(subjects())
    for _time in range(2):
        actions.leave(amina)
    db.session.commit()
    assert states(zoe) == [OFFERED] * 3
    told = db.session.scalars(select(Message).order_by(Message.id)).all()[before:]
    assert [one.about_kind for one in told].count("member") == 1
    bodies = [one.body or "" for one in told if one.about_kind == "member"]
    assert "3 dates à venir" in bodies[0]
    again = joined(event)
    assert again.id != amina.id
    assert states(again) == [WAITING] * 3


def test_the_team_lets_join_and_takes_out(session: None) -> None:
    chloe = make.account("Chloé", Role.COORDINATOR)
    member = joined(walk(), by=chloe, reply=Reply.PHONE, contact="04 00 00 00 01")
    actions.leave(member, by=chloe)
    actions.read_members(member.event, by=chloe)
    verbs = db.session.scalars(select(Entry.verb).order_by(Entry.id)).all()
    assert verbs == ["member added", "member removed", "members viewed"]
    assert subjects() == ["Marche du jeudi : votre groupe"]


def test_the_same_person_joins_once(session: None) -> None:
    event, other = walk(), walk()
    said = wanted("Amina", submission_key="s" * 20)
    actions.join(event, **said)
    with pytest.raises(Refused, match="déjà dans ce groupe"):
        actions.join(event, **wanted("amina"))
    with pytest.raises(Refused, match="déjà été envoyé"):
        actions.join(other, **said)
    for _person in range(2):
        actions.join(event, **wanted("Zoé", reply=Reply.RECEPTION, contact=None))
    assert queries.counts(event) == (3, 3)
    with pytest.raises(Refused, match="pas un groupe"):
        actions.join(make.event("Film"), **wanted("Amina"))


def test_a_party_too_large_for_a_date_is_left_out_there_alone(session: None) -> None:
    event = walk(2)
    small = db.session.scalars(select(Occurrence).order_by(Occurrence.id)).first()
    assert small is not None
    small.capacity = 2
    db.session.commit()
    member = joined(event, party=3)
    assert states(member) == [None, CONFIRMED]
    assert commands.fill_dates() == 0


def test_a_partner_patient_has_one_of_the_kept_places(session: None) -> None:
    benoit = make.account("Benoît", Role.PARTNER)
    member = joined(walk(1, capacity=2, reserved_places=1), account=benoit)
    assert on(member).is_reserved


def test_who_left_is_forgotten_when_lists_are(session: None) -> None:
    event = walk(60)
    amina, zoe = joined(event, needs_words="Un banc"), joined(event, "Zoé")
    actions.leave(amina)
    db.session.commit()
    with time_machine.travel(now() + timedelta(days=180), tick=False):
        assert commands.forget_members() == 0
    with time_machine.travel(now() + timedelta(days=190), tick=False):
        assert commands.forget_members() == 1
        assert commands.forget_members() == 0
    db.session.refresh(amina)
    assert (amina.name, amina.contact, amina.needs_words, amina.person_digest) == (None,) * 4
    assert zoe.name == "Zoé"
    codes = db.session.scalars(select(FollowUp.ref).filter_by(kind="member")).all()
    assert codes == [zoe.code]
    with time_machine.travel(now() + timedelta(weeks=60, days=190), tick=False):
        assert commands.forget_members() == 1


def test_an_anonymous_list_does_not_lead_back_to_the_group(session: None) -> None:
    member = joined(walk(1))
    sign_up = on(member)
    with time_machine.travel(now() + timedelta(days=200), tick=False):
        make.occurrence(member.event, starts_at=now() + timedelta(days=2))
        assert commands.forget_members() == 0
        assert member.code in sign_up.submission_key
        signing_clock.forget_lists()
        assert commands.forget_members() == 0
    db.session.refresh(sign_up)
    assert sign_up.submission_key == f"forgotten {sign_up.code}"
    assert member.name == "Amina"


def test_many_join_at_once_by_a_form_sent_twice(app: Flask) -> None:
    with app.app_context():
        event_id = walk(2, capacity=5).id
    start, faults, codes = threading.Barrier(16), [], set()

    def come(client: int) -> None:
        start.wait(timeout=30)
        with app.app_context():
            try:
                event = db.session.get_one(Event, event_id)
                key = f"form-{client // 2}-{'x' * 12}"
                member, code = actions.join(event, **wanted(f"Personne {client // 2}", submission_key=key))
                codes.add((member.code, code))
                db.session.commit()
            except Exception as fault:  # noqa: BLE001 - whatever it is, the test must fail with it
                faults.append(fault)

    threads = [threading.Thread(target=come, args=(client,)) for client in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert faults == []
    with app.app_context():
        assert len(codes) == len(db.session.scalars(select(Member)).all()) == 8
        for date in db.session.scalars(select(Occurrence)):
            rows = select(SignUp.state).filter_by(occurrence_id=date.id)
            found = db.session.scalars(rows).all()
            assert (found.count(CONFIRMED), found.count(WAITING), date.taken) == (5, 3, 5)
