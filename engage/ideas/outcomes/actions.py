"""From an idea to a promise, and from the promise to what was done: each time, people are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engage.accounts.models import Account
from engage.commitments import actions as commitments
from engage.commitments.models import Commitment, State
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import render
from engage.ideas.models import Idea, IdeaCommitment, Progress, StepKind, Visibility
from engage.ideas.outcomes import queries
from engage.ideas.timeline import actions as timeline

FOLLOWS = {
    State.PLANNED: Progress.ACCEPTED,
    State.UNDER_WAY: Progress.UNDER_WAY,
    State.DONE: Progress.DONE,
    State.ABANDONED: Progress.DECLINED,
}
ENDS = {Progress.DONE, Progress.DECLINED}


def commit(ideas: Sequence[Idea], *, by: Account, **words: Any) -> Commitment:
    """Promise something in answer to `ideas` (none: the centre's own idea), and tell their people."""
    commitment = commitments.make(**words, by=by)
    for idea in ideas:
        link(commitment, idea, by=by)
    return commitment


def link(commitment: Commitment, idea: Idea, *, by: Account) -> None:
    """Tie one more idea to a commitment. Raises Refused when it is tied already."""
    if db.session.get(IdeaCommitment, (idea.id, commitment.id)):
        raise Refused(_("This idea is already tied to this commitment."))
    db.session.add(IdeaCommitment(idea_id=idea.id, commitment_id=commitment.id))
    _carry(commitment, idea, commitment.summary, by)


def unlink(commitment: Commitment, idea: Idea, *, by: Account) -> None:
    """Untie an idea tied by mistake; its timeline keeps what was said."""
    tied = db.session.get(IdeaCommitment, (idea.id, commitment.id))
    if tied is None:
        raise Refused(_("This idea is not tied to this commitment."))
    db.session.delete(tied)
    words = _("This idea is no longer tied to the commitment “%(title)s”.", title=commitment.title)
    timeline.note(idea, StepKind.COMMITMENT, visibility=Visibility.PUBLIC, words=words, by=by)


def move(commitment: Commitment, *, state: State, words: str, version: int, by: Account) -> None:
    """Say how far the commitment is; every idea behind it follows and its people are told."""
    commitments.move(commitment, state=state, words=words, version=version, by=by)
    for idea in queries.linked(commitment):
        _carry(commitment, idea, words, by)


def _carry(commitment: Commitment, idea: Idea, words: str, by: Account) -> None:
    """Bring an idea's progress in line with its commitment and tell its people."""
    progress = FOLLOWS[commitment.state]
    if progress in ENDS and queries.others_open(idea, commitment):
        progress = Progress.UNDER_WAY
    said = _promise(commitment, words)
    idea.progress = progress
    idea.closed_at = now() if progress in ENDS else None
    idea.answered_at = idea.answered_at or now()
    timeline.note(
        idea, StepKind.COMMITMENT, visibility=Visibility.PUBLIC, words=said, by=by, progress=progress
    )
    db.session.flush()
    with speaking(idea.language):
        body = render(
            "results/mail/moved.txt", idea=idea, commitment=commitment, said=_promise(commitment, words)
        )
        subject = _("News of your idea")
    timeline.tell(idea, subject=subject, body=body, key=f"commitment {commitment.code} {commitment.version}")


def _promise(commitment: Commitment, words: str) -> str:
    sentences = {
        State.PLANNED: _("We commit to this: %(title)s", title=commitment.title),
        State.UNDER_WAY: _("We have begun: %(title)s", title=commitment.title),
        State.DONE: _("It is done: %(title)s", title=commitment.title),
        State.ABANDONED: _("We give this up: %(title)s", title=commitment.title),
    }
    return "\n".join(part for part in (sentences[commitment.state], words) if part)
