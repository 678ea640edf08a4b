"""Likenesses, and who finds what."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.ideas import queries
from engage.ideas.models import Idea, Merge, Publication
from engage.intake.models import Door
from tests import make

pytestmark = pytest.mark.usefixtures("session")
TODAY = date(2026, 6, 9)


def public(text: str = "Un banc", **values: object) -> Idea:
    return make.findable(make.idea(text, publication=Publication.PUBLIC, **values))


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
