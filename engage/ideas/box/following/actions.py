"""What an author does with an idea that was sent: add, answer, correct, claim, take back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, update

from engage.accounts.models import Account
from engage.core import fulltext
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.ideas.actions import NEED_CONTACT, alert
from engage.ideas.box.following import queries
from engage.ideas.models import (
    AnswerDraft,
    Idea,
    Merge,
    Publication,
    Step,
    StepKind,
    Support,
    Visibility,
)
from engage.ideas.timeline import actions as timeline
from engage.intake import queries as intake_queries
from engage.intake.models import Reply
from engage.outbox import actions as outbox
from engage.outbox.models import State
from engage.uploads import actions as uploads


def _still_there(idea: Idea) -> None:
    if idea.publication is Publication.WITHDRAWN:
        raise Refused(_("This idea was withdrawn. You can send a new one."))


def add(idea: Idea, *, text: str, submission_key: str) -> None:
    """A precision for the team; nobody else reads it before the team publishes it."""
    _say(idea, StepKind.PRECISION, text, submission_key)


def answer(idea: Idea, *, text: str, submission_key: str) -> None:
    """The answer to the team's last question."""
    _say(idea, StepKind.REPLY, text, submission_key)


def _say(idea: Idea, kind: StepKind, text: str, submission_key: str) -> None:
    """Sent again with the same key it is said once."""
    _still_there(idea)
    if queries.said(submission_key):
        return
    timeline.note(idea, kind, visibility=Visibility.AUTHOR, words=text, submission_key=submission_key)
    if intake_queries.is_distress(text):
        idea.is_distress, idea.distress_read_at = True, None
        alert(idea, key=submission_key)


def correct_contact(idea: Idea, *, reply: Reply, contact: str | None, first_name: str) -> None:
    """Another way to hear back; mail that still waits for the old address is dropped."""
    _still_there(idea)
    if contact != idea.contact or reply != idea.reply:
        for message in queries.waiting_for(idea):
            message.state = State.STOPPED
    idea.reply, idea.first_name = reply, first_name
    idea.contact = contact if reply in NEED_CONTACT else None


def claim(idea: Idea, *, by: Account) -> None:
    """From now on it stands among the ideas of this account."""
    _still_there(idea)
    if idea.account_id not in (None, by.id):
        raise Refused(_("This idea already belongs to an account."))
    idea.account_id = by.id


def withdraw(idea: Idea) -> None:
    """Erase its words, photo and contact; only that there was an idea remains. Twice is once."""
    if idea.publication is Publication.WITHDRAWN:
        return
    if idea.photo:
        uploads.erase(idea.photo)
    for merge in queries.merges_into(idea):
        _set_apart(merge)
    outbox.forget(("idea", idea.code))
    for name, nothing in ERASED.items():
        setattr(idea, name, nothing)
    idea.publication, idea.contact_erased_at = Publication.WITHDRAWN, now()
    theirs = Step.kind.in_((StepKind.PRECISION, StepKind.REPLY))
    db.session.execute(update(Step).where(Step.idea_id == idea.id, theirs).values(words=""))
    db.session.execute(delete(AnswerDraft).filter_by(idea_id=idea.id))
    for kind in ("idea", "idea-desk"):
        fulltext.drop(kind, idea.code)
    timeline.note(idea, StepKind.PUBLICATION, visibility=Visibility.PUBLIC, publication=Publication.WITHDRAWN)
    timeline.settle(idea)


def _set_apart(merge: Merge) -> None:
    """An idea that joined one which is taken back stands again as before, with the supports it brought."""
    source = db.session.get_one(Idea, merge.source_id)
    carried = update(Support).where(Support.id.in_(merge.moved["supports"]))
    db.session.execute(carried.values(idea_id=source.id))
    source.publication, source.merged_into = merge.publication_before, None
    source.support_count = queries.count_supports(source)
    merge.undone_at = now()
    timeline.note(source, StepKind.UNMERGED, visibility=Visibility.PUBLIC)
    timeline.settle(source)
    timeline.index(source)


ERASED: dict[str, Any] = {
    "title": "",
    "text": "",
    "original": None,
    "first_name": "",
    "reply": Reply.NONE,
    "contact": None,
    "helper_relation": "",
    "helper_summary": "",
    "photo": None,
    "photo_is_public": False,
    "merged_into": None,
}
