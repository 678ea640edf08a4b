"""The list of public ideas: filters, orders, pages, and how the engines read them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from engage.core.clock import now
from engage.core.db import db
from engage.ideas.box import listing
from engage.ideas.box.listing import A_PAGE, Order, Wanted
from engage.ideas.models import CIRCLE, Idea, Progress, Publication
from tests import make

pytestmark = pytest.mark.usefixtures("session")
TODAY = date(2026, 6, 9)
EVERYTHING = Wanted()


def public(text: str = "Un banc", **values: object) -> Idea:
    return make.findable(make.idea(text, publication=Publication.PUBLIC, **values))


def codes(wanted: Wanted, number: int = 1, day: date = TODAY) -> list[str]:
    return [line.code for line in listing.page(wanted, number, day).lines]


def test_the_fair_order_starts_elsewhere_each_day_and_goes_round() -> None:
    ideas = [public(shuffle=place * CIRCLE // 10) for place in range(10)]
    by_place = [idea.code for idea in ideas]
    starts = set()
    for ahead in range(30):
        day = TODAY + timedelta(days=ahead)
        found = codes(EVERYTHING, day=day)
        first = by_place.index(found[0])
        assert found == by_place[first:] + by_place[:first]
        starts.add(found[0])
        assert found == codes(EVERYTHING, day=day)
    assert len(starts) > 5


def test_each_idea_stands_on_one_page_whatever_the_order() -> None:
    ideas = {public(f"Idée {number}", support_count=number % 7).code for number in range(2 * A_PAGE + 5)}
    for order in Order:
        wanted = EVERYTHING._replace(order=order)
        pages = [codes(wanted, number) for number in (1, 2, 3)]
        assert [len(page) for page in pages] == [A_PAGE, A_PAGE, 5]
        assert {code for page in pages for code in page} == ideas
        assert listing.page(wanted, 1, TODAY).total == len(ideas)
        assert listing.page(wanted, 4, TODAY) == ((), 0)


def test_orders_by_choice() -> None:
    old = public(support_count=5, published_at=now() - timedelta(days=2))
    new = public(support_count=1)
    assert codes(EVERYTHING._replace(order=Order.NEWEST)) == [new.code, old.code]
    assert codes(EVERYTHING._replace(order=Order.SUPPORTED)) == [old.code, new.code]


def test_filters_add_up() -> None:
    theme = make.theme("reach").id
    hit = public("Un banc rouge", theme_id=theme, progress=Progress.STUDY)
    public("Un banc rouge", progress=Progress.STUDY)
    public("Un banc rouge", theme_id=theme)
    public("Une porte", theme_id=theme, progress=Progress.STUDY)
    make.findable(make.idea("Un banc rouge", theme_id=theme, progress=Progress.STUDY))
    wanted = Wanted(words="BANCS rouges", theme_id=theme, progress=Progress.STUDY)
    assert codes(wanted) == [hit.code]
    assert codes(Wanted(words="… !")) == [], "signs alone find nothing"


def plan(order: Order) -> str:
    """How the engine reads the page: what it says of the very query that the page runs."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    listing.page(EVERYTHING._replace(order=order), 1, TODAY)
    event.remove(db.engine, "before_cursor_execute", note)
    statement, parameters = asked[-1]
    connection = db.session.connection()
    if db.engine.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        return str(connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).all())
    return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())


@pytest.mark.parametrize(
    ("order", "index"),
    [
        (Order.FAIR, "ix_idea_publication_shuffle"),
        (Order.NEWEST, "ix_idea_publication_published_at"),
        (Order.SUPPORTED, "ix_idea_publication_support_count"),
    ],
)
def test_every_order_reads_through_its_index(order: Order, index: str) -> None:
    for number in range(50):
        public(f"Idée {number}")
    assert index in plan(order)


def test_the_feed_holds_the_newest_public_ideas() -> None:
    make.idea()
    first, second = public(published_at=now() - timedelta(days=1)), public()
    assert [entry.code for entry in listing.newest(10)] == [second.code, first.code]
    assert len(listing.newest(1)) == 1
