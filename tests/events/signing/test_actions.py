"""Places are taken, left and given on; nobody has two, and nobody hears nothing."""

from __future__ import annotations

import pytest

from engage.core.db import db
from engage.events.kinds import SignUpState
from engage.events.models import Occurrence
from engage.events.signing import actions, queries
from tests import make
from tests.events.signing.people import signed, states, wanted

CONFIRMED, WAITING, OFFERED = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.OFFERED


@pytest.fixture
def date(session: None) -> Occurrence:
    """Two places, in a week."""
    made = make.occurrence(make.event(), capacity=2)
    db.session.commit()
    return made


def test_the_third_one_waits_and_is_offered_the_place_of_who_leaves(date: Occurrence) -> None:
    amina, benoit, chloe = (signed(date, name) for name in ("Amina", "Benoît", "Chloé"))
    assert states(amina, benoit, chloe) == [CONFIRMED, CONFIRMED, WAITING]
    assert (date.taken, queries.ahead(chloe)) == (2, 0)
    actions.cancel(amina)
    db.session.commit()
    assert states(amina, benoit, chloe) == [SignUpState.CANCELLED, CONFIRMED, OFFERED]
    actions.accept(chloe)
    db.session.commit()
    assert (chloe.state, chloe.offered_until, date.taken) == (CONFIRMED, None, 2)


def test_a_form_sent_twice_is_one_sign_up(date: Occurrence) -> None:
    said = wanted()
    (first, code), (second, again) = (actions.sign_up(date, **said) for _time in range(2))
    assert first is second
    assert code == again
    assert queries.counts(date).confirmed == 1
