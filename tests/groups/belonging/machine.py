"""All that may happen to the memberships of a group, in any order, and what must hold after each act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups import actions as facts
from engage.groups.belonging import actions, lasting, places, queries
from engage.groups.belonging.models import GroupInvitation, Renewal
from engage.groups.models import Entry, MemberKind, Membership, MembershipPause, MembershipWish, Side
from tests import make

BEGIN = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
PEOPLE = 5
WHO = st.integers(0, PEOPLE - 1)
ANY = st.integers(0, 30)
SIDES = st.sampled_from([Side.PATIENT, Side.PATIENT, Side.CARER, Side.TEAM])
KINDS = st.sampled_from([MemberKind.MEMBER, *MemberKind])
THEN = st.sampled_from(["accepted", "later", "accepted", "forwarded", "withdrawn"])
DAYS = st.sampled_from([None, None, -1, 0, 1, 30, 59, 70, 90])
State = dict[int, tuple[Side, MemberKind]]


class Belonging(RuleBasedStateMachine):
    """One group and a few people, in one unit that is undone at the end.

    `model` is who belongs as what, by our own count; `seen` what it was at each moment.
    """

    @initialize(kept=st.integers(1, 3))
    def begin_group(self, kept: int) -> None:
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.travel = self.clock.start()
        self.group = make.group(places=kept, entry=Entry.OPEN, starts_on=BEGIN.date())
        self.by = make.account("Chloé", Role.COORDINATOR)
        self.people = [make.account(f"Personne{number}") for number in range(PEOPLE)]
        self.model: State = {}
        self.seen: dict[datetime, State] = {}
        self.most = dict.fromkeys(Side, kept)
        for who, kind in enumerate((MemberKind.MEMBER, MemberKind.SUBSTITUTE, MemberKind.CO_CHAIR)):
            side = Side.PATIENT if kind is not MemberKind.CO_CHAIR else Side.CARER
            self.begin_as(who, side, kind, days=30, holder=1)

    def teardown(self) -> None:
        try:
            if hasattr(self, "seen"):
                self.history_replays()
        finally:
            db.session.remove()
            if hasattr(self, "clock"):
                self.clock.stop()

    def do(self, deed: Callable[..., Any], *what: Any, **how: Any) -> Any:
        """One unit, a second after the last one; None when a rule says no, and it is undone then."""
        self.travel.shift(timedelta(seconds=1))
        try:
            with db.session.begin_nested():
                done = deed(*what, **how)
                db.session.flush()
        except Refused:
            return None
        return done or True

    def all(self, table: type[Any]) -> list[Any]:
        keys = list(table.__table__.primary_key)
        rows = select(table).order_by(*keys).execution_options(populate_existing=True)
        return list(db.session.scalars(rows))

    def one(self, table: type[Any], which: int) -> Any:
        rows = self.all(table)
        return rows[which % len(rows)] if rows else None

    def member(self, which: int) -> Any:
        """Most often somebody who belongs to it now, sometimes somebody from the past."""
        here = [one for one in self.all(Membership) if one.is_active]
        return here[which % len(here)] if here and which % 4 else self.one(Membership, which)

    def number(self, account_id: int | None) -> int:
        return [one.id for one in self.people].index(account_id or 0)

    def note(self, member: Membership) -> None:
        """They belong to it now, as the row says."""
        self.model[self.number(member.account_id)] = (member.side, member.kind)

    @rule(who=WHO, side=SIDES, kind=KINDS, days=DAYS, holder=ANY)
    def begin(self, who: int, side: Side, kind: MemberKind, days: int | None, holder: int) -> None:
        self.begin_as(who, side, kind, days, holder)

    def begin_as(self, who: int, side: Side, kind: MemberKind, days: int | None, holder: int) -> None:
        asked = self.asked(side, kind, days, holder)
        if made := self.do(actions.begin, self.group, account=self.people[who], by=self.by, **asked):
            assert who not in self.model
            assert days is None or days >= 0
            self.note(made)

    def asked(self, side: Side, kind: MemberKind, days: int | None, holder: int) -> dict[str, Any]:
        stands_in = self.member(holder) if kind is MemberKind.SUBSTITUTE else None
        until = None if days is None else centre_today() + timedelta(days=days)
        return {"side": side, "kind": kind, "mandate_ends_on": until, "substitute_for": stands_in}

    @rule(who=WHO, side=SIDES, kind=KINDS, days=DAYS, holder=ANY, then=THEN)
    def invite(
        self, who: int, side: Side, kind: MemberKind, days: int | None, holder: int, then: str
    ) -> None:
        asked = self.asked(side, kind, days, holder)
        made = self.do(actions.invite, self.group, account=self.people[who], by=self.by, **asked)
        if made:
            assert who not in self.model
            self.answer_invitation(made[0], who, then)

    def answer_invitation(self, invitation: GroupInvitation, who: int, then: str) -> None:
        if then == "accepted":
            self.accept_as(invitation, who)
        elif then == "forwarded":
            self.accept_as(invitation, (who + 1) % PEOPLE)
        elif then == "withdrawn":
            self.do(actions.withdraw, invitation, by=self.by)
            self.accept_as(invitation, who)
            assert who not in self.model

    @rule(which=ANY, who=WHO)
    def accept(self, which: int, who: int) -> None:
        """An old one, or one of somebody else."""
        if invitation := self.one(GroupInvitation, which):
            self.accept_as(invitation, who)

    def accept_as(self, invitation: GroupInvitation, who: int) -> None:
        was_used = invitation.membership_id is not None
        made = self.do(actions.accept, invitation, account=self.people[who])
        assert not made or invitation.account_id == self.people[who].id
        if made and not was_used:
            assert who not in self.model
            self.note(made)

    @rule(who=WHO, side=SIDES)
    def join(self, who: int, side: Side) -> None:
        was_in = who in self.model
        if (made := self.do(actions.join, self.group, side, by=self.people[who])) and not was_in:
            self.note(made)

    @rule(which=ANY, is_own=st.booleans())
    def end(self, which: int, is_own: bool) -> None:
        """On a page that may be older than a renewal; what was over before that stays over."""
        if member := self.member(which):
            latest = self.latest(member)
            self.do(actions.end, member, by=member.account if is_own else self.by, why="Merci.")
            if latest.account_id and latest.is_active is False and latest.ended_at == now():
                del self.model[self.number(latest.account_id)]

    def latest(self, member: Membership) -> Membership:
        """The last of the memberships that followed it without a gap."""
        for later in self.all(Membership):
            if later.account_id == member.account_id and later.begun_at == member.ended_at:
                member = later
        return member

    @rule(which=ANY, kind=KINDS, holder=ANY)
    def change(self, which: int, kind: MemberKind, holder: int) -> None:
        """On a page that may be older than a renewal: the mandate is the renewed one."""
        if member := self.member(which):
            stands_in = self.member(holder) if kind is MemberKind.SUBSTITUTE else None
            held = self.latest(member).mandate_ends_on
            if made := self.do(lasting.change, member, kind, substitute_for=stands_in, by=self.by):
                assert made.mandate_ends_on == held
                self.note(made)

    @rule(which=ANY, days=DAYS, what=st.sampled_from(["pause", "pause", "come_back", "choose"]))
    def rest(self, which: int, days: int | None, what: str) -> None:
        member = self.member(which)
        if member is None:
            return
        if what == "pause":
            until = None if days is None else centre_today() + timedelta(days=days)
            assert not self.do(lasting.pause, member, until, by=member.account) or days is None or days > 0
        elif what == "come_back":
            self.do(lasting.come_back, member, by=self.by)
        else:
            wishes = {"is_named": True, "wants_digest": False, "wants_post": True, "address": "Ici"}
            self.do(lasting.choose, member, **wishes, by=member.account)

    @rule(which=ANY, goes_on=st.booleans())
    def answer(self, which: int, goes_on: bool) -> None:
        if renewal := self.one(Renewal, which):
            before = dict(self.model)
            made = self.do(lasting.answer, renewal, goes_on, by=renewal.membership.account)
            assert self.model == before  # it changes dates alone
            assert not (made and goes_on) or renewal.renewed_id

    @rule(side=SIDES, number=st.integers(0, 3))
    def set_places(self, side: Side, number: int) -> None:
        held = {one.side: one.places for one in places.balance(self.group).sides}
        self.do(facts.set_places, self.group, held | {side: number}, by=self.by)
        self.most = {one.side: max(one.places, one.members + one.kept) for one in self.balance()}

    @rule(days=st.integers(1, 70))
    def wait(self, days: int) -> None:
        """And the clock does its work, as the worker calls it."""
        self.travel.shift(timedelta(days=days))
        for member in queries.to_renew(99):
            self.do(lasting.propose, member)
        for member in queries.to_end(99):
            self.do(actions.end, member, by=None)
            del self.model[self.number(member.account_id)]
        self.most = {one.side: max(one.places, one.members + one.kept) for one in self.balance()}

    @rule(who=WHO, what=st.sampled_from(["keep", "keep", "forget", "keep", "close"]))
    def finish(self, who: int, what: str) -> None:
        """Now and then somebody erases their account, or the group is closed: nothing begins in it then."""
        if what == "forget":
            self.do(actions.forget_person, self.people[who])
            self.model.pop(who, None)
        elif what == "close" and len(self.seen) > 12:
            self.do(actions.close, self.group, by=self.by)
            self.model = {}

    def balance(self) -> list[places.SideCount]:
        return places.balance(self.group).sides

    @invariant()
    def nobody_belongs_twice_and_nothing_overlaps(self) -> None:
        for person in self.people:
            lived = [one for one in self.all(Membership) if one.account_id == person.id]
            assert all(one.ended_at and one.ended_at <= two.begun_at for one, two in pairwise(lived))
            assert sum(one.is_active for one in lived) <= 1

    @invariant()
    def the_rows_say_what_happened(self) -> None:
        assert self.actual() == self.model
        self.seen[now()] = dict(self.model)

    def actual(self) -> State:
        return replayed(self.all(Membership), self.people, now())

    @invariant()
    def nobody_sits_without_a_place(self) -> None:
        for one in self.balance():
            assert one.members + one.kept <= max(one.places, self.most[one.side])

    @invariant()
    def nobody_stands_in_for_a_substitute(self) -> None:
        kinds = {one.id: one.kind for one in self.all(Membership) if one.is_active}
        for one in self.all(Membership):
            if one.is_active and one.substitute_for_id in kinds:
                assert kinds[one.substitute_for_id] is not MemberKind.SUBSTITUTE

    @invariant()
    def a_substitute_follows_whom_they_stand_in_for(self) -> None:
        rows = {one.id: one for one in self.all(Membership)}
        for one in rows.values():
            holder = rows.get(one.substitute_for_id or 0)
            if one.is_active and holder and holder.ended_at:
                assert self.latest(holder) is holder

    @invariant()
    def what_hangs_on_a_membership_lasts_no_longer(self) -> None:
        rows = self.all(Membership)
        ended = {one.id for one in rows if not one.is_active}
        assert {wish.membership_id for wish in self.all(MembershipWish)} == {one.id for one in rows}
        pauses = [one.membership_id for one in self.all(MembershipPause) if one.ended_at is None]
        assert len(pauses) == len(set(pauses))
        assert not ended & set(pauses)

    def history_replays(self) -> None:
        """From the rows alone, as they stand at the end: who belonged as what at each moment of the story."""
        rows = list(queries.history(self.group))
        for moment, state in self.seen.items():
            assert replayed(rows, self.people, moment) == state


def replayed(rows: list[Membership], people: list[Account], until: datetime) -> State:
    """Every beginning and end up to this moment, one after the other."""
    ids = [one.id for one in people]
    acts = [(one.begun_at, one.id, 1, one) for one in rows]
    acts += [(one.ended_at, one.id, 0, one) for one in rows if one.ended_at]
    state: State = {}
    for moment, _row, begins, member in sorted(acts, key=lambda act: (act[0], act[2], act[1])):
        if moment > until or member.account_id is None:
            continue
        who = ids.index(member.account_id)
        if begins:
            assert who not in state
            state[who] = (member.side, member.kind)
        else:
            del state[who]
    return state
