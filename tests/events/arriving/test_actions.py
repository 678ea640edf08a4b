"""Who comes is noted once, whatever devices send, and in whichever order."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice, permutations

import pytest
import time_machine
from sqlalchemy import func, select

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.arriving import actions, commands, queries
from engage.events.arriving.entries import Said
from engage.events.arriving.models import Arrival, DoorPass
from engage.events.arriving.writing import Noted
from engage.events.kinds import Cause, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import actions as signing
from engage.events.signing import queries as signed_queries
from engage.events.signing.models import SignUp, SignUpChange
from engage.journal.models import Entry as Written
from tests import make
from tests.events.arriving.conftest import CAME, COUNT, UNDONE, WALK_IN, again, entry, moved, receive
from tests.events.signing.people import signed

ATTENDED, WALKED_IN = SignUpState.ATTENDED, SignUpState.WALK_IN


def states(*people: SignUp) -> list[SignUpState]:
    return [again(one).state for one in people]


def changes(one: SignUp) -> list[tuple[SignUpState, Cause, int, str]]:
    rows = select(SignUpChange).filter_by(sign_up_id=one.id).order_by(SignUpChange.id)
    return [(row.state, row.cause, row.party, row.why) for row in db.session.scalars(rows)]


def test_who_comes_is_noted_with_who_and_why(door: DoorPass, people: list[SignUp], team: Account) -> None:
    amina, benoit, _chloe = people
    receive(door, entry(1, CAME, amina.code), entry(2, CAME, benoit.code))
    assert states(*people) == [ATTENDED, ATTENDED, SignUpState.CONFIRMED]
    assert changes(benoit)[-1] == (ATTENDED, Cause.TEAM, 3, "Accueil")
    rows = select(SignUpChange.by_id).filter_by(sign_up_id=amina.id).order_by(SignUpChange.id.desc())
    assert db.session.scalars(rows).first() == team.id


def test_checking_in_early_keeps_the_place(door: DoorPass, walk: Occurrence) -> None:
    walk.capacity = 2
    amina, benoit = signed(walk, "Amina"), signed(walk, "Benoît")
    chloe = signed(walk, "Chloé")
    assert chloe.state is SignUpState.WAITING
    receive(door, entry(1, CAME, amina.code), entry(2, CAME, benoit.code))
    assert again(walk).taken == 2
    assert signed_queries.counts(walk).held == 2
    late = signed(walk, "Dominique")
    assert states(chloe, late) == [SignUpState.WAITING] * 2


def test_the_same_thing_sent_twice_is_one(door: DoorPass, people: list[SignUp]) -> None:
    batch = [
        entry(1, CAME, people[0].code),
        entry(2, WALK_IN, party=2, name="Paul"),
        entry(3, COUNT, party=1),
    ]
    first, second = receive(door, *batch), receive(door, *batch)
    assert first == second == Noted([one.key for one in batch], [])
    assert len(changes(people[0])) == 2
    assert db.session.scalar(select(func.count()).select_from(Arrival)) == 3
    assert [guest.name for guest in queries.roster(door.occurrence)] == ["Amina", "Benoît", "Chloé", "Paul"]
    assert again(door.occurrence).head_count == 1


def test_two_devices_note_one_person_once(
    door: DoorPass, walk: Occurrence, people: list[SignUp], team: Account
) -> None:
    other, _token = actions.open_door(walk, device="Salle 2", by=team)
    receive(door, entry(1, CAME, people[1].code))
    receive(other, entry(2, CAME, people[1].code))
    assert queries.figures(walk).people == 3
    assert len(changes(people[1])) == 2


def test_what_was_noted_last_counts_even_when_it_is_sent_first(
    door: DoorPass, people: list[SignUp], clock: time_machine.Traveller
) -> None:
    moved(clock, minutes=60)
    minutes = timedelta(minutes=1)
    receive(door, entry(1, UNDONE, people[0].code, ago=5 * minutes))
    receive(door, entry(2, CAME, people[0].code, ago=20 * minutes))
    assert states(people[0]) == [SignUpState.CONFIRMED]
    receive(door, entry(3, CAME, people[0].code, ago=2 * minutes))
    assert states(people[0]) == [ATTENDED]


def test_the_order_in_which_devices_send_makes_no_difference(
    door: DoorPass, walk: Occurrence, clock: time_machine.Traveller
) -> None:
    """Six notes about Benoît and his two companions, in each of their orders."""
    walk.capacity, walk.closes_at = None, walk.ends_at
    moved(clock, minutes=60)
    notes = [(CAME, 2), (UNDONE, 0), (CAME, 0), (CAME, 1), (UNDONE, 0), (CAME, 2)]
    ends = []
    for turn, order in enumerate(islice(permutations(range(6)), 0, None, 29)):
        one = signed(walk, f"Benoît {turn}", 3)
        for place in order:
            kind, party = notes[place]
            at = timedelta(minutes=30 - place)
            receive(door, entry(10 * turn + place, kind, one.code, party, ago=at))
        ends.append((again(one).state, one.party))
    assert len(ends) == 25
    assert set(ends) == {(ATTENDED, 2)}


def test_nothing_is_noted_before_the_telephone_had_its_pass(door: DoorPass, people: list[SignUp]) -> None:
    receive(door, entry(1, CAME, people[0].code, ago=timedelta(days=9)))
    assert db.session.scalars(select(Arrival.at)).one() == door.made_at


def test_codes_of_another_date_are_refused(door: DoorPass, people: list[SignUp]) -> None:
    other = signed(make.occurrence(make.event()), "Paul")
    noted = receive(
        door, entry(1, CAME, other.code), entry(2, CAME, "nowhere1"), entry(3, CAME, people[0].code)
    )
    assert noted.refused == [entry(1, CAME).key, entry(2, CAME).key]
    assert states(other, people[0]) == [SignUpState.CONFIRMED, ATTENDED]


def test_undoing_puts_everything_back(door: DoorPass, people: list[SignUp]) -> None:
    benoit = people[1]
    receive(door, entry(1, CAME, benoit.code, 2))
    assert (again(benoit).party, again(door.occurrence).taken) == (2, 4)
    receive(door, entry(2, UNDONE, benoit.code), entry(3, UNDONE, benoit.code))
    assert (again(benoit).state, benoit.party) == (SignUpState.CONFIRMED, 3)
    assert again(door.occurrence).taken == 5
    assert [state for state, *_rest in changes(benoit)] == [
        SignUpState.CONFIRMED, ATTENDED, SignUpState.CONFIRMED,
    ]  # fmt: skip


def test_a_party_is_never_larger_than_who_signed_up(door: DoorPass, people: list[SignUp]) -> None:
    receive(door, entry(1, CAME, people[0].code, 6), entry(2, CAME, people[1].code, 2))
    receive(door, entry(3, CAME, people[1].code, 6))
    assert [again(one).party for one in people] == [1, 3, 1]


def test_places_given_away_do_not_come_back(door: DoorPass, walk: Occurrence) -> None:
    walk.capacity = 3
    benoit = signed(walk, "Benoît", 3)
    receive(door, entry(1, CAME, benoit.code, 1))
    signed(walk, "Paul", 2)
    receive(door, entry(2, UNDONE, benoit.code))
    assert (again(benoit).party, again(walk).taken) == (1, 3)


def test_who_walks_in_takes_no_counted_place(door: DoorPass, walk: Occurrence) -> None:
    walk.capacity = 1
    amina = signed(walk, "Amina")
    receive(door, entry(1, CAME, amina.code), *(entry(number, WALK_IN, party=6) for number in range(2, 5)))
    assert again(walk).taken == 1
    assert queries.figures(walk)[:3] == (4, 19, 18)
    assert [guest.name for guest in queries.roster(walk)] == ["Amina", "", "", ""]


def test_who_waited_and_comes_walked_in_and_finds_their_turn_again(door: DoorPass, walk: Occurrence) -> None:
    walk.capacity = 1
    _amina, first, second = signed(walk, "Amina"), signed(walk, "Benoît"), signed(walk, "Chloé")
    receive(door, entry(1, CAME, first.code))
    assert (states(first), again(walk).taken) == ([WALKED_IN], 1)
    receive(door, entry(2, UNDONE, first.code))
    assert states(first) == [SignUpState.WAITING]
    assert [one.code for one in signed_queries.line(walk)] == [first.code, second.code]


def test_a_walk_in_noted_by_mistake_is_gone(door: DoorPass, walk: Occurrence) -> None:
    """Named by the key it was noted with: the telephone has not heard its code yet."""
    receive(door, entry(1, WALK_IN, party=2, name="Paul"), entry(2, UNDONE, entry(1, WALK_IN).key))
    assert queries.roster(walk) == []
    assert queries.figures(walk).people == 0


def test_who_signed_up_again_meanwhile_is_there_once(door: DoorPass, walk: Occurrence) -> None:
    walk.capacity = 1
    _chloe, before = signed(walk, "Chloé"), signed(walk, "Amina")
    receive(door, entry(1, CAME, before.code))
    after = signed(walk, "Amina")
    receive(door, entry(2, UNDONE, before.code))
    assert states(before, after) == [SignUpState.CANCELLED, SignUpState.WAITING]


def test_heads_of_two_devices_add_up(door: DoorPass, walk: Occurrence, team: Account) -> None:
    other, _token = actions.open_door(walk, device="Salle 2", by=team)
    receive(door, *(entry(number, COUNT, party=1) for number in range(3)))
    receive(other, entry(7, COUNT, party=4), entry(8, UNDONE, party=1))
    assert again(walk).head_count == 6
    receive(other, entry(9, UNDONE, party=50), entry(10, COUNT, party=2))
    assert again(walk).head_count == 2
    actions.set_head_count(walk, 23, submission_key="key-of-a-form-0001", by=team)
    actions.set_head_count(walk, 23, submission_key="key-of-a-form-0001", by=team)
    assert again(walk).head_count == 23
    actions.set_head_count(walk, 21, submission_key="key-of-a-form-0002", by=team)
    assert again(walk).head_count == 21


def test_a_pass_lasts_until_a_day_after(
    door: DoorPass, walk: Occurrence, team: Account, clock: time_machine.Traveller
) -> None:
    kept, token = actions.open_door(walk, device="Accueil", by=team)
    db.session.flush()
    assert token not in (kept.token_digest, kept.code)
    assert queries.valid_pass(walk.code, token) is kept
    assert queries.valid_pass(walk.code, "") is None
    assert queries.valid_pass(make.occurrence(make.event()).code, token) is None
    clock.move_to(walk.ends_at + timedelta(hours=23, minutes=59))
    assert queries.valid_pass(walk.code, token) is kept
    moved(clock, minutes=1)
    assert queries.valid_pass(walk.code, token) is None
    with pytest.raises(Refused):
        actions.open_door(walk, device="Accueil", by=team)


def test_a_pass_is_taken_back(walk: Occurrence, team: Account) -> None:
    kept, token = actions.open_door(walk, device="Accueil", by=team)
    actions.revoke(walk, kept, by=team)
    actions.revoke(walk, kept, by=team)
    db.session.flush()
    assert queries.valid_pass(walk.code, token) is None
    assert queries.passes(walk) == []
    verbs = select(Written.verb).order_by(Written.id)
    assert list(db.session.scalars(verbs)) == ["door opened", "door revoked"]


def test_the_day_is_closed_after_it_began(
    door: DoorPass, walk: Occurrence, people: list[SignUp], team: Account, clock: time_machine.Traveller
) -> None:
    walk.capacity = 5
    waiting = signed(walk, "Paul")
    with pytest.raises(Refused):
        actions.close_day(walk, by=team)
    moved(clock, hours=2)
    receive(door, entry(1, CAME, people[0].code), entry(2, WALK_IN, party=1, name="Rémi"))
    for _twice in range(2):
        actions.close_day(walk, by=team)
    assert states(*people, waiting) == [
        ATTENDED, SignUpState.ABSENT, SignUpState.ABSENT, SignUpState.CANCELLED,
    ]  # fmt: skip
    assert (again(walk).day_closed_at, walk.new_faces, walk.taken) == (now(), 1, 1)
    assert changes(people[1])[-1][:2] == (SignUpState.ABSENT, Cause.TEAM)


def test_a_telephone_that_comes_back_late_is_still_heard(
    door: DoorPass, walk: Occurrence, people: list[SignUp], team: Account, clock: time_machine.Traveller
) -> None:
    moved(clock, hours=2)
    actions.close_day(walk, by=team)
    moved(clock, hours=5)
    receive(door, entry(1, CAME, people[0].code, ago=timedelta(hours=6)))
    assert (states(people[0]), again(walk).new_faces) == ([ATTENDED], 1)
    receive(door, entry(2, UNDONE, people[0].code))
    assert (states(people[0]), again(walk).new_faces) == ([SignUpState.ABSENT], 0)


def test_new_faces_never_came_to_an_earlier_date(
    walk: Occurrence, people: list[SignUp], team: Account, door: DoorPass, clock: time_machine.Traveller
) -> None:
    before = make.occurrence(make.event(), starts_at=now() + timedelta(minutes=1), minutes=5)
    known, missed = signed(before, "Amina"), signed(before, "Chloé")
    earlier, _token = actions.open_door(before, device="Accueil", by=team)
    receive(earlier, entry(1, CAME, known.code))
    receive(door, *(entry(2 + number, CAME, one.code) for number, one in enumerate(people)))
    moved(clock, hours=1)
    actions.close_day(walk, by=team)
    assert missed.state is SignUpState.CONFIRMED
    assert walk.new_faces == 2


def test_the_day_opens_again_until_the_list_is_anonymous(
    walk: Occurrence, people: list[SignUp], team: Account, clock: time_machine.Traveller
) -> None:
    moved(clock, hours=2)
    actions.close_day(walk, by=team)
    for _twice in range(2):
        actions.reopen_day(walk, by=team)
    assert states(*people) == [SignUpState.CONFIRMED] * 3
    assert (again(walk).day_closed_at, walk.new_faces, walk.taken) == (None, None, 5)
    moved(clock, days=200)
    with pytest.raises(Refused):
        actions.reopen_day(walk, by=team)


def test_reopening_does_not_oversell(
    walk: Occurrence, people: list[SignUp], team: Account, clock: time_machine.Traveller
) -> None:
    moved(clock, minutes=20)
    actions.close_day(walk, by=team)
    signing.set_capacity(walk, 2, by=team)
    actions.reopen_day(walk, by=team)
    assert states(*people) == [SignUpState.CONFIRMED, SignUpState.ABSENT, SignUpState.CONFIRMED]
    assert again(walk).taken == 2


def test_the_paper_list_is_typed(
    walk: Occurrence, people: list[SignUp], team: Account, clock: time_machine.Traveller
) -> None:
    moved(clock, hours=3)
    amina, benoit, chloe = people
    said = {amina.code: Said(1), benoit.code: Said(2), chloe.code: Said(is_excused=True), "nowhere1": Said(1)}
    assert actions.enter_list(walk, said, submission_key="key-of-a-form-0001", by=team) == 3
    assert states(*people) == [ATTENDED, ATTENDED, SignUpState.EXCUSED]
    assert (again(benoit).party, again(walk).taken) == (2, 3)
    assert actions.enter_list(walk, said, submission_key="key-of-a-form-0002", by=team) == 0
    other = {amina.code: Said(), benoit.code: Said(2), chloe.code: Said()}
    assert actions.enter_list(walk, other, submission_key="key-of-a-form-0003", by=team) == 2
    assert states(*people) == [SignUpState.CONFIRMED, ATTENDED, SignUpState.ABSENT]
    actions.close_day(walk, by=team)
    with pytest.raises(Refused):
        actions.enter_list(walk, said, submission_key="key-of-a-form-0004", by=team)


def test_who_is_typed_as_excused_after_they_were_noted_is_excused(
    walk: Occurrence, people: list[SignUp], team: Account, door: DoorPass
) -> None:
    receive(door, entry(1, CAME, people[0].code))
    said = {people[0].code: Said(is_excused=True)}
    assert actions.enter_list(walk, said, submission_key="key-of-a-form-0001", by=team) == 1
    assert states(people[0]) == [SignUpState.EXCUSED]


def test_an_excuse_before_the_start_gives_the_place_to_the_next(walk: Occurrence, team: Account) -> None:
    walk.capacity = 1
    amina, benoit = signed(walk, "Amina"), signed(walk, "Benoît")
    said = {amina.code: Said(is_excused=True)}
    actions.enter_list(walk, said, submission_key="key-of-a-form-0001", by=team)
    assert states(amina, benoit) == [SignUpState.EXCUSED, SignUpState.CONFIRMED]


def test_every_look_at_the_list_is_in_the_journal(
    walk: Occurrence, people: list[SignUp], team: Account
) -> None:
    assert [guest.name for guest in actions.read_list(walk, by=team)] == ["Amina", "Benoît", "Chloé"]
    assert db.session.scalars(select(Written.verb)).all() == ["guests viewed"]


def test_when_people_came_is_forgotten_with_their_names(
    door: DoorPass, walk: Occurrence, people: list[SignUp], clock: time_machine.Traveller
) -> None:
    receive(door, entry(1, CAME, people[0].code), entry(2, COUNT, party=7))
    moved(clock, days=100)
    assert commands.forget_doors() == 0
    moved(clock, days=100)
    assert (commands.forget_doors(), commands.forget_doors()) == (1, 0)
    assert db.session.scalars(select(Arrival)).all() == []
    assert (again(walk).head_count, states(people[0])) == (7, [ATTENDED])
