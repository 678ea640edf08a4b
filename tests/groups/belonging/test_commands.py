"""What the clock does for memberships: asks in time, ends what is over, forgets invitations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.belonging import actions, commands, lasting, queries
from engage.groups.belonging.models import GroupInvitation, Renewal
from engage.groups.charter import actions as charters
from engage.groups.charter import queries as charter_queries
from engage.groups.charter.models import Charter
from engage.groups.meeting.calendar import queries as calendar
from engage.groups.meeting.models import Attendance, Coming
from engage.groups.models import Group, MemberKind, Membership, MembershipWish, Side
from engage.groups.space.waiting import waiting
from engage.outbox.models import Channel, Message
from tests import make
from tests.groups.belonging.test_actions import nadia
from tests.groups.meeting import sample as meetings

pytestmark = pytest.mark.usefixtures("session")


def belongs(group: Group, *, days: int, account: Account | None = None, **facts: object) -> Membership:
    """A member for two years, whose mandate ends in so many days."""
    ends_on = centre_today() + timedelta(days=days)
    begun = now() + timedelta(days=days) - timedelta(days=730)
    return make.membership(group, account or make.account(), mandate_ends_on=ends_on, begun_at=begun, **facts)


def asked() -> list[Renewal]:
    return list(db.session.scalars(select(Renewal)))


def test_sixty_days_before_its_end_a_mandate_is_proposed_anew_once() -> None:
    group = make.group()
    soon = belongs(group, days=60)
    belongs(group, days=61)
    assert [commands.propose_renewals() for _time in range(2)] == [1, 0]
    (renewal,) = asked()
    assert renewal.membership is soon
    mail = db.session.scalars(select(Message)).one()
    assert (mail.channel, mail.address) == (Channel.MAIL, soon.account and soon.account.email)
    assert "/renouvellement" in mail.body


def test_nobody_is_asked_who_takes_a_break_or_whose_group_is_over() -> None:
    group = make.group()
    resting = belongs(group, days=30)
    lasting.pause(resting, None, by=make.account("Chloé"))
    belongs(make.group(closed_at=now()), days=30)
    assert commands.propose_renewals() == 0
    lasting.come_back(resting, by=make.account("Chloé"))
    assert commands.propose_renewals() == 1


def test_who_lives_without_e_mail_is_asked_by_letter_or_phone() -> None:
    group = make.group()
    by_phone = belongs(group, days=9, account=make.account("Lucien", email=None, phone="04 11 22 33 44"))
    by_post = belongs(group, days=9, account=make.account("Odette", email=None))
    db.session.get_one(MembershipWish, by_post.id).address = "1 place du Marché"
    commands.propose_renewals()
    told = {one.channel: one.address for one in db.session.scalars(select(Message))}
    assert told == {Channel.PHONE: "04 11 22 33 44", Channel.LETTER: "1 place du Marché"}
    assert by_phone.is_active


def test_yes_ends_one_membership_and_begins_the_next_with_all_that_goes_with_it() -> None:
    group, amina = make.group(), make.account()
    member = belongs(group, days=30, account=amina, kind=MemberKind.CO_CHAIR)
    stands_in = make.membership(
        group, make.account("Max"), kind=MemberKind.SUBSTITUTE, substitute_for_id=member.id
    )
    lasting.choose(member, is_named=True, wants_digest=False, wants_post=False, address="", by=amina)
    commands.propose_renewals()
    renewal = db.session.get_one(Renewal, member.id)
    again = lasting.answer(renewal, True, by=amina)
    assert lasting.answer(renewal, True, by=amina) is again
    assert (again.begun_at, again.kind) == (member.ended_at, MemberKind.CO_CHAIR)
    assert again.mandate_ends_on == renewal.mandate_ends_on
    assert queries.wish(again).is_named
    db.session.refresh(stands_in)
    assert stands_in.substitute_for_id == again.id


def test_a_next_mandate_is_as_long_as_the_last_and_never_longer_than_the_group() -> None:
    long, short = make.group(), make.group(ends_on=date(2027, 3, 31))
    with time_machine.travel("2026-06-01 09:00"):
        for group in (long, short):
            make.membership(
                group, make.account(), begun_at=now() - timedelta(days=365), mandate_ends_on=date(2026, 6, 30)
            )
        commands.propose_renewals()
    ends = {one.membership.group_id: one.mandate_ends_on for one in asked()}
    assert ends == {long.id: date(2027, 7, 29), short.id: date(2027, 3, 31)}


def ends_together(*, days: int = 30) -> Membership:
    """A mandate that ends on the last day of its group."""
    return belongs(make.group(ends_on=centre_today() + timedelta(days=days)), days=days)


def test_a_mandate_that_ends_with_its_group_is_asked_about_and_told_as_it_is() -> None:
    member = ends_together(days=60)
    assert [commands.propose_renewals() for _time in range(2)] == [1, 0]
    (renewal,) = asked()
    assert renewal.waits_for_group
    mail = db.session.scalars(select(Message)).one()
    assert "Le groupe aussi est prévu jusqu’à ce jour" in mail.body
    assert "S’il continue" in mail.body
    assert member.is_active


def test_a_yes_waits_for_the_group_and_counts_once_its_term_is_extended() -> None:
    member = ends_together()
    last, amina = member.mandate_ends_on, member.account
    assert last
    assert amina
    commands.propose_renewals()
    (renewal,) = asked()
    assert lasting.answer(renewal, True, by=amina) is member
    assert (renewal.is_put_off, member.is_active, member.mandate_ends_on) == (True, True, last)
    assert commands.go_on_with_groups() == 0
    member.group.ends_on = last + timedelta(days=100)
    assert [commands.go_on_with_groups() for _time in range(2)] == [1, 0]
    db.session.refresh(member)
    again = db.session.get_one(Membership, renewal.renewed_id)
    assert (member.is_active, again.is_active, again.account) == (False, True, amina)
    assert again.mandate_ends_on == last + timedelta(days=100)


def test_a_yes_that_waits_may_become_a_no_and_goes_along_with_another_duty() -> None:
    member, by = ends_together(), make.account("Chloé", Role.COORDINATOR)
    commands.propose_renewals()
    assert member.account
    lasting.answer(asked()[0], True, by=member.account)
    made = lasting.change(member, MemberKind.SECRETARY, by=by)
    db.session.expire_all()
    renewal = queries.renewal(made)
    assert renewal
    assert renewal.is_put_off
    assert made.account
    lasting.answer(renewal, False, by=made.account)
    made.group.ends_on = None
    assert commands.go_on_with_groups() == 0
    assert not renewal.is_put_off


def test_a_group_that_ends_takes_the_yeses_that_waited_along() -> None:
    member, by = ends_together(), make.account("Chloé", Role.COORDINATOR)
    commands.propose_renewals()
    assert member.account
    lasting.answer(asked()[0], True, by=member.account)
    actions.close(member.group, by=by)
    assert not member.is_active
    assert commands.go_on_with_groups() == 0


def test_no_lets_the_mandate_run_to_its_end_and_one_may_change_ones_mind() -> None:
    group, amina = make.group(), make.account()
    member = belongs(group, days=3, account=amina)
    commands.propose_renewals()
    lasting.answer(asked()[0], False, by=amina)
    assert commands.end_memberships() == 0
    with time_machine.travel(now() + timedelta(days=4)):
        assert commands.end_memberships() == 1
    assert (member.is_active, member.ended_by_id, member.ended_why) == (False, None, None)
    with pytest.raises(Refused):
        lasting.answer(asked()[0], True, by=amina)


def test_who_did_not_answer_stays_and_the_coordination_asks() -> None:
    member = belongs(make.group(), days=3)
    commands.propose_renewals()
    with time_machine.travel(now() + timedelta(days=10)):
        assert commands.end_memberships() == 0
        assert queries.first_asking() == (member.group, False, 1)


def test_a_closed_account_leaves_its_groups() -> None:
    amina = make.account()
    member = make.membership(make.group(), amina)
    amina.ended_at = now()
    assert commands.end_memberships() == 1
    assert not member.is_active


def test_a_duty_that_changes_keeps_the_question_and_does_not_ask_twice() -> None:
    group, by = make.group(), make.account("Chloé", Role.COORDINATOR)
    member = belongs(group, days=30)
    commands.propose_renewals()
    made = lasting.change(member, MemberKind.SECRETARY, by=by)
    assert commands.propose_renewals() == 0
    assert queries.renewal(made)


def test_a_duty_changed_on_a_page_older_than_a_yes_keeps_the_mandate_that_was_renewed() -> None:
    group, by, amina = make.group(), make.account("Chloé", Role.COORDINATOR), make.account()
    before = belongs(group, days=30, account=amina)
    commands.propose_renewals()
    again = lasting.answer(db.session.get_one(Renewal, before.id), True, by=amina)
    made = lasting.change(before, MemberKind.SECRETARY, by=by)
    assert again.mandate_ends_on != before.mandate_ends_on
    assert (made.mandate_ends_on, made.kind) == (again.mandate_ends_on, MemberKind.SECRETARY)
    assert not again.is_active


def test_invitations_are_forgotten_thirty_days_after_their_end() -> None:
    group, by = make.group(), make.account("Chloé", Role.COORDINATOR)
    used, _code = actions.invite(group, account=make.account(), side=Side.PATIENT, by=by)
    actions.withdraw(used, by=by)
    actions.withdraw(used, by=by)
    actions.invite(group, account=make.account("Benoît"), side=Side.PATIENT, by=by)
    assert commands.forget_invitations() == 0
    with time_machine.travel(now() + timedelta(days=31)):
        assert commands.forget_invitations() == 1
    with time_machine.travel(now() + timedelta(days=45)):
        assert commands.forget_invitations() == 1
    assert db.session.scalars(select(GroupInvitation)).all() == []


def test_duties_do_not_go_round_in_circles() -> None:
    group, by = make.group(), make.account("Chloé", Role.COORDINATOR)
    lea, max_ = (make.membership(group, make.account(name)) for name in ("Lea", "Max"))
    max_ = lasting.change(max_, MemberKind.SUBSTITUTE, substitute_for=lea, by=by)
    with pytest.raises(Refused):
        lasting.change(lea, MemberKind.SUBSTITUTE, substitute_for=max_, by=by)
    assert lasting.change(max_, MemberKind.SUBSTITUTE, substitute_for=lea, by=by) is max_
    actions.end(lea, by=by)
    with pytest.raises(Refused):
        lasting.change(lea, MemberKind.SECRETARY, by=by)


def pauses_altogether(account: Account) -> None:
    nadia(account=account, paused_until=centre_today() + timedelta(days=30))


def told() -> list[Message]:
    return list(db.session.scalars(select(Message)))


def test_who_pauses_gets_nothing_when_the_team_ends_it_asks_on_or_closes() -> None:
    group, by = make.group(), make.account("Chloé", Role.COORDINATOR)
    here, resting = make.account("Ici"), make.account("Ailleurs")
    pauses_altogether(resting)
    paused = belongs(group, days=30, account=here)
    lasting.pause(paused, None, by=by)
    belongs(group, days=30, account=resting)
    assert commands.propose_renewals() == 0
    actions.end(paused, by=by)
    actions.close(group, by=by)
    assert told() == []


def test_an_address_is_forgotten_with_its_membership_and_goes_along_when_it_goes_on() -> None:
    amina, by = make.account(), make.account("Chloé", Role.COORDINATOR)
    member = belongs(make.group(), days=30, account=amina)
    lasting.choose(member, is_named=False, wants_digest=False, wants_post=True, address="3 rue", by=amina)
    again = lasting.change(member, MemberKind.SECRETARY, by=by)
    assert (queries.wish(member).address, queries.wish(again).address) == (None, "3 rue")
    actions.end(again, by=by)
    assert queries.wish(again).address is None


def test_who_joins_has_a_mandate_of_a_year_without_a_letter_and_is_asked_to_go_on() -> None:
    over = centre_today() + timedelta(days=900)
    group, amina = make.group(ends_on=over), make.account()
    member = actions.join(group, Side.PATIENT, by=amina)
    assert member.mandate_ends_on
    assert 360 < (member.mandate_ends_on - centre_today()).days < 367
    assert not queries.wish(member).wants_digest
    with time_machine.travel(now() + timedelta(days=320)):
        assert commands.propose_renewals() == 1
    short = make.group(ends_on=centre_today() + timedelta(days=20))
    assert actions.join(short, Side.PATIENT, by=amina).mandate_ends_on == short.ends_on


def test_what_was_said_goes_along_with_a_duty_and_stops_with_the_group() -> None:
    group, by = make.group(), make.account("Chloé", Role.COORDINATOR)
    amina = make.account()
    member = belongs(group, days=30, account=amina)
    coming = meetings.meeting(group)
    said = {"coming": Coming.COMING, "needs": [], "said_at": now()}
    db.session.add(Attendance(meeting_id=coming.id, membership_id=member.id, **said))
    charter = Charter(
        group_id=group.id, number=1, published_at=now(), we_promise="Oui.", you_promise="Oui.",
        confidentiality="Oui.", image_rights="Oui.", expenses="Oui.",
    )  # fmt: skip
    db.session.add(charter)
    db.session.flush()
    charters.agree(charter, member, by=amina)
    address = calendar.token(member, queries.wish(member).feed)
    again = lasting.change(member, MemberKind.SECRETARY, by=by)
    assert db.session.get(Attendance, (coming.id, again.id))
    assert waiting(amina, group).charter is None
    assert [bool(one.agreement) for one in charter_queries.signed(charter)] == [True]
    assert calendar.owner(address) is again
    actions.close(group, by=by)
    assert coming.is_cancelled
    assert len(told()) == 1
