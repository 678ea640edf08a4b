"""Who gets a free place, for how long it is offered, and what becomes of an offer that nobody takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.kinds import LargeParty, LatePlace, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import actions, commands, queries
from engage.events.signing.line import offer_ends
from engage.events.signing.models import SignUp
from engage.intake.models import Reply
from engage.outbox.models import Channel, Message
from tests import make
from tests.events.signing.people import signed, states

CONFIRMED, WAITING, OFFERED = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.OFFERED
CANCELLED = SignUpState.CANCELLED
BEGIN = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)  # Monday, 10:00 in Paris
HOUR = timedelta(hours=1)
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("at", "starts", "ends"),
    [
        # 48 hours, in the middle of the day.
        ("2026-06-01 10:00", "2026-06-20 10:00", "2026-06-03 10:00"),
        # A third of three days.
        ("2026-06-01 10:00", "2026-06-04 10:00", "2026-06-02 10:00"),
        # In the evening: the next morning at 9. 19:00 itself is still daytime.
        ("2026-06-01 20:00", "2026-06-20 10:00", "2026-06-04 09:00"),
        ("2026-06-01 19:00", "2026-06-20 10:00", "2026-06-03 19:00"),
        # In the night: the same morning.
        ("2026-06-01 03:00", "2026-06-20 10:00", "2026-06-03 09:00"),
        # A third of 25 hours ends in the evening; the morning would be less than 12 hours before the start.
        ("2026-06-01 17:00", "2026-06-02 18:00", "2026-06-02 06:00"),
        # Over the nights when clocks change, the wall counts.
        ("2026-03-27 22:00", "2026-04-20 10:00", "2026-03-30 09:00"),
        ("2026-10-23 21:00", "2026-11-20 10:00", "2026-10-26 09:00"),
    ],
)
def test_an_offer_ends_when_people_read_messages(at: str, starts: str, ends: str) -> None:
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)

    assert offer_ends(moment(at), moment(starts), "Europe/Paris") == moment(ends)


@pytest.fixture
def clock(session: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEGIN, tick=False) as moved:
        yield moved


def a_date(*, days: float = 10, capacity: int = 2, **values: Any) -> Occurrence:
    made = make.occurrence(make.event(capacity=capacity, **values), starts_at=BEGIN + timedelta(days=days))
    db.session.commit()
    return made


def told(sign_up: SignUp) -> list[Message]:
    rows = select(Message).filter_by(about_ref=sign_up.code).order_by(Message.id)
    return list(db.session.scalars(rows))


def test_an_offer_not_taken_goes_on_and_comes_back_once(clock: time_machine.Traveller) -> None:
    date = a_date(capacity=1)
    amina, benoit, chloe = (signed(date, name) for name in ("Amina", "Benoît", "Chloé"))
    actions.cancel(amina)
    db.session.commit()
    assert benoit.offered_until == BEGIN + 48 * HOUR
    assert commands.expire_offers() == 0
    clock.shift(48 * HOUR)
    assert commands.expire_offers() == 1
    assert states(benoit, chloe) == [WAITING, OFFERED]
    assert "à la fin" in told(benoit)[-1].body
    with pytest.raises(Refused, match="la personne suivante"):
        actions.accept(benoit)
    db.session.rollback()
    clock.shift(48 * HOUR)
    assert commands.expire_offers() == 1
    assert states(benoit, chloe) == [OFFERED, WAITING]
    clock.shift(48 * HOUR)
    assert commands.expire_offers() == 1
    assert states(benoit, chloe) == [CANCELLED, OFFERED]
    assert "s’arrête là" in told(benoit)[-1].body
    # Waiting, offered, to the end, offered, out.
    assert len(told(benoit)) == 5


def test_an_offer_is_over_at_its_end_even_while_the_clock_is_late(clock: time_machine.Traveller) -> None:
    date = a_date(capacity=1)
    amina, benoit = signed(date), signed(date, "Benoît")
    actions.cancel(amina)
    clock.shift(48 * HOUR)
    with pytest.raises(Refused, match="valait jusqu’au mercredi 3 juin 2026 à 10\u00a0h"):
        actions.accept(benoit)


def test_who_declines_leaves_it_to_the_next_one(clock: time_machine.Traveller) -> None:
    date = a_date(capacity=1)
    amina, benoit, chloe = (signed(date, name) for name in ("Amina", "Benoît", "Chloé"))
    actions.cancel(amina)
    actions.decline(benoit)
    assert states(benoit, chloe) == [CANCELLED, OFFERED]


def test_the_day_before_the_next_one_is_confirmed_at_once(clock: time_machine.Traveller) -> None:
    date = a_date(days=0.9, capacity=1)
    amina, benoit = signed(date), signed(date, "Benoît")
    actions.cancel(amina)
    assert benoit.state is CONFIRMED
    assert "Vous ne venez pas" in told(benoit)[-1].body


@pytest.mark.parametrize("has_phone", [True, False])
def test_or_the_team_calls(clock: time_machine.Traveller, has_phone: bool) -> None:
    """Who has no number is offered the place by mail, until the start."""
    date = a_date(days=0.9, capacity=1, late_place=LatePlace.CALLED)
    amina = signed(date)
    phone: dict[str, Any] = {"reply": Reply.PHONE, "contact": "06 12 34 56 78"} if has_phone else {}
    benoit = signed(date, "Benoît", **phone)
    actions.cancel(amina)
    assert (benoit.state, benoit.offered_until) == (OFFERED, date.starts_at)
    assert told(benoit)[-1].channel is (Channel.PHONE if has_phone else Channel.MAIL)


def test_nobody_is_promoted_after_the_start(clock: time_machine.Traveller) -> None:
    date = a_date(days=1, capacity=1)
    amina, benoit = signed(date), signed(date, "Benoît")
    clock.shift(24 * HOUR)
    actions.cancel(amina)
    assert (benoit.state, date.taken) == (WAITING, 0)


def test_a_large_party_is_waited_for_and_the_team_hears_of_it(clock: time_machine.Traveller) -> None:
    date = a_date()
    date.event.referent = make.account("Chloé", Role.COORDINATOR)
    amina, benoit = signed(date), signed(date, "Benoît")
    family, chloe = signed(date, "Famille", 2), signed(date, "Chloé")
    assert queries.ahead(chloe) == 1
    actions.cancel(amina)
    assert states(family, chloe) == [WAITING, WAITING]
    alert = db.session.scalars(select(Message).where(Message.key.startswith("large party"))).one()
    assert "un groupe de 2." in alert.body
    actions.cancel(benoit)
    assert states(family, chloe) == [OFFERED, WAITING]


def test_a_large_party_may_be_passed_if_the_event_says_so(clock: time_machine.Traveller) -> None:
    """Whoever comes to the site then has the place at once: no offer to somebody who is there."""
    date = a_date(capacity=3, large_party=LargeParty.IS_PASSED)
    amina, _benoit = signed(date, "Amina", 2), signed(date, "Benoît")
    family, chloe = signed(date, "Famille", 3), signed(date, "Chloé")
    actions.cancel(amina)
    assert states(family, chloe) == [WAITING, OFFERED]
    david = signed(date, "David")
    assert david.state is CONFIRMED
    assert len(told(david)) == 1


def test_newcomers_wait_behind_those_who_wait(clock: time_machine.Traveller) -> None:
    date = a_date()
    amina = signed(date)
    family = signed(date, "Famille", 2)
    chloe = signed(date, "Chloé")
    assert states(amina, family, chloe) == [CONFIRMED, WAITING, WAITING]


def test_places_are_kept_for_partner_patients_until_their_day(clock: time_machine.Traveller) -> None:
    date = a_date(capacity=3, reserved_places=2, released_days=3)
    amina, benoit = signed(date), signed(date, "Benoît")
    partner = signed(date, "Karim", is_partner=True)
    assert states(amina, benoit, partner) == [CONFIRMED, WAITING, CONFIRMED]
    assert commands.release_reserved() == 0
    clock.shift(7 * 24 * HOUR)
    assert commands.release_reserved() == 1
    assert commands.release_reserved() == 0
    assert (benoit.state, date.reserved) == (OFFERED, 0)


def test_partner_patients_beyond_what_is_kept_wait_like_everybody(clock: time_machine.Traveller) -> None:
    date = a_date(capacity=3, reserved_places=1)
    one, two, three = (signed(date, name, is_partner=True) for name in ("Un", "Deux", "Trois"))
    four, amina = signed(date, "Quatre", is_partner=True), signed(date)
    assert states(one, two, three, four, amina) == [CONFIRMED] * 3 + [WAITING] * 2
    actions.cancel(one)
    assert states(four, amina) == [OFFERED, WAITING]


def test_without_a_limit_nobody_waits(clock: time_machine.Traveller) -> None:
    date = make.occurrence(make.event())
    assert {signed(date, f"P{number}", 6).state for number in range(4)} == {CONFIRMED}
