"""Which ideas say the same, and what each brought when they were brought together."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from engage.core import fulltext
from engage.core.db import db
from engage.ideas.models import Idea, Merge, Publication, Support

CANNOT_RECEIVE = (Publication.MERGED, Publication.WITHDRAWN, Publication.REFUSED)
SUGGESTED = 5


def locked(ids: Sequence[int]) -> list[Idea]:
    """These ideas as they are now, held in one order for all, so that nobody waits for each other."""
    rows = select(Idea).where(Idea.id.in_(ids)).order_by(Idea.id).with_for_update()
    return list(db.session.scalars(rows, execution_options={"populate_existing": True}))


def current(source: Idea) -> Merge | None:
    """How the idea was last merged, unless that was undone."""
    rows = select(Merge).where(Merge.source_id == source.id, Merge.undone_at.is_(None))
    return db.session.scalars(rows.order_by(Merge.id.desc()).limit(1)).first()


def into(target: Idea) -> Sequence[Merge]:
    """What was merged into the idea and still is, in that order."""
    rows = select(Merge).where(Merge.target_id == target.id, Merge.undone_at.is_(None))
    return db.session.scalars(rows.order_by(Merge.id)).all()


def sources(target: Idea) -> Sequence[Idea]:
    """The ideas that joined this one, oldest first."""
    rows = select(Idea).where(Idea.merged_into_id == target.id)
    return db.session.scalars(rows.order_by(Idea.received_at, Idea.id)).all()


def new_to(target: Idea, source: Idea) -> Sequence[int]:
    """The supports of `source` by people who do not support `target` yet."""
    there = aliased(Support)
    same = (there.account_id == Support.account_id) | (there.device_digest == Support.device_digest)
    held = select(there.id).where(there.idea_id == target.id, same).exists()
    return db.session.scalars(
        select(Support.id).where(Support.idea_id == source.id, ~held).order_by(Support.id)
    ).all()


def count_supports(idea: Idea) -> int:
    return db.session.scalars(select(func.count()).where(Support.idea_id == idea.id)).one()


def suggestions(idea: Idea, search: str = "") -> Sequence[Idea]:
    """Ideas it may be merged into: those `search` names (words or a code), else those with the same words."""
    can = select(Idea).where(Idea.id != idea.id, Idea.publication.not_in(CANNOT_RECEIVE))
    if search:
        named = Idea.code.in_(fulltext.matching("idea-desk", search)) | (Idea.code == search.strip().lower())
        return db.session.scalars(can.where(named).order_by(Idea.received_at.desc()).limit(SUGGESTED)).all()
    near = [ref for ref, _terms in fulltext.nearest("idea-desk", f"{idea.title} {idea.text}", SUGGESTED + 1)]
    found = db.session.scalars(can.where(Idea.code.in_(near))).all()
    return sorted(found, key=lambda other: near.index(other.code))
