"""Bringing together ideas that say the same, and setting them apart again, without losing a voice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.models import Idea, Merge, Publication, Step, StepKind, Support, Visibility
from engage.ideas.moderation.actions import Overtaken, take
from engage.ideas.moderation.merging import queries
from engage.ideas.moderation.queries import last_act
from engage.ideas.timeline import actions as timeline
from engage.ideas.timeline.queries import steps
from engage.journal import actions as journal


def merge(source: Idea, into: Idea, *, version: int, by: Account) -> None:
    """`source` says the same as `into`: its supports and its followers go there, each person once.

    Supports of people who support both stay where they are, uncounted there, so that undoing finds them.
    Raises Refused when either cannot be merged.
    """
    queries.locked([source.id, into.id])
    take(source, version)
    if source.id == into.id:
        raise Refused(_("An idea cannot join itself."))
    if into.publication in queries.CANNOT_RECEIVE:
        raise Refused(
            _("This idea cannot receive another one: it was refused, withdrawn, or joined another one.")
        )
    if source.is_public and not into.is_public:
        raise Refused(
            _("Everyone reads this idea, but not the other one. Bring them together the other way round.")
        )
    row = _begun(source, into, by)
    _carry(row, source, into)
    source.publication, source.merged_into_id = Publication.MERGED, into.id
    _settle(source, into)
    journal.record("merged", "idea", source.code, by=by, note=into.code)
    _say_merged(source, into, row, by)


def _begun(source: Idea, into: Idea, by: Account) -> Merge:
    """The row that remembers how things were before."""
    row = Merge(
        source_id=source.id, target_id=into.id, publication_before=source.publication, at=now(), by_id=by.id
    )
    row.moved = {"supports": [], "answered_at": source.answered_at and source.answered_at.isoformat()}
    db.session.add(row)
    return row


def unmerge(source: Idea, *, version: int, by: Account) -> None:
    """Set `source` apart again: every support it brought goes back. Raises Refused when it is not merged."""
    row = queries.current(source)
    if row is None or source.publication is not Publication.MERGED:
        raise Refused(_("This idea is not brought together with another one."))
    queries.locked([row.source_id, row.target_id])
    target = db.session.get_one(Idea, row.target_id)
    if source.version != version:
        raise Overtaken(last_act(source))
    if target.publication is Publication.MERGED:
        raise Refused(_("The other idea joined a third one meanwhile: set those two apart first."))
    _give_back(row, source, target)
    source.publication, source.merged_into_id = row.publication_before, None
    answered = row.moved["answered_at"]
    source.answered_at = datetime.fromisoformat(answered) if answered else None
    _settle(source, target)
    journal.record("unmerged", "idea", source.code, by=by, note=target.code)
    _say_unmerged(source, target, by)


def _carry(row: Merge, source: Idea, target: Idea) -> None:
    """Move what is new to the target, and remember it."""
    ids = list(queries.new_to(target, source))
    _move(ids, source, target)
    row.moved = row.moved | {"supports": [*row.moved["supports"], *ids]}


def _give_back(row: Merge, source: Idea, target: Idea) -> None:
    """Move back what was carried; supports of other merged ideas that it stood for count again."""
    _move(row.moved["supports"], target, source)
    row.undone_at = now()
    db.session.flush()
    for other in queries.into(target):
        joined = db.session.get_one(Idea, other.source_id)
        _carry(other, joined, target)
        joined.support_count = queries.count_supports(joined)


def _move(ids: list[int], source: Idea, target: Idea) -> None:
    """Supports taken back since then are gone, and stay so."""
    if ids:
        chosen = update(Support).where(Support.id.in_(ids), Support.idea_id == source.id)
        db.session.execute(chosen.values(idea_id=target.id))


def _settle(source: Idea, target: Idea) -> None:
    """Count again, and let both be found as they now are."""
    for idea in (source, target):
        idea.support_count = queries.count_supports(idea)
        timeline.settle(idea)
        timeline.index(idea)
    if target.answered_at and source.merged_into_id == target.id:
        timeline.mark_answered(target)


def _note_both(source: Idea, target: Idea, kind: StepKind, by: Account, *, both_public: bool) -> Step:
    """Both pages say so; each names the other only where everyone may read both."""
    names = (source.shown_title, target.shown_title) if both_public else ("", "")
    timeline.note(source, kind, visibility=Visibility.PUBLIC, words=names[1], by=by)
    return timeline.note(target, kind, visibility=Visibility.PUBLIC, words=names[0], by=by)


def _say_merged(source: Idea, target: Idea, row: Merge, by: Account) -> None:
    both_public = target.is_public and row.publication_before is Publication.PUBLIC
    step = _note_both(source, target, StepKind.MERGED, by, both_public=both_public)
    given = [step.words for step in steps(target, "public") if step.kind is StepKind.ANSWER][-1:]
    news = _l("From now on they go on together, with all their supports.")
    body = timeline.above(news, *([_l("The team’s answer:"), *given] if given else []))
    subject = _l("Two ideas that say the same were brought together")
    timeline.tell(target, subject=subject, body=body, key=timeline.key(step))


def _say_unmerged(source: Idea, target: Idea, by: Account) -> None:
    both_public = target.is_public and source.is_public
    step = _note_both(source, target, StepKind.UNMERGED, by, both_public=both_public)
    for idea in (source, target):
        timeline.tell(
            idea,
            subject=_l("Two ideas stand apart again"),
            body=_l("We had brought two ideas together. They are different: each goes on by itself."),
            key=timeline.key(step),
        )
