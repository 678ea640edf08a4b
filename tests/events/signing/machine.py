"""Everything that may happen to a date and its waiting line, in any order, and what must hold after each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.clock import local, now
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.kinds import ACTIVE, HOLDING, CompanionRole, LargeParty, LatePlace, SignUpState
from engage.events.signing import actions
from engage.events.signing.models import SignUp, SignUpChange
from engage.outbox.models import Message
from tests import make
from tests.events.signing.crowd import LEGAL
from tests.events.signing.people import wanted

BEGIN = datetime(2026, 3, 27, 8, 0, tzinfo=UTC)  # clocks change two days later
PARIS = "Europe/Paris"
LAST = 10_000
PEOPLE = st.integers(0, 7)
PARTIES = st.sampled_from([1, 1, 1, 2, 2, 3, 6])
OTHER = (CompanionRole.OTHER, "")


class Was(NamedTuple):
    """How a sign-up stood before the step that was just made."""

    state: SignUpState
    queue: int | None
    is_partner: bool
    offers: int


class WaitingList(RuleBasedStateMachine):
    """One date of one event, in one unit that is undone at the end."""

    @initialize(
        capacity=st.integers(1, 6),
        reserved=st.integers(0, 2),
        days=st.sampled_from([1, 3, 6]),
        large_party=st.sampled_from(LargeParty),
        late_place=st.sampled_from(LatePlace),
        parties=st.lists(PARTIES, min_size=5, max_size=8),
    )
    def begin(
        self,
        capacity: int,
        reserved: int,
        days: int,
        large_party: LargeParty,
        late_place: LatePlace,
        parties: list[int],
    ) -> None:
        """A date with more people than places, as the interesting ones have."""
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.travel = self.clock.start()
        self.is_strict = large_party is LargeParty.WAITS
        kept = min(reserved, capacity)
        event = make.event(
            capacity=capacity, reserved_places=kept, released_days=1, large_party=large_party,
            late_place=late_place,
        )  # fmt: skip
        self.date = make.occurrence(event, starts_at=BEGIN + timedelta(days=days, hours=2))
        self.by = make.account("Chloé", Role.COORDINATOR)
        self.was_lowered, self.forms = False, 0
        self.before: dict[int, Was] = {}
        self.kept_rows: list[SignUp] | None = None
        for person, party in enumerate(parties):
            self.sign_up_as(person, party)

    def teardown(self) -> None:
        db.session.remove()
        if hasattr(self, "clock"):
            self.clock.stop()

    def do(self, deed: Callable[..., object], *what: Any, **how: Any) -> bool:
        """One unit: undone when a rule says no."""
        self.look()
        try:
            with db.session.begin_nested():
                deed(*what, **how)
        except Refused:
            return False
        finally:
            self.kept_rows = None
        return True

    def look(self) -> None:
        """How all stand, before something happens to them."""
        self.before = {
            one.id: Was(one.state, one.queue, one.is_reserved, one.offers) for one in self.everybody()
        }

    def everybody(self) -> list[SignUp]:
        if self.kept_rows is None:
            rows = select(SignUp).filter_by(occurrence_id=self.date.id).order_by(SignUp.id)
            self.kept_rows = list(db.session.scalars(rows.execution_options(populate_existing=True)))
        return self.kept_rows

    def one(self, person: int, *states: SignUpState) -> SignUp | None:
        rows = [sign_up for sign_up in self.everybody() if sign_up.state in (states or set(SignUpState))]
        return rows[person % len(rows)] if rows else None

    @rule(person=PEOPLE, party=PARTIES)
    def sign_up(self, person: int, party: int) -> None:
        self.sign_up_as(person, party)

    def sign_up_as(self, person: int, party: int) -> None:
        """People of an even number are partner patients."""
        self.forms += 1
        said = wanted(f"Personne {person}", party, submission_key=f"machine {self.forms}")
        line = [one.is_reserved for one in self.everybody() if one.state is SignUpState.WAITING]
        if self.do(actions.sign_up, self.date, is_partner=person % 2 == 0, **said):
            made = self.everybody()[-1]
            assert made.state in (SignUpState.CONFIRMED, SignUpState.WAITING)
            if self.is_strict and (any(line) if made.is_reserved else line):
                assert made.state is SignUpState.WAITING

    @rule(person=PEOPLE)
    def cancel(self, person: int) -> None:
        if one := self.one(person, *ACTIVE):
            self.do(actions.cancel, one)

    @rule(person=PEOPLE, party=PARTIES)
    def change(self, person: int, party: int) -> None:
        if one := self.one(person):
            said: dict[str, Any] = {"needs": [], "needs_words": "", "answers": []}
            self.do(actions.change, one, companions=[OTHER] * (party - 1), **said)

    @rule(person=PEOPLE)
    def accept(self, person: int) -> None:
        if one := self.one(person, SignUpState.OFFERED):
            is_over = one.offered_until is None or one.offered_until <= now()
            assert self.do(actions.accept, one) is not is_over

    @rule(capacity=st.integers(1, 8) | st.none())
    def set_capacity(self, capacity: int | None) -> None:
        before = self.date.capacity
        if self.do(actions.set_capacity, self.date, capacity, by=self.by):
            self.was_lowered |= before is None or (capacity is not None and capacity < before)

    @rule(hours=st.sampled_from([1, 5, 11, 24, 48]), has_worker=st.sampled_from([True, True, False]))
    def time_passes(self, hours: int, has_worker: bool) -> None:
        self.look()
        self.travel.shift(timedelta(hours=hours))
        if has_worker:
            self.do(actions.release_reserved, self.date)
            self.do(actions.expire_offers, self.date)
            late = [one for one in self.everybody() if one.offered_until and one.offered_until <= now()]
            assert not late or now() >= self.date.ends_at

    @rule(storm=st.integers(0, 9))
    def call_off(self, storm: int) -> None:
        if storm == 9 and self.do(actions.cancel_occurrence, self.date, "Orage", by=self.by):
            assert not any(one.state in ACTIVE for one in self.everybody())

    @invariant()
    def places_are_held_once(self) -> None:
        held = [one for one in self.everybody() if one.state in HOLDING]
        db.session.refresh(self.date)
        assert self.date.taken == sum(one.party for one in held)
        if self.date.capacity is not None:
            assert self.date.taken <= self.date.capacity
            if not self.was_lowered:
                strangers = sum(one.party for one in held if not one.is_reserved)
                assert strangers <= self.date.capacity - self.date.reserved

    @invariant()
    def nobody_is_there_twice(self) -> None:
        people = [one.person_digest for one in self.everybody() if one.state in ACTIVE]
        assert len(people) == len(set(people))

    @invariant()
    def no_place_stays_free_while_somebody_waits_for_it(self) -> None:
        waiting = sorted(
            (one.queue or 0, one) for one in self.everybody() if one.state is SignUpState.WAITING
        )
        assert len({place for place, _one in waiting}) == len(waiting)
        if now() >= self.date.starts_at or self.date.capacity is None:
            return
        partners = sum(one.party for one in self.everybody() if one.state in HOLDING and one.is_reserved)
        free = self.date.capacity - self.date.taken
        kept = min(free, max(0, self.date.reserved - partners))
        for _place, one in waiting[:1] if self.is_strict else waiting:
            assert one.party > (free if one.is_reserved else free - kept)

    @invariant()
    def steps_are_legal_written_down_and_told(self) -> None:
        ids = [one.id for one in self.everybody()]
        rows = select(SignUpChange).where(SignUpChange.sign_up_id.in_(ids)).order_by(SignUpChange.id)
        last = {change.sign_up_id: change for change in db.session.scalars(rows)}
        told = set(db.session.scalars(select(Message.key)))
        for one in self.everybody():
            change = last[one.id]
            assert (change.state, change.party) == (one.state, one.party)
            was = self.before.get(one.id)
            if was and was.state is not one.state:
                assert one.state in LEGAL[was.state]
                assert f"sign-up change {change.id}" in told

    @invariant()
    def promotion_is_in_order_and_before_the_start(self) -> None:
        """Who let an offer pass stands behind all who waited then, also when the next one comes at once."""
        now_there = {one.id: one for one in self.everybody()}
        left, given = [], []
        for key, was in self.before.items():
            one = now_there[key]
            if was.state is SignUpState.WAITING and one.state is SignUpState.WAITING:
                left.append(was)
            elif was.state is SignUpState.WAITING and one.state in HOLDING:
                given.append((was.queue or 0, was.is_partner))
            elif was.state is SignUpState.OFFERED and one.offers > was.offers:
                given.append((LAST, was.is_partner))
        assert not given or now() < self.date.starts_at
        for place, is_partner in given if self.is_strict else []:
            passed = [was for was in left if (was.queue or 0) < place]
            assert not [was for was in passed if was.is_partner or not is_partner]

    @invariant()
    def who_lets_an_offer_pass_goes_to_the_end(self) -> None:
        others = [was.queue or 0 for was in self.before.values() if was.state is SignUpState.WAITING]
        for one in self.everybody():
            was = self.before.get(one.id)
            if was and was.state is SignUpState.OFFERED and one.state is SignUpState.WAITING:
                assert one.offers == 1
                assert (one.queue or 0) > max(others, default=0)

    @invariant()
    def offers_end_in_the_daytime_well_before_the_start(self) -> None:
        for one in self.everybody():
            assert (one.offered_until is not None) == (one.state is SignUpState.OFFERED)
            if one.offered_until and one.offered_until != self.date.starts_at:
                last = self.date.starts_at - timedelta(hours=12)
                there = local(one.offered_until, PARIS).time()
                assert one.offered_until == last or time(9) <= there <= time(19)
                assert one.offered_until <= last
