"""From an idea to a promise, and from the promise to what was done: people are told each time."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.commitments.models import Commitment, Rung, State
from engage.core.db import db
from engage.core.errors import Refused
from engage.ideas.models import Idea, Progress, Publication, Step, StepKind
from engage.ideas.outcomes import actions, queries
from engage.intake.models import Reply
from engage.outbox.models import Message
from tests import make

WORDS = {
    "title": "Poser un banc devant la porte",
    "said": "On attend debout.",
    "summary": "Un banc en bois, à l’abri.",
    "theme_id": None,
    "owner_id": None,
    "due_on": date(2027, 1, 31),
    "rung": Rung.CONSULTATION,
}


@pytest.fixture
def chloe_row(session: None) -> Account:
    return make.account("Chloé", Role.COORDINATOR)


@pytest.fixture
def idea(session: None) -> Idea:
    return make.idea(
        publication=Publication.PUBLIC, reply=Reply.MAIL, contact="amina@exemple.fr", first_name="Amina"
    )


def _messages() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_a_promise_answers_the_idea_and_tells_its_author(chloe_row: Account, idea: Idea) -> None:
    actions.commit([idea], **WORDS, by=chloe_row)
    assert idea.progress is Progress.ACCEPTED
    assert idea.answered_at is not None
    step = db.session.scalars(select(Step).where(Step.kind == StepKind.COMMITMENT)).one()
    assert "Poser un banc devant la porte" in step.words
    (message,) = _messages()
    assert message.address == "amina@exemple.fr"
    assert "banc" in message.body


def test_done_closes_the_idea_and_says_so_once(chloe_row: Account, idea: Idea) -> None:
    commitment = actions.commit([idea], **WORDS, by=chloe_row)
    db.session.flush()
    actions.move(
        commitment, state=State.DONE, words="Le banc est là.", version=commitment.version, by=chloe_row
    )
    assert idea.progress is Progress.DONE
    assert idea.closed_at is not None
    assert ["Le banc est là." in message.body for message in _messages()] == [False, True]


def test_an_idea_with_another_open_promise_goes_on(chloe_row: Account, idea: Idea) -> None:
    first = actions.commit([idea], **WORDS, by=chloe_row)
    actions.commit([idea], **{**WORDS, "title": "Ouvrir plus tôt"}, by=chloe_row)
    db.session.flush()
    actions.move(first, state=State.DONE, words="", version=first.version, by=chloe_row)
    assert idea.progress is Progress.UNDER_WAY
    assert idea.closed_at is None


def test_giving_up_says_why_to_those_who_asked(chloe_row: Account, idea: Idea) -> None:
    commitment = actions.commit([idea], **WORDS, by=chloe_row)
    db.session.flush()
    why = "Le trottoir appartient à la ville."
    actions.move(commitment, state=State.ABANDONED, words=why, version=commitment.version, by=chloe_row)
    assert idea.progress is Progress.DECLINED
    assert why in _messages()[-1].body
    (card,) = queries.commitments([State.ABANDONED], theme_id=None, year=None, limit=5)
    assert card.did == why


def test_an_idea_is_tied_once(chloe_row: Account, idea: Idea) -> None:
    commitment = actions.commit([idea], **WORDS, by=chloe_row)
    db.session.flush()
    with pytest.raises(Refused):
        actions.link(commitment, idea, by=chloe_row)
    actions.unlink(commitment, idea, by=chloe_row)
    db.session.flush()
    assert queries.linked(commitment) == []
    with pytest.raises(Refused):
        actions.unlink(commitment, idea, by=chloe_row)


def test_only_public_ideas_are_named_in_public(chloe_row: Account, idea: Idea) -> None:
    hidden = make.idea("Pour l’équipe seulement", publication=Publication.TEAM)
    commitment = actions.commit([idea, hidden], **WORDS, by=chloe_row)
    db.session.flush()
    assert queries.sources([commitment.id]) == {commitment.id: [idea]}
    assert len(queries.linked(commitment)) == 2


def test_years_and_themes_filter_what_is_shown(chloe_row: Account, idea: Idea) -> None:
    theme = make.theme("reach")
    actions.commit([idea], **{**WORDS, "theme_id": theme.id}, by=chloe_row)
    db.session.flush()
    year = db.session.scalars(select(Commitment)).one().created_at.year
    assert queries.years() == [year]
    assert len(queries.commitments([State.PLANNED], theme_id=theme.id, year=year, limit=5)) == 1
    assert queries.commitments([State.PLANNED], theme_id=theme.id, year=year - 1, limit=5) == []
