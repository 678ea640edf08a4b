"""Lists, orders, likenesses, and who finds what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from werkzeug.exceptions import NotFound

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.ideas import queries
from engage.ideas.models import CIRCLE, Idea, Merge, Progress, Publication
from engage.ideas.queries import A_PAGE, Order, Wanted
from engage.intake.models import Door
from tests import make

pytestmark = pytest.mark.usefixtures("session")
TODAY = date(2026, 6, 9)
EVERYTHING = Wanted()


def public(text: str = "Un banc", **values: object) -> Idea:
    return make.findable(make.idea(text, publication=Publication.PUBLIC, **values))


def codes(wanted: Wanted, number: int = 1, day: date = TODAY) -> list[str]:
    return [line.code for line in queries.page(wanted, number, day).lines]


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
        assert queries.page(wanted, 1, TODAY).total == len(ideas)
        assert queries.page(wanted, 4, TODAY) == ((), 0)


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
    queries.page(EVERYTHING._replace(order=order), 1, TODAY)
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


def test_similar_ideas_are_public_near_and_at_most_three() -> None:
    near = [public("Des bancs devant l’entrée") for _ in range(5)]
    public("Ouvrir le dimanche matin")
    make.findable(make.idea("Un banc devant l’entrée"))
    found = queries.similar("un BANC, devant l'ENTREE svp")
    assert len(found) == 3
    assert {line.code for line in found} <= {idea.code for idea in near}
    assert queries.similar("Ouvert dimanche matin")
    assert queries.similar("Quelque chose de tout autre") == []
    assert queries.similar("!!!") == []


def test_an_idea_refused_since_is_no_longer_offered() -> None:
    public("Des bancs devant l’entrée").publication = Publication.REFUSED
    db.session.flush()
    assert queries.similar("un banc devant l'entrée") == []


def test_who_finds_what() -> None:
    amina, benoit = make.account(), make.account("Benoît")
    staff = make.account("Chloé", Role.STAFF)
    for publication in Publication:
        idea = make.idea(publication=publication, account_id=amina.id)
        for reader, followed in ((amina, False), (staff, False), (None, True), (benoit, True)):
            assert queries.get(idea.code, reader, followed=followed) is idea
        for stranger in (None, benoit):
            if publication is Publication.PUBLIC:
                assert queries.get(idea.code, stranger, followed=False) is idea
            else:
                with pytest.raises(NotFound):
                    queries.get(idea.code, stranger, followed=False)


def test_only_its_author_has_the_authors_page() -> None:
    amina, staff = make.account(), make.account("Chloé", Role.STAFF)
    idea = public(account_id=amina.id)
    assert queries.own(idea.code, amina, followed=False) is idea
    assert queries.own(idea.code, None, followed=True) is idea
    for stranger in (None, staff):
        with pytest.raises(NotFound):
            queries.own(idea.code, stranger, followed=False)


def test_a_merged_idea_is_found_by_all_if_it_was_public_and_leads_to_a_public_one() -> None:
    target = public("Trois bancs")
    for before, after in ((Publication.PUBLIC, True), (Publication.WAITING, False)):
        source = make.idea(publication=Publication.MERGED, merged_into=target)
        facts = {"publication_before": before, "moved": {}, "at": now()}
        db.session.add(Merge(source_id=source.id, target_id=target.id, **facts))
        db.session.flush()
        assert queries.may_read(None, source) is after
    target.publication = Publication.TEAM
    db.session.flush()
    assert not any(queries.may_read(None, one) for one in db.session.scalars(select(Idea)))


@pytest.mark.parametrize("key", ["", "short", "k" * 65, "\x00" * 20, "é" * 20])
def test_a_key_that_is_none_finds_no_idea(key: str) -> None:
    assert queries.sent(key) is None


def test_the_key_of_a_form_of_the_team_is_not_an_authors() -> None:
    for door in Door:
        make.idea(door=door, submission_key=f"{door:_<20}")
        assert (queries.sent(f"{door:_<20}") is not None) is (door in {Door.WEB, Door.KIOSK})


def test_the_feed_holds_the_newest_public_ideas() -> None:
    make.idea()
    first, second = public(published_at=now() - timedelta(days=1)), public()
    assert [entry.code for entry in queries.newest(10)] == [second.code, first.code]
    assert len(queries.newest(1)) == 1
