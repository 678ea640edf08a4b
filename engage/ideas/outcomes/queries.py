"""What became of ideas: you said, we did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, exists, extract, func, select, union_all
from sqlalchemy.orm import joinedload

from engage.commitments.models import Commitment, CommitmentChange, State
from engage.core.db import db
from engage.ideas.models import SHORT_TITLE, Idea, IdeaCommitment, Progress, Publication, Step, Visibility


@dataclass(frozen=True)
class Outcome:
    """One card of "what is changing": what was said, what became of it, and where to read more."""

    kind: str
    said: str
    did: str
    state: str
    at: datetime
    due_on: date | None
    theme: str
    code: str
    group: str = ""


def sources(commitment_ids: Iterable[int]) -> dict[int, list[Idea]]:
    """The public ideas behind each commitment, oldest first."""
    rows = select(IdeaCommitment.commitment_id, Idea).join(Idea, Idea.id == IdeaCommitment.idea_id)
    rows = rows.where(
        IdeaCommitment.commitment_id.in_(list(commitment_ids)), Idea.publication == Publication.PUBLIC
    )
    found: dict[int, list[Idea]] = {}
    for commitment_id, idea in db.session.execute(rows.order_by(Idea.received_at)):
        found.setdefault(commitment_id, []).append(idea)
    return found


def linked(commitment: Commitment) -> Sequence[Idea]:
    """Every idea behind a commitment, for the team."""
    rows = select(Idea).join(IdeaCommitment).where(IdeaCommitment.commitment_id == commitment.id)
    return db.session.scalars(rows.order_by(Idea.received_at)).all()


def commitments_of(idea: Idea) -> Sequence[Commitment]:
    rows = select(Commitment).join(IdeaCommitment).where(IdeaCommitment.idea_id == idea.id)
    return db.session.scalars(rows.options(joinedload(Commitment.owner)).order_by(Commitment.due_on)).all()


def others_open(idea: Idea, commitment: Commitment) -> bool:
    """Does another commitment of this idea go on?"""
    rows = select(Commitment.id).join(IdeaCommitment).where(
        IdeaCommitment.idea_id == idea.id,
        Commitment.id != commitment.id,
        Commitment.state.in_((State.PLANNED, State.UNDER_WAY)),
    )  # fmt: skip
    return db.session.scalars(rows.limit(1)).first() is not None


def candidates(codes: Sequence[str]) -> Sequence[Idea]:
    """The ideas with these codes that a commitment may answer."""
    rows = select(Idea).where(
        Idea.code.in_(codes), Idea.publication.in_((Publication.PUBLIC, Publication.TEAM))
    )
    return db.session.scalars(rows.order_by(Idea.received_at)).all()


def _last_words() -> ScalarSelect[Any]:
    """The newest public words of a commitment."""
    rows = select(CommitmentChange.words).where(CommitmentChange.commitment_id == Commitment.id)
    newest = rows.where(CommitmentChange.words != "").order_by(CommitmentChange.id.desc())
    return newest.limit(1).scalar_subquery()


def _first_quote() -> ScalarSelect[Any]:
    """How the first public idea behind a commitment begins."""
    begins = func.coalesce(func.nullif(Idea.title, ""), func.substr(Idea.text, 1, SHORT_TITLE))
    rows = select(begins).join(IdeaCommitment, IdeaCommitment.idea_id == Idea.id)
    rows = rows.where(IdeaCommitment.commitment_id == Commitment.id, Idea.publication == Publication.PUBLIC)
    return rows.order_by(Idea.received_at).limit(1).scalar_subquery()


def _year_of(column: Any, year: int | None) -> Any:
    return extract("year", column) == year


def _card(row: Commitment, words: str | None, quote: str | None) -> Outcome:
    did = row.title if row.is_open else (row.reason or words or row.summary or row.title)
    return Outcome(
        kind="commitment",
        said=row.said or quote or row.title,
        did=did,
        state=row.state,
        at=row.finished_at or row.created_at,
        due_on=row.due_on,
        theme=row.theme.label if row.theme else "",
        code=row.code,
        group=row.group.name if row.group else "",
    )


def commitments(
    states: Sequence[State], *, theme_id: int | None, year: int | None, limit: int
) -> list[Outcome]:
    """Commitments in these states, the newest change first."""
    changed = func.coalesce(Commitment.finished_at, Commitment.created_at)
    rows = select(Commitment, _last_words(), _first_quote())
    rows = rows.options(joinedload(Commitment.theme), joinedload(Commitment.group))
    rows = rows.where(Commitment.state.in_(states))
    if theme_id:
        rows = rows.where(Commitment.theme_id == theme_id)
    if year:
        rows = rows.where(_year_of(changed, year))
    found = db.session.execute(rows.order_by(changed.desc(), Commitment.id.desc()).limit(limit))
    return [_card(row, words, quote) for row, words, quote in found]


def declined(*, theme_id: int | None, year: int | None, limit: int) -> list[Outcome]:
    """Public ideas that were not retained, with the reason given; a promise given up tells its own ideas."""
    why = (
        select(Step.words)
        .where(
            Step.idea_id == Idea.id, Step.progress == Progress.DECLINED, Step.visibility == Visibility.PUBLIC
        )
        .order_by(Step.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = select(Idea, why).options(joinedload(Idea.theme))
    promised = exists().where(IdeaCommitment.idea_id == Idea.id)
    rows = rows.where(Idea.publication == Publication.PUBLIC, Idea.progress == Progress.DECLINED, ~promised)
    if theme_id:
        rows = rows.where(Idea.theme_id == theme_id)
    if year:
        rows = rows.where(_year_of(Idea.closed_at, year))
    found = db.session.execute(rows.order_by(Idea.closed_at.desc(), Idea.id.desc()).limit(limit)).all()
    return [_declined_card(idea, words or "") for idea, words in found]


def _declined_card(idea: Idea, words: str) -> Outcome:
    return Outcome(
        kind="idea",
        said=idea.shown_title,
        did=words,
        state=Progress.DECLINED,
        at=idea.closed_at or idea.received_at,
        due_on=None,
        theme=idea.theme.label if idea.theme else "",
        code=idea.code,
    )


def years() -> list[int]:
    """The years in which something ended or began, newest first."""
    changed = func.coalesce(Commitment.finished_at, Commitment.created_at)
    begun = select(extract("year", changed).label("year"))
    closed = select(extract("year", Idea.closed_at).label("year")).where(
        Idea.publication == Publication.PUBLIC,
        Idea.progress == Progress.DECLINED,
        Idea.closed_at.is_not(None),
    )
    both = union_all(begun, closed).subquery()
    return [
        int(year) for year in db.session.scalars(select(both.c.year).distinct().order_by(both.c.year.desc()))
    ]
