"""Which ideas groups take care of."""

from __future__ import annotations

from flask import abort, url_for
from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.models import Group
from engage.groups.registry import Subject
from engage.ideas.models import Idea, Publication
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


def held(idea: Idea, group: Group) -> IdeaGroup | None:
    return db.session.get(IdeaGroup, (idea.id, group.id))


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
