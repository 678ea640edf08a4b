"""Which ideas groups take care of."""

from __future__ import annotations

from flask import abort, url_for
from sqlalchemy import select, update

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.models import Group
from engage.groups.registry import Subject
from engage.ideas.models import Idea, Publication, Step, StepKind
from engage.ideas.timeline.models import IdeaGroup
from engage.ideas.timeline.queries import progress_sentence

MOST = 100


def get(me: Account | None, code: str) -> Idea:
    """A public idea; for the team also one that it keeps to itself. Else 404."""
    idea = db.session.scalars(select(Idea).filter_by(code=code)).one_or_none()
    seen = {Publication.PUBLIC, Publication.TEAM} if me and me.is_staff else {Publication.PUBLIC}
    return idea if idea is not None and idea.publication in seen else abort(404)


def group(code: str) -> Group:
    return db.session.scalars(select(Group).filter_by(code=code)).one_or_none() or abort(404)


def held(idea: Idea, group: Group, *, lock: bool = False) -> IdeaGroup | None:
    """With `lock`, two who answer at once do so one after the other, on every engine."""
    if lock:
        mine = update(IdeaGroup).where(IdeaGroup.idea_id == idea.id, IdeaGroup.group_id == group.id)
        apart = {"synchronize_session": False}
        db.session.execute(mine.values(taken_up_at=IdeaGroup.taken_up_at), execution_options=apart)
    return db.session.get(IdeaGroup, (idea.id, group.id), populate_existing=lock)


def last_answer(idea: Idea, group: Group) -> str | None:
    """What this group answered last, in its own name."""
    rows = select(Step.words).where(Step.idea_id == idea.id, Step.kind == StepKind.ANSWER)
    mine = rows.where(Step.by_role == group.name).order_by(Step.id.desc())
    return db.session.scalars(mine.limit(1)).first()


def of_group(group: Group) -> list[Subject]:
    """The public ideas that this group took up, the last one first, with how far each is."""
    rows = select(Idea).join(IdeaGroup, IdeaGroup.idea_id == Idea.id)
    public = rows.where(IdeaGroup.group_id == group.id, Idea.publication == Publication.PUBLIC)
    found = db.session.scalars(public.order_by(IdeaGroup.taken_up_at.desc(), Idea.id).limit(MOST))
    return [
        Subject(
            "idea",
            idea.code,
            idea.shown_title,
            url_for("ideas.show", code=idea.code),
            progress_sentence(idea.progress),
        )
        for idea in found
    ]
