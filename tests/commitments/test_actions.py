"""What the team can do with a commitment, and what it cannot."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.commitments import actions, queries
from engage.commitments.models import State
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.journal.models import Entry
from tests import make


@pytest.fixture
def chloe_row(session: None) -> Account:
    return make.account("Chloé", Role.COORDINATOR, job="coordinatrice")


def test_each_change_is_a_row_signed_by_a_role(chloe_row: Account) -> None:
    commitment = make.commitment()
    actions.move(commitment, state=State.UNDER_WAY, words="Le banc est commandé.", version=1, by=chloe_row)
    db.session.flush()
    change = queries.changes(commitment)[-1]
    assert (change.state, change.words, change.by_role) == (
        State.UNDER_WAY,
        "Le banc est commandé.",
        "coordinatrice",
    )
    assert db.session.scalars(select(Entry.verb)).all() == ["commitment under_way"]


def test_nothing_is_abandoned_without_a_reason(chloe_row: Account) -> None:
    commitment = make.commitment()
    with pytest.raises(Refused):
        actions.move(commitment, state=State.ABANDONED, words="", version=1, by=chloe_row)
    actions.move(
        commitment, state=State.ABANDONED, words="Le trottoir appartient à la ville.", version=1, by=chloe_row
    )
    assert commitment.reason == "Le trottoir appartient à la ville."
    assert not commitment.is_open
    assert commitment.finished_at is not None


def test_what_is_done_can_be_reopened_but_not_abandoned(chloe_row: Account) -> None:
    commitment = make.commitment(state=State.DONE, finished_at=now())
    with pytest.raises(Refused):
        actions.move(commitment, state=State.ABANDONED, words="Non.", version=1, by=chloe_row)
    actions.move(commitment, state=State.UNDER_WAY, words="Le banc est cassé.", version=1, by=chloe_row)
    assert commitment.finished_at is None


def test_the_second_of_two_people_sees_that_the_first_acted(chloe_row: Account) -> None:
    commitment = make.commitment()
    actions.move(commitment, state=State.UNDER_WAY, words="", version=1, by=chloe_row)
    db.session.flush()
    with pytest.raises(Refused):
        actions.move(commitment, state=State.DONE, words="", version=1, by=chloe_row)


def test_steps_keep_their_order_and_have_an_end(chloe_row: Account) -> None:
    commitment = make.commitment()
    for number in range(actions.MOST_STEPS):
        actions.add_step(commitment, text=f"Étape {number}", due_on=None, by=chloe_row)
        db.session.flush()
    with pytest.raises(Refused):
        actions.add_step(commitment, text="Une de trop", due_on=None, by=chloe_row)
    steps = queries.steps(commitment)
    actions.tick_step(commitment, steps[0], done_on=now().date(), by=chloe_row)
    actions.remove_step(commitment, steps[1], by=chloe_row)
    db.session.flush()
    left = [step.text for step in queries.steps(commitment)]
    assert left[:2] == ["Étape 0", "Étape 2"]


def test_the_desk_sees_what_is_due_first(session: None) -> None:
    make.commitment("Plus tard", due_on=now().date().replace(year=now().year + 1))
    make.commitment("Bientôt")
    make.commitment("Fini", state=State.DONE, finished_at=now())
    assert [row.title for row in queries.everything()] == ["Bientôt", "Plus tard", "Fini"]
    assert [row.title for row in queries.due_soon(now().date(), 7)] == ["Bientôt"]
