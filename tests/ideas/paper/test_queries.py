"""Boxes on the shelf: open ones first to last, closed ones by page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from werkzeug.exceptions import NotFound

from engage.core.clock import now
from engage.core.db import db
from engage.ideas.models import Batch, Discard
from engage.ideas.paper import queries
from engage.intake.models import Door
from tests import make

pytestmark = pytest.mark.usefixtures("session")
FIRST = date(2026, 1, 5)


def box(slips: int = 3, *, days: int = 0, is_closed: bool = False) -> Batch:
    batch = Batch(
        opened_on=FIRST + timedelta(days=days),
        opened_by="Chloé",
        slips=slips,
        created_at=now(),
        closed_at=now() if is_closed else None,
    )
    db.session.add(batch)
    db.session.flush()
    return batch


def test_a_box_knows_what_is_left() -> None:
    batch, other = box(4), box(9)
    make.idea(door=Door.PAPER, batch_id=batch.id)
    make.idea(door=Door.PAPER, batch_id=other.id)
    db.session.add(Discard(batch_id=batch.id, submission_key="k" * 20, reason="empty", at=now()))
    found = queries.get(batch.code)
    assert (found.entered, found.discarded, found.left, found.next_slip) == (1, 1, 2, 3)


def test_open_boxes_come_the_oldest_first_and_closed_ones_not_at_all() -> None:
    late, early = box(days=2), box(days=1)
    box(days=0, is_closed=True)
    assert [one.batch for one in queries.open_batches()] == [early, late]


def test_the_shelf_shows_closed_boxes_by_page_the_last_first() -> None:
    for days in range(queries.PAGE + 1):
        box(days=days, is_closed=True)
    first, beyond = queries.closed_batches(1), queries.closed_batches(99)
    assert (first.number, first.pages, len(first.boxes)) == (1, 2, queries.PAGE)
    assert first.boxes[0].batch.opened_on == FIRST + timedelta(days=queries.PAGE)
    assert (beyond.number, len(beyond.boxes)) == (2, 1)


def test_an_unknown_box_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.get("nowhere")
    with pytest.raises(NotFound):
        queries.to_change("nowhere")


def test_a_discard_is_found_in_its_own_box_only() -> None:
    batch, other = box(), box()
    aside = Discard(batch_id=batch.id, submission_key="k" * 20, reason="empty", at=now())
    db.session.add(aside)
    db.session.flush()
    assert queries.discard(batch, aside.id) is aside
    with pytest.raises(NotFound):
        queries.discard(other, aside.id)
