"""Ideas as the team sees them: one to work on, and what colleagues did to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from babel.dates import format_timedelta
from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.core.cache import remember
from engage.core.clock import now
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.ideas.models import AnswerDraft, Idea, Publication, RefusalSentence, Step, StepKind
from engage.journal.models import Entry
from engage.uploads.models import Upload

FROM_AUTHOR = (StepKind.REPLY, StepKind.PRECISION)


def get(code: str) -> Idea:
    """Any idea, for the team. Aborts with 404."""
    found = select(Idea).where(Idea.code == code)
    with_people = found.options(joinedload(Idea.theme), joinedload(Idea.owner), joinedload(Idea.photo))
    return db.session.scalars(with_people.options(joinedload(Idea.merged_into))).one_or_none() or abort(404)


def to_change(code: str) -> Idea:
    """The idea as it is now, held until this unit ends: the second to act sees what the first did."""
    found = select(Idea).where(Idea.code == code).with_for_update()
    return db.session.scalars(found, execution_options={"populate_existing": True}).one_or_none() or abort(
        404
    )


def photo(code: str) -> Upload:
    """The photo of an idea, for the team. Aborts with 404."""
    found = select(Upload).join(Idea, Idea.photo_id == Upload.id).where(Idea.code == code)
    return db.session.scalars(found).one_or_none() or abort(404)


def draft(idea: Idea) -> AnswerDraft | None:
    return db.session.get(AnswerDraft, idea.id)


def step_of(idea: Idea, step_id: int) -> Step:
    """Something the author added. Aborts with 404."""
    own = select(Step).where(Step.id == step_id, Step.idea_id == idea.id, Step.kind.in_(FROM_AUTHOR))
    return db.session.scalars(own).one_or_none() or abort(404)


def unread_steps(idea: Idea) -> Sequence[Step]:
    """What its author added and nobody has read yet."""
    mine = select(Step).where(Step.idea_id == idea.id, Step.kind.in_(FROM_AUTHOR), Step.read_at.is_(None))
    return db.session.scalars(mine.order_by(Step.at)).all()


def refusal_sentences() -> Sequence[RefusalSentence]:
    return db.session.scalars(
        select(RefusalSentence).order_by(RefusalSentence.position, RefusalSentence.id)
    ).all()


def reasons() -> tuple[str, ...]:
    """What we may say when we refuse, for the form on every idea."""
    return remember("refusal_sentences", lambda: tuple(one.text for one in refusal_sentences()))


def next_to_read(idea: Idea) -> tuple[str | None, int]:
    """The code of the oldest other idea nobody has read, and how many wait."""
    others = select(Idea.code, func.count().over()).where(
        Idea.publication == Publication.WAITING, Idea.id != idea.id
    )
    row = db.session.execute(others.order_by(Idea.received_at, Idea.id).limit(1)).first()
    return (row[0], row[1]) if row else (None, 0)


def last_act(idea: Idea) -> str:
    """What was last done to the idea, by whom and how long ago, in one sentence."""
    if idea.publication is Publication.WITHDRAWN:
        return _("The author has withdrawn this idea.")
    acts = select(Entry, Account.first_name).outerjoin(Account, Account.actor_id == Entry.actor)
    mine = acts.where(
        Entry.subject_kind == "idea", Entry.subject_ref == idea.code, Entry.verb.in_(list(_acts("", "")))
    )
    row = db.session.execute(mine.order_by(Entry.id.desc()).limit(1)).first()
    if row is None:
        return _("This idea has changed since you opened it.")
    entry, name = row
    return _acts(name or _("Someone"), ago(entry.at))[entry.verb]


def ago(moment: datetime) -> str:
    """“2 minutes ago” in the language of the page."""
    return format_timedelta(moment - now(), add_direction=True, locale=language())


def _acts(name: str, ago: str) -> dict[str, str]:
    """A sentence for each verb of the journal that changes an idea."""
    facts = {"name": name, "ago": ago}
    return {
        "published": _("%(name)s published this idea %(ago)s.", **facts),
        "kept to team": _("%(name)s kept this idea to the team %(ago)s.", **facts),
        "refused": _("%(name)s refused to publish this idea %(ago)s.", **facts),
        "words changed": _("%(name)s changed the words of this idea %(ago)s.", **facts),
        "assigned": _("%(name)s changed who answers this idea, or by when, %(ago)s.", **facts),
        "question asked": _("%(name)s asked the author a question %(ago)s.", **facts),
        "answer drafted": _("%(name)s began to write an answer %(ago)s.", **facts),
        "precision shown": _("%(name)s published a precision %(ago)s.", **facts),
        "precision hidden": _("%(name)s took a precision off the page %(ago)s.", **facts),
        "moved": _("%(name)s changed the progress of this idea %(ago)s.", **facts),
        "answered": _("%(name)s answered this idea %(ago)s.", **facts),
        "merged": _("%(name)s brought this idea together with another one %(ago)s.", **facts),
        "unmerged": _("%(name)s set apart ideas that were brought together %(ago)s.", **facts),
        "distress read": _("%(name)s read this message %(ago)s.", **facts),
    }
