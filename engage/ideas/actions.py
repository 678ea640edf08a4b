"""An idea comes in: from the first moment it has an owner, a date, and a code for its author."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Required, TypedDict, Unpack, cast

from sqlalchemy import CursorResult, Result, bindparam, delete, text, update

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core import fulltext, keys
from engage.core.clock import now
from engage.core.db import Moment, db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.ideas import queries
from engage.ideas.models import Idea, Support
from engage.intake import actions as intake
from engage.intake import queries as intake_queries
from engage.intake.models import Door, Reply
from engage.involvement import acting
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
    who = {"account_id": account and account.id, "entered_by_id": entered_by and entered_by.id}
    idea = insert_once(Idea, **_facts(said), **who)
    if idea is None:
        return queries.became(said["submission_key"]), code
    intake.open_follow_up("idea", idea.code, seed=idea.submission_key)
    fulltext.put("idea-desk", idea.code, f"{idea.title} {idea.text}")
    acting.acted(account, reply=idea.reply, contact=idea.contact, name=idea.first_name, by=entered_by)
    _confirm(idea)
    alert(idea, key="received")
    return idea, code


def _facts(said: Said) -> dict[str, Any]:
    """The idea as it will stand: who answers it, by when, and whether its words call for help."""
    facts: dict[str, Any] = {"title": "", "reply": Reply.NONE, "wants_public": True, **said}
    photo = facts.pop("photo", None)
    if said.get("reply") not in NEED_CONTACT:
        facts["contact"] = None
    words = f"{said['text']}\n\n{said.get('helper_summary', '')}"
    return facts | {
        "code": keys.public_code(),
        "version": 1,
        "photo_id": photo and photo.id,
        "owner_id": intake_queries.on_duty_id(),
        "received_at": now(),
        "due_on": centre_queries.centre_today() + timedelta(days=centre_queries.centre().answer_days),
        "is_distress": intake_queries.is_distress(words),
    }


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


def alert(idea: Idea, *, key: str) -> None:
    """Ask who is on duty to read it now, when its words call for help."""
    if idea.is_distress:
        intake.alert(
            key=f"idea distress {idea.code} {key}",
            subject=_l("A message needs your eyes now"),
            template="ideas/mail/distress.txt",
            about=("idea", idea.code),
        )


ADD_SUPPORT = text(
    "INSERT INTO idea_support (idea_id, account_id, device_digest, at)"
    " VALUES (:idea_id, :account_id, :device_digest, :at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=Moment))


def support(idea: Idea, *, by: Account | None, device: str) -> None:
    """Count one voice: of the account, else of the device. A second press changes nothing.

    Raises Refused when the idea left the site, or joined another one, in the same moment.
    """
    _hold(idea)
    if not idea.is_public:
        raise Refused(_("This idea has just changed: open it again to see where it is."))
    values = {"idea_id": idea.id, "at": now()} | _voice(by, device)
    if _rows(db.session.execute(ADD_SUPPORT, values)):
        _count(idea, +1)


def stop_supporting(idea: Idea, *, by: Account | None, device: str) -> None:
    """Take the voice back. Doing it twice is doing it once."""
    _hold(idea)
    if _rows(db.session.execute(delete(Support).filter_by(idea_id=idea.id, **_voice(by, device)))):
        _count(idea, -1)


def _hold(idea: Idea) -> None:
    """Read where the idea is now; nobody merges it, or counts for it, before this unit ends."""
    db.session.refresh(idea, ["publication", "version"], with_for_update=True)


def _voice(by: Account | None, device: str) -> dict[str, Any]:
    if by is not None:
        return {"account_id": by.id, "device_digest": None}
    return {"account_id": None, "device_digest": keys.digest("device", device)}


def _rows(result: Result[Any]) -> int:
    return cast("CursorResult[Any]", result).rowcount


def _count(idea: Idea, change: int) -> None:
    """Counted by the database, so that two presses count twice, and without a new version of the idea."""
    counted = update(Idea).where(Idea.id == idea.id).values(support_count=Idea.support_count + change)
    db.session.execute(counted, execution_options={"synchronize_session": False})
    db.session.expire(idea, ["support_count"])
