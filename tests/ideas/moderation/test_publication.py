"""Publish, keep to the team, refuse, mask, ask: what changes, and who is told."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.core import fulltext
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.ideas.models import Idea, Publication, Step, StepKind, Support, Visibility
from engage.ideas.moderation.actions import Overtaken
from engage.ideas.moderation.publication import actions
from engage.ideas.timeline import actions as timeline
from engage.intake.models import Reply
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def chloe_() -> Account:
    return make.account("Chloé", Role.COORDINATOR, job="coordination")


def idea_of_jeanne(text: str = "Un banc devant la porte.", **values: object) -> Idea:
    return make.idea(text, reply=Reply.MAIL, contact="jeanne@exemple.fr", first_name="Jeanne", **values)


def mails() -> list[tuple[str | None, str]]:
    return [(m.address, m.body) for m in db.session.scalars(select(Message).order_by(Message.id))]


def found(kind: str, words: str) -> list[str]:
    return list(db.session.scalars(fulltext.matching(kind, words)))


def steps(idea: Idea) -> list[Step]:
    return list(db.session.scalars(select(Step).filter_by(idea_id=idea.id).order_by(Step.id)))


def test_publishing_shows_it_dates_it_notes_it_and_tells_its_author(chloe_: Account) -> None:
    idea = idea_of_jeanne()
    actions.publish(idea, version=idea.version, title="Un banc", by=chloe_)
    assert idea.is_public
    assert idea.published_at
    assert found("idea", "bancs") == [idea.code]
    (step,) = steps(idea)
    assert (step.visibility, step.by_role) == (Visibility.PUBLIC, "coordination")
    ((address, body),) = mails()
    assert address == "jeanne@exemple.fr"
    assert "Un banc" in body
    assert [entry.verb for entry in db.session.scalars(select(Entry))] == ["published"]


def test_what_its_author_keeps_to_the_team_is_never_published(chloe_: Account) -> None:
    idea = idea_of_jeanne(wants_public=False)
    with pytest.raises(Refused, match="reste dans l’équipe"):
        actions.publish(idea, version=idea.version, by=chloe_)
    assert idea.publication is Publication.WAITING


def test_masked_words_leave_the_public_text_and_the_first_words_are_kept_apart(chloe_: Account) -> None:
    first = "Le docteur Martin, 06 12 34 56 78, docteur Martin."
    idea = idea_of_jeanne(first)
    actions.publish(
        idea,
        version=idea.version,
        title="Le docteur Martin",
        text=first,
        hide=["docteur Martin", "06 12 34 56 78"],
        by=chloe_,
    )
    assert idea.text == "Le […], […], […]."
    assert idea.title == "Le […]"
    assert idea.original == first
    assert found("idea", "martin") == found("idea-desk", "martin") == []


def test_words_masked_again_still_keep_the_very_first_ones_and_unmasked_ones_need_no_copy(
    chloe_: Account,
) -> None:
    idea = idea_of_jeanne("Un banc, dit Paul.")
    actions.edit(idea, version=idea.version, text="Un banc.", by=chloe_)
    db.session.flush()
    actions.edit(idea, version=idea.version, text="Un grand banc.", by=chloe_)
    assert idea.original == "Un banc, dit Paul."
    db.session.flush()
    actions.edit(idea, version=idea.version, text="Un banc, dit Paul.", by=chloe_)
    assert idea.original is None


def test_keeping_to_the_team_is_told_to_its_author_alone(chloe_: Account) -> None:
    idea = idea_of_jeanne()
    actions.keep_to_team(idea, version=idea.version, by=chloe_)
    assert idea.publication is Publication.TEAM
    assert idea.answered_at is None
    ((_address, body),) = mails()
    assert "L’équipe vous répondra" in body
    assert found("idea", "banc") == []


def test_a_refusal_always_says_why_to_its_author_and_is_an_answer(chloe_: Account) -> None:
    idea = idea_of_jeanne()
    with pytest.raises(Refused):
        actions.refuse(idea, version=idea.version, reason="  ", by=chloe_)
    actions.refuse(idea, version=idea.version, reason="Ce n’est pas chez nous.", by=chloe_)
    assert idea.answered_at
    assert idea.closed_at
    ((_address, body),) = mails()
    assert "Ce n’est pas chez nous." in body
    (step,) = steps(idea)
    assert (step.visibility, step.words) == (Visibility.AUTHOR, "Ce n’est pas chez nous.")


def test_who_supported_a_public_idea_learns_that_it_left_but_not_why(chloe_: Account) -> None:
    idea = idea_of_jeanne(publication=Publication.PUBLIC)
    paul = make.account("Paul", email="paul@exemple.fr")
    db.session.add(Support(idea_id=idea.id, account_id=paul.id, at=now()))
    timeline.index(idea)
    actions.refuse(idea, version=idea.version, reason="Une raison intime.", by=chloe_)
    told = dict(mails())
    assert set(told) == {"jeanne@exemple.fr", "paul@exemple.fr"}
    assert "Une raison intime." not in told["paul@exemple.fr"]
    assert found("idea", "banc") == []


def test_a_refused_idea_may_be_published_after_all_and_is_open_again(chloe_: Account) -> None:
    idea = idea_of_jeanne()
    actions.refuse(idea, version=idea.version, reason="Non.", by=chloe_)
    actions.publish(idea, version=idea.version, by=chloe_)
    assert idea.is_public
    assert idea.closed_at is None


@pytest.mark.parametrize("publication", [Publication.WITHDRAWN, Publication.MERGED])
def test_what_is_withdrawn_or_merged_does_not_move(chloe_: Account, publication: Publication) -> None:
    idea = idea_of_jeanne(publication=publication)
    with pytest.raises(Refused):
        actions.publish(idea, version=idea.version, by=chloe_)
    with pytest.raises(Refused):
        actions.refuse(idea, version=idea.version, reason="Non.", by=chloe_)


def test_the_second_of_two_people_is_told_what_the_first_did(chloe_: Account) -> None:
    idea = idea_of_jeanne()
    seen = idea.version
    actions.publish(idea, version=seen, by=chloe_)
    db.session.flush()
    karim = make.account("Karim", Role.STAFF)
    with pytest.raises(Overtaken, match="Chloé a publié cette idée il y a"):
        actions.refuse(idea, version=seen, reason="Non.", by=karim)
    assert idea.is_public


def test_a_question_is_for_its_author_alone(chloe_: Account) -> None:
    idea = idea_of_jeanne(publication=Publication.PUBLIC)
    actions.ask(idea, question="Devant quelle porte ?", version=idea.version, by=chloe_)
    (step,) = steps(idea)
    assert (step.kind, step.visibility) == (StepKind.QUESTION, Visibility.AUTHOR)
    assert "Devant quelle porte ?" in mails()[0][1]


def test_a_precision_is_private_until_the_team_publishes_it_and_can_go_back(chloe_: Account) -> None:
    idea = idea_of_jeanne(publication=Publication.PUBLIC)
    step = timeline.note(idea, StepKind.PRECISION, visibility=Visibility.AUTHOR, words="Près du tilleul.")
    actions.show_precision(idea, step_id=step.id, public=True, version=idea.version, by=chloe_)
    db.session.flush()
    assert step.visibility is Visibility.PUBLIC
    assert step.read_at
    assert "Près du tilleul." in mails()[0][1]
    actions.show_precision(idea, step_id=step.id, public=False, version=idea.version, by=chloe_)
    assert str(step.visibility) == "author"
