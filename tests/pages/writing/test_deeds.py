"""The deeds on a page, on both engines: versions that never change, two writers, withdrawing, reviewing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from engage.accounts.models import Role
from engage.centre.queries import centre_today
from engage.core import fulltext
from engage.core.db import db
from engage.core.errors import Refused
from engage.outbox.models import Message
from engage.pages import actions, versions
from engage.pages.guide import actions as guides
from engage.pages.models import PageDraft, PageVersion
from engage.pages.starter import sheets
from engage.pages.writing import actions as helping
from engage.pages.writing import commands, queries, takeout
from engage.pages.writing.words import ICONS
from tests import make
from tests.pages.guide.small import SMALL
from tests.pages.writing import sample

pytestmark = pytest.mark.usefixtures("session")


def found(words: str) -> list[str]:
    return list(db.session.scalars(fulltext.matching("page", words)))


def test_a_version_is_frozen_once_and_never_changes() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    draft = sample.draft(by=by)
    first = actions.freeze(draft, by=by)
    assert actions.freeze(draft, by=by) is first
    assert versions.shown(first.page) == []
    actions.publish(first, by=by)
    actions.publish(first, by=by)
    assert versions.draft_of(first.page, "fr") is None
    db.session.commit()
    with pytest.raises(DatabaseError), db.session.begin_nested():
        db.session.execute(update(PageVersion).values(title="Autre chose"))
    again = actions.begin(first.page, "fr", by=by)
    actions.write(again, version=again.version, by=by, simple="Demandez vos clés.")
    second = actions.freeze(again, by=by)
    assert second.number == 2
    actions.publish(second, by=by)
    assert versions.shown(first.page) == [second]
    assert (found("papiers"), found("clés")) == ([], ["sortir"])
    draft = actions.restore(first, by=by)
    assert draft.simple == sample.SIMPLE
    assert versions.shown(first.page) == [second]
    actions.write(draft, version=draft.version, by=by, simple="Autre chose.")
    with pytest.raises(Refused):
        actions.restore(second, by=by)


def test_an_older_version_is_not_published_over_a_newer_one() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    draft = sample.draft(by=by)
    first = actions.freeze(draft, by=by)
    actions.write(draft, version=draft.version, by=by, summary="On vous aide.")
    actions.publish(actions.freeze(draft, by=by), by=by)
    with pytest.raises(Refused):
        actions.publish(first, by=by)


def test_what_stands_in_the_way_of_publication() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    for number, words in enumerate(
        ("Le PTAX vous aide.", "Appelez le 51 en cas d’urgence.", "mot " * 31 + ".")
    ):
        version = actions.freeze(sample.draft(f"page-{number}", by=by, simple=words), by=by)
        with pytest.raises(Refused):
            actions.publish(version, by=by)
    for number, words in enumerate((
        "<script>alert(1)</script>", "[ici](javascript:alert(1))", "[ici](data:text/html,x)",
        "![](image:porte)", "::: etapes\nUn.", "::: boite\nUn.\n:::", "", "mot " * 30_000,
    )):  # fmt: skip
        draft = sample.draft(f"faute-{number}", by=by, simple=words)
        with pytest.raises(Refused) as refusal:
            actions.freeze(draft, by=by)
        assert "ligne" in str(refusal.value) or not words or len(words) > 100_000
    with pytest.raises(Refused):
        actions.freeze(sample.draft("long", by=by, message="Un jour. Deux jours. Trois jours."), by=by)


def test_a_translation_says_what_it_was_made_from() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    draft = sample.draft(by=by)
    with pytest.raises(Refused):
        actions.begin(draft.page, "en", by=by)
    first = actions.freeze(draft, by=by)
    actions.publish(first, by=by)
    english = actions.begin(first.page, "en", by=by)
    assert (english.source_id, english.simple) == (first.id, first.simple)
    actions.write(english, version=english.version, by=by, simple="Ask for your papers.")
    actions.publish(actions.freeze(english, by=by), by=by)
    assert found("papers") == ["sortir:en"]
    assert versions.first_published(first.page) is first
    actions.withdraw(first.page, by=by)
    actions.withdraw(first.page, by=by)
    assert (found("papers"), found("papiers")) == ([], [])
    actions.put_back(first.page, by=by)
    actions.put_back(first.page, by=by)
    assert (found("papers"), found("papiers")) == (["sortir:en"], ["sortir"])


def test_a_page_to_read_again_is_told_once_to_who_answers_for_it() -> None:
    by = make.account("Chloé", Role.COORDINATOR, email="chloe@exemple.fr")
    page = sample.published(by=by).page
    sample.published("autre").page.review_on = centre_today()
    assert commands.remind() == 0
    with pytest.raises(Refused):
        actions.review(page, review_on=centre_today(), by=by)
    page.review_on = centre_today()
    db.session.commit()
    assert commands.remind() == 1
    assert commands.remind() == 0
    told = db.session.scalars(select(Message)).one()
    assert "Sortir de l’hôpital" in told.subject
    assert "/equipe/pages/sortir" in told.body
    actions.review(page, review_on=centre_today() + timedelta(days=1), by=by)
    assert page.reminded_on is None
    assert queries.to_remind() == []


def test_a_page_that_was_never_frozen_goes_with_its_last_draft() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    actions.discard(sample.draft(by=by), by=by)
    assert queries.lines() == []


def test_words_that_writers_take_are_proposed_to_the_next_one() -> None:
    for words, said in (("Proches aidants", "les proches"), ("proches aidants", "la famille")):
        helping.learn(words, said)
    helping.learn("proches aidants", "la famille")
    helping.learn("proches", "Proches")
    assert queries.plain_words() == [("proches aidants", "la famille")]


def test_who_leaves_takes_a_copy_and_their_name() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    version = sample.published(by=by)
    actions.begin(version.page, "en", by=by)
    guide = guides.put_before_readers(guides.begin("fr", SMALL, by=by), author=by.full_name)
    held = takeout.record(by)
    assert held["guides"] == [{"language": "fr", "number": 1}]
    assert held["answers_for"] == ["sortir"]
    assert held["versions"] == [
        {"page": "sortir", "language": "fr", "title": "Sortir de l’hôpital", "number": 1}
    ]
    assert [one["language"] for one in held["drafts"]] == ["en"]
    takeout.forget_person(by)
    db.session.commit()
    assert (version.author, guide.author) == ("Maison de santé des Tilleuls",) * 2


def test_the_settings_of_a_ready_page_offer_its_own_pictogram() -> None:
    assert {sheet.head["icon"] for sheet in sheets.sheets(sheets.FIRST)} <= set(ICONS)


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_a_draft_that_was_just_thrown_away_is_refused_in_words() -> None:
    """SQLite lets one in after the other: who comes second does not find it."""
    draft = sample.draft(by=(by := make.account("Chloé", Role.COORDINATOR)))
    db.session.commit()
    said, version = draft.message, draft.version
    with db.engine.begin() as other:
        other.execute(delete(PageDraft))
    for deed in (
        lambda: actions.write(draft, version=version, by=by, message=said),
        lambda: actions.freeze(draft, by=by),
        lambda: actions.discard(draft, by=by),
    ):
        with pytest.raises(Refused):
            deed()
