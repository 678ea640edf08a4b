"""An idea comes in: from the first moment it has an owner, a date, and a code for its author."""

from __future__ import annotations

from datetime import timedelta
from typing import Required, TypedDict, Unpack

from sqlalchemy.exc import IntegrityError

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core import fulltext
from engage.core.clock import now
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.ideas import queries
from engage.ideas.models import Idea
from engage.intake import actions as intake
from engage.intake import queries as intake_queries
from engage.intake.models import Door, Reply
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind
from engage.uploads.models import Upload

NEED_CONTACT = {Reply.MAIL, Reply.PHONE, Reply.LETTER}


class Said(TypedDict, total=False):
    """What somebody said, and how they want to hear back."""

    text: Required[str]
    door: Required[Door]
    submission_key: Required[str]
    title: str
    theme_id: int | None
    wants_public: bool
    reply: Reply
    contact: str | None
    first_name: str
    photo: Upload | None
    helper_relation: str
    helper_summary: str
    batch_id: int | None
    language: str


def receive(
    *, account: Account | None = None, entered_by: Account | None = None, **said: Unpack[Said]
) -> tuple[Idea, str]:
    """The idea and its follow-up code in plain.

    Sent again with the same `submission_key` it is the same idea and the same code, and nothing is written.
    `account` is the author, when signed in; `entered_by` noted it for its author. A contact is kept only when
    `reply` needs one. An import that promises no answer takes `due_on` away itself.
    """
    code = intake.code_of(said["submission_key"])
    held = queries.by_submission(said["submission_key"])
    if held is None:
        idea = _new(said)
        idea.account_id = account.id if account else None
        idea.entered_by_id = entered_by.id if entered_by else None
        held = _first_with_its_key(idea)
    if held is None:
        intake.open_follow_up("idea", idea.code, seed=idea.submission_key)
        fulltext.put("idea-desk", idea.code, f"{idea.title} {idea.text}")
        _confirm(idea)
        _alert(idea)
    return held or idea, code


def _new(said: Said) -> Idea:
    """The idea as it will stand: who answers it, by when, and whether its words call for help."""
    facts = {"wants_public": True, **said}
    if said.get("reply") not in NEED_CONTACT:
        facts["contact"] = None
    words = f"{said['text']}\n\n{said.get('helper_summary', '')}"
    return Idea(
        **facts,
        owner=queries.owner_on_duty(),
        received_at=now(),
        due_on=centre_queries.centre_today() + timedelta(days=centre_queries.centre().answer_days),
        is_distress=intake_queries.is_distress(words),
    )


def _first_with_its_key(idea: Idea) -> Idea | None:
    """Write the idea; None, or the one that a second click wrote in the same moment."""
    try:
        with db.session.begin_nested():
            db.session.add(idea)
            db.session.flush()
    except IntegrityError:
        held = queries.by_submission(idea.submission_key)
        if held is None:
            raise
        return held
    return None


def _confirm(idea: Idea) -> None:
    if idea.reply is not Reply.MAIL or not idea.contact:
        return
    with speaking(idea.language):
        outbox.write(
            key=f"idea received {idea.code}",
            kind=Kind.CONFIRMATION,
            channel=Channel.MAIL,
            address=idea.contact,
            person=idea.first_name,
            subject=_("We have received your idea"),
            body=render("ideas/mail/received.txt", idea=idea, follow=link("intake.follow")),
            about=("idea", idea.code),
        )


def _alert(idea: Idea) -> None:
    """Ask its owner to read it now, without a word of what it says: mail is read over shoulders."""
    owner = idea.owner
    if not idea.is_distress or owner is None or not owner.email:
        return
    with speaking(owner.language):
        outbox.write(
            key=f"idea distress {idea.code}",
            kind=Kind.ALERT,
            channel=Channel.MAIL,
            address=owner.email,
            person=owner.first_name,
            subject=_("A message needs your eyes now"),
            body=render("ideas/mail/distress.txt", owner=owner, desk=link("home.index") + "equipe"),
            about=("idea", idea.code),
        )
