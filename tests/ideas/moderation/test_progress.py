"""From received to done, with words, and the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.ideas.models import AnswerDraft, Idea, Progress, Publication, Step, StepKind, Visibility
from engage.ideas.moderation.actions import Overtaken
from engage.ideas.moderation.progress import actions, queries
from engage.intake.models import Reply
from engage.outbox.models import Message
from tests import make

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def chloe_() -> Account:
    return make.account("Chloé", Role.COORDINATOR, job="coordination")


def public(**values: Any) -> Idea:
    facts: dict[str, Any] = {
        "publication": Publication.PUBLIC,
        "reply": Reply.MAIL,
        "contact": "jeanne@exemple.fr",
    }
    return make.idea(**facts | values)


def move(idea: Idea, to: Progress, by: Account, words: str = "") -> None:
    actions.move(idea, progress=to, words=words, version=idea.version, by=by)
    db.session.flush()


def test_the_whole_way_each_step_signed_told_and_public(chloe_: Account) -> None:
    idea = public()
    for to in (Progress.STUDY, Progress.ACCEPTED, Progress.UNDER_WAY, Progress.DONE):
        move(idea, to, chloe_, words=f"Nous voici : {to}.")
    steps = list(db.session.scalars(select(Step).order_by(Step.id)))
    assert [step.progress for step in steps] == list(Progress)[1:3] + list(Progress)[4:]
    assert {step.by_role for step in steps} == {"coordination"}
    assert {step.visibility for step in steps} == {Visibility.PUBLIC}
    assert len(list(db.session.scalars(select(Message)))) == 4
    assert idea.closed_at


@pytest.mark.parametrize("start", list(Progress))
@pytest.mark.parametrize("to", list(Progress))
def test_only_the_table_of_ways_is_open(chloe_: Account, start: Progress, to: Progress) -> None:
    idea = public(progress=start)
    if to in queries.NEXT[start]:
        move(idea, to, chloe_, words="Voici pourquoi.")
        assert idea.progress is to
    else:
        with pytest.raises(Refused):
            move(idea, to, chloe_, words="Voici pourquoi.")
        assert idea.progress is start


@pytest.mark.parametrize(("start", "to"), [(Progress.STUDY, Progress.DECLINED), *sorted(queries.BACK)])
def test_what_is_not_retained_or_steps_back_says_why(chloe_: Account, start: Progress, to: Progress) -> None:
    idea = public(progress=start)
    with pytest.raises(Refused, match="Dites pourquoi"):
        move(idea, to, chloe_, words=" ")
    move(idea, to, chloe_, words="Voici pourquoi.")
    assert idea.progress is to


def test_not_retained_with_its_reason_is_an_answer_and_a_step_back_opens_the_idea_again(
    chloe_: Account,
) -> None:
    idea = public(progress=Progress.STUDY)
    move(idea, Progress.DECLINED, chloe_, words="Trop cher.")
    assert idea.answered_at
    assert idea.closed_at
    move(idea, Progress.STUDY, chloe_, words="Nous avons trouvé une aide.")
    assert idea.closed_at is None
    assert idea.answered_at


def test_a_refused_idea_goes_nowhere(chloe_: Account) -> None:
    idea = public(publication=Publication.REFUSED)
    with pytest.raises(Refused):
        move(idea, Progress.STUDY, chloe_)


def test_a_draft_is_the_teams_and_the_next_person_goes_on_with_it(chloe_: Account) -> None:
    idea = public()
    actions.draft(idea, text="Merci…", version=idea.version, by=chloe_)
    db.session.flush()
    karim = make.account("Karim", Role.STAFF)
    actions.draft(idea, text="Merci pour ce banc.", version=idea.version, by=karim)
    db.session.flush()
    (draft,) = db.session.scalars(select(AnswerDraft))
    assert (draft.text, draft.by_id) == ("Merci pour ce banc.", karim.id)
    assert list(db.session.scalars(select(Message))) == []


def test_the_answer_replaces_the_draft_is_signed_by_role_and_counts_once(chloe_: Account) -> None:
    idea = public()
    actions.draft(idea, text="Merci…", version=idea.version, by=chloe_)
    db.session.flush()
    actions.answer(idea, text="Le banc arrive en juin.", version=idea.version, by=chloe_)
    db.session.flush()
    first = idea.answered_at
    assert first
    assert db.session.get(AnswerDraft, idea.id) is None
    (step,) = db.session.scalars(select(Step))
    assert (step.kind, step.by_role, step.words) == (
        StepKind.ANSWER,
        "coordination",
        "Le banc arrive en juin.",
    )
    (message,) = db.session.scalars(select(Message))
    assert "Le banc arrive en juin." in message.body
    actions.answer(idea, text="Il est posé.", version=idea.version, by=chloe_)
    assert idea.answered_at == first
    assert len(list(db.session.scalars(select(Message)))) == 2


def test_two_answers_at_once_the_second_sees_the_first(chloe_: Account) -> None:
    idea = public(answered_at=now() - timedelta(days=1))
    seen = idea.version
    actions.answer(idea, text="Oui.", version=seen, by=chloe_)
    db.session.flush()
    with pytest.raises(Overtaken, match="Chloé a répondu à cette idée"):
        actions.answer(idea, text="Non.", version=seen, by=make.account("Karim", Role.STAFF))


def test_authors_of_merged_ideas_get_the_answer_too(chloe_: Account) -> None:
    idea = public()
    same = make.idea(
        publication=Publication.MERGED, merged_into_id=idea.id, reply=Reply.MAIL, contact="paul@exemple.fr"
    )
    actions.answer(idea, text="Oui.", version=idea.version, by=chloe_)
    db.session.flush()
    assert same.answered_at
    assert {m.address for m in db.session.scalars(select(Message))} == {
        "jeanne@exemple.fr",
        "paul@exemple.fr",
    }
