"""Taking care of an idea: who answers, by when, what was read, and what may be said when we refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from sqlalchemy.orm.attributes import flag_modified

from engage.accounts.models import Account
from engage.core.cache import forget
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.ideas.models import Idea, Publication, RefusalSentence
from engage.ideas.moderation import queries
from engage.journal import actions as journal

CONTENT = Path(__file__).parent / "content" / "refusals.yaml"


class Overtaken(Refused):
    """Somebody else acted while this person was reading; the message says who did what."""


def take(idea: Idea, version: int) -> None:
    """Begin an act on the idea as the person saw it, at `version`; whatever they do, the version goes up.

    Raises Overtaken when somebody acted meanwhile, Refused when it was withdrawn or joined another one.
    """
    if idea.version != version:
        raise Overtaken(queries.last_act(idea))
    if idea.publication is Publication.WITHDRAWN:
        raise Refused(_("The author has withdrawn this idea: it cannot change any more."))
    if idea.publication is Publication.MERGED:
        raise Refused(_("This idea joined another one: work on that one, or set them apart first."))
    flag_modified(idea, "publication")


def assign(idea: Idea, *, version: int, owner_id: int | None, due_on: date | None, by: Account) -> None:
    """Say who answers and by when. A promise of an answer keeps a date."""
    take(idea, version)
    if idea.due_on and not due_on:
        raise Refused(_("An answer was promised: choose another day rather than none."))
    idea.owner_id, idea.due_on, idea.reminded_on = owner_id, due_on, None
    journal.record("assigned", "idea", idea.code, by=by)


def read_distress(idea: Idea, *, by: Account) -> None:
    """“I have read it”, with the time. Only the first reader counts."""
    if idea.is_distress and idea.distress_read_at is None:
        idea.distress_read_at = now()
        journal.record("distress read", "idea", idea.code, by=by)


def mark_read(idea: Idea, *, by: Account) -> None:
    """What the author added has been read."""
    for step in queries.unread_steps(idea):
        step.read_at = now()
    journal.record("additions read", "idea", idea.code, by=by)


def reveal(idea: Idea, what: str, *, by: Account) -> str | None:
    """The `contact` or the `original` words of an idea, shown once; the look is in the journal."""
    journal.record(f"{what} viewed", "idea", idea.code, by=by)
    return idea.contact if what == "contact" else idea.original


def fill_refusals() -> None:
    """Give a new centre our sentences; one that has its own keeps them."""
    if queries.refusal_sentences():
        return
    sentences: list[str] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    db.session.add_all(RefusalSentence(text=text, position=place) for place, text in enumerate(sentences))


def write_sentences(texts: list[str], *, by: Account) -> None:
    """Replace the sentences by these, in this order. Raises Refused when none is left."""
    if not texts:
        raise Refused(_("Keep at least one sentence: a refusal always says why."))
    for old in queries.refusal_sentences():
        db.session.delete(old)
    db.session.flush()
    db.session.add_all(RefusalSentence(text=text, position=place) for place, text in enumerate(texts))
    journal.record("refusal sentences written", "centre", "", by=by, note=f"{len(texts)}")
    forget()
