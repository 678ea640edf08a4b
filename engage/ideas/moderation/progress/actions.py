"""How far an idea is, and the answer to who sent it: each change says itself in public words, and is told."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.models import AnswerDraft, Idea, Progress, Publication, StepKind, Visibility
from engage.ideas.moderation.actions import take
from engage.ideas.moderation.progress import queries
from engage.ideas.moderation.queries import draft as held_draft
from engage.ideas.timeline import actions as timeline
from engage.journal import actions as journal

TOLD = {
    Progress.RECEIVED: _l("The idea is back at its beginning."),
    Progress.STUDY: _l("The team is studying the idea."),
    Progress.ACCEPTED: _l("The idea is accepted."),
    Progress.DECLINED: _l("The idea is not retained."),
    Progress.UNDER_WAY: _l("The work has begun."),
    Progress.DONE: _l("It is done."),
}


def _ready(idea: Idea, version: int) -> None:
    take(idea, version)
    if idea.publication is Publication.REFUSED:
        raise Refused(_("This idea was refused: publish it, or keep it to the team, first."))


def move(idea: Idea, *, progress: Progress, words: str, version: int, by: Account) -> None:
    """Take the idea one stage on, or back. Raises Refused when it cannot go there, or without a why."""
    _ready(idea, version)
    if progress not in queries.possible(idea):
        raise Refused(_("The idea cannot go there from where it is."))
    if queries.needs_words(idea, progress) and not words.strip():
        raise Refused(_("Say why: the author and the public will read it."))
    idea.progress = progress
    timeline.settle(idea)
    if progress is Progress.DECLINED:
        timeline.mark_answered(idea)
    step = timeline.note(
        idea, StepKind.PROGRESS, visibility=Visibility.PUBLIC, words=words, by=by, progress=progress
    )
    journal.record("moved", "idea", idea.code, by=by, note=progress)
    body = timeline.above(TOLD[progress], words)
    timeline.tell(idea, subject=TOLD[progress], body=body, key=timeline.key(step))


def draft(idea: Idea, *, text: str, version: int, by: Account) -> None:
    """Keep an answer that is not ready; anyone of the team may go on with it."""
    _ready(idea, version)
    held = held_draft(idea)
    if held is None:
        db.session.add(AnswerDraft(idea_id=idea.id, text=text, by_id=by.id, at=now()))
    else:
        held.text, held.by_id, held.at = text, by.id, now()
    journal.record("answer drafted", "idea", idea.code, by=by)


def answer(idea: Idea, *, text: str, version: int, by: Account) -> None:
    """Publish the answer, signed by the role of `by`: its author sees it at once, and everyone is told."""
    _ready(idea, version)
    if held := held_draft(idea):
        db.session.delete(held)
    timeline.mark_answered(idea)
    step = timeline.note(idea, StepKind.ANSWER, visibility=Visibility.PUBLIC, words=text, by=by)
    journal.record("answered", "idea", idea.code, by=by)
    body = timeline.above(_l("The team’s answer:"), text)
    timeline.tell(idea, subject=_l("The team has answered"), body=body, key=timeline.key(step))
