"""Each change of an idea becomes a row of its timeline."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.ideas.models import Idea, Progress, Publication, Step, StepKind, Visibility


def note(
    idea: Idea,
    kind: StepKind,
    *,
    visibility: Visibility,
    words: str = "",
    by: Account | None = None,
    publication: Publication | None = None,
    progress: Progress | None = None,
    submission_key: str | None = None,
) -> Step:
    """Add a step; it is signed by the role of `by`, never by a name."""
    step = Step(
        idea_id=idea.id,
        at=now(),
        kind=kind,
        visibility=visibility,
        words=words,
        by_id=by.id if by else None,
        by_role=(by.job or by.role) if by else "",
        publication=publication,
        progress=progress,
        submission_key=submission_key,
    )
    db.session.add(step)
    return step
