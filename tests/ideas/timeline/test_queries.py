"""What happened, in plain words, for whoever may read it."""

from __future__ import annotations

import pytest

from engage.core.i18n import speaking
from engage.ideas.models import Idea, Progress, Publication, Step, StepKind, Visibility
from engage.ideas.timeline import actions, queries
from tests import make

pytestmark = pytest.mark.usefixtures("session")
KINDS = [
    *(Step(kind=StepKind.PUBLICATION, publication=publication) for publication in Publication),
    *(Step(kind=StepKind.PROGRESS, progress=progress) for progress in Progress),
    *(Step(kind=kind) for kind in StepKind if kind not in {StepKind.PUBLICATION, StepKind.PROGRESS}),
]


def test_each_kind_of_step_has_its_own_sentence_in_both_languages() -> None:
    french = [queries.sentence(step) for step in KINDS]
    with speaking("en"):
        english = [queries.sentence(step) for step in KINDS]
    assert len(set(french)) == len(set(english)) == len(KINDS)
    assert not set(french) & set(english)
    assert all(sentence.endswith(".") for sentence in french)


def test_each_kind_of_step_has_a_pictogram_and_what_is_done_its_own() -> None:
    assert all(queries.sign(step) for step in KINDS)
    assert queries.sign(Step(kind=StepKind.PROGRESS, progress=Progress.DONE)) == "done"


@pytest.mark.parametrize(("viewer", "seen"), [("public", "P"), ("author", "PA"), ("team", "PAT")])
def test_each_viewer_reads_what_is_theirs(viewer: queries.Viewer, seen: str) -> None:
    idea = make.idea()
    for visibility in Visibility:
        actions.note(idea, StepKind.ANSWER, visibility=visibility, words=visibility[0].upper())
    assert "".join(step.words for step in queries.steps(idea, viewer)) == seen


def merged(into: Idea) -> Idea:
    return make.idea(publication=Publication.MERGED, merged_into_id=into.id)


def test_the_author_of_a_merged_idea_reads_what_becomes_of_the_other_however_far() -> None:
    last = make.idea(publication=Publication.PUBLIC)
    first = merged(merged(last))
    actions.note(last, StepKind.PUBLICATION, visibility=Visibility.PUBLIC, publication=Publication.PUBLIC)
    actions.note(last, StepKind.QUESTION, visibility=Visibility.AUTHOR, words="À l’autre")
    actions.note(last, StepKind.ANSWER, visibility=Visibility.PUBLIC, words="Oui")
    assert [step.words for step in queries.steps(first, "author")] == ["Oui"]
    assert queries.steps(first, "public") == []


def test_a_day_when_nothing_more_is_expected_is_noted_once_and_taken_back() -> None:
    idea = make.idea(progress=Progress.DONE)
    other = merged(idea)
    actions.settle(idea)
    first = idea.closed_at
    assert first
    assert other.closed_at
    actions.settle(idea)
    assert idea.closed_at == first
    idea.progress = Progress.UNDER_WAY
    actions.settle(idea)
    assert idea.closed_at is other.closed_at is None
