"""The list at the door, its figures, and the letters that find somebody on it."""

from __future__ import annotations

import pytest
import time_machine
from sqlalchemy import event

from engage.accounts.models import Account
from engage.core.db import db
from engage.events.arriving import actions, queries, shown
from engage.events.arriving.models import DoorPass
from engage.events.arriving.queries import Guest
from engage.events.kinds import SignUpState
from engage.events.letters import LETTERS, letters, plain, spoken
from engage.events.models import Occurrence
from engage.events.signing import actions as signing
from engage.events.signing.models import SignUp
from tests import make
from tests.events.arriving.conftest import CAME, WALK_IN, again, entry, moved, receive
from tests.events.signing.people import signed


def test_letters_are_the_same_each_time_and_cannot_be_mistaken(session: None) -> None:
    said = {letters(f"sign-up {number}") for number in range(500)}
    assert len(said) == 500
    assert all(len(one) == 6 and set(one) <= set(LETTERS) for one in said)
    assert len(LETTERS) == 24
    assert not {"I", "O"} & set(LETTERS)
    assert letters("abcd2345") == letters("abcd2345")
    assert plain(spoken("abcd2345").lower()) == letters("abcd2345")
    assert plain(f"https://exemple.fr/suivi#{letters('abcd2345')}") == letters("abcd2345")


def test_who_left_is_not_on_the_list(walk: Occurrence, people: list[SignUp], team: Account) -> None:
    """By name, whatever its accents, and those without one at the end."""
    signing.cancel(people[0])
    signed(walk, "Émile")
    people[2].state = SignUpState.EXCUSED
    signed(walk, "Zoé")
    door, _token = actions.open_door(walk, device="Accueil", by=team)
    receive(door, entry(1, WALK_IN, party=1))
    assert [guest.name for guest in queries.roster(walk)] == ["Benoît", "Émile", "Zoé", ""]
    assert "Chloé" in [guest.name for guest in queries.roster(walk, queries.KNOWN)]


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("", True), ("jean", True), ("DUPÂS jea", True), ("paul", False), ("abcdef", False), ("'", False)],
)
def test_somebody_is_found_by_any_part_of_the_name(session: None, typed: str, is_found: bool) -> None:
    guest = Guest("abcd2345", "Jean-Élie Dupas", 1, 1, SignUpState.CONFIRMED)
    assert shown.fits(guest, typed) is is_found
    assert shown.fits(guest, letters("abcd2345").lower())
    assert shown.fits(guest, spoken("abcd2345"))


def test_figures_of_the_day(
    walk: Occurrence, people: list[SignUp], door: DoorPass, team: Account, clock: time_machine.Traveller
) -> None:
    receive(door, entry(1, CAME, people[1].code, 2), entry(2, WALK_IN, party=3))
    assert queries.figures(walk) == (2, 5, 3, 2, 0, 0)
    moved(clock, hours=2)
    actions.close_day(walk, by=team)
    assert queries.figures(walk) == (2, 5, 3, 0, 2, 0)


def test_the_list_reads_names_and_decrypts_nothing_else(walk: Occurrence, people: list[SignUp]) -> None:
    """Also of a list of hundreds: one question, and nobody of another date."""
    signed(make.occurrence(make.event()), "Paul")
    again(walk)
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
    assert [guest.whole for guest in queries.roster(walk)] == [1, 3, 1]
    (asked,) = [one for one in seen if one.startswith("SELECT")]
    assert "contact" not in asked
    assert "needs" not in asked
