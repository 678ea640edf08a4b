"""What a stranger sent in the name of somebody who has applied already.

Nobody answers it, but it is kept for its sender under its own code, as an application is. So the code says
nothing of whether somebody applied: only the contact they left learns it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, exists

from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.groups.calling.applying import queries, receipts
from engage.groups.calling.applying.receipts import KIND, Receipt
from engage.groups.calling.models import Application, ApplicationState, Call
from engage.groups.models import Group
from engage.intake import actions as intake
from engage.intake import drafts
from engage.intake import queries as intake_queries
from engage.intake.models import Door, FollowUp, Reply

SHOWN = ("name", "reply", "contact", "wants_to_talk")


def keep(to: Call | Group, *, door: Door, answers: str, **said: Any) -> Receipt:
    """The same form sent again is the same thing."""
    key = said["submission_key"]
    if (before := sent(key)) is not None:
        return before
    receipt = receipts.blank(to, key, door=door, reply=said["reply"], wants_to_talk=said["wants_to_talk"])
    if insert_once(FollowUp, **intake.follow_up(KIND, receipt.code, intake.code_of(key))) is None:
        return sent(key) or receipt
    about = {"call": to.id} if isinstance(to, Call) else {"group": to.id}
    facts = {name: said[name] for name in SHOWN} | {"answers": answers, "due": receipt.due, "door": door}
    drafts.begin(KIND, about | facts | {"key": key}, key=receipt.code, until=now() + queries.KEPT)
    return receipt


def sent(key: str) -> Receipt | None:
    """What this form made, if it made such a thing."""
    opened = intake_queries.find_follow_up(intake.code_of(key))
    held = _values(opened.ref) if opened and opened.kind == KIND else None
    return receipts.of(_shown(opened.ref, held)) if opened and held else None


def held(code: str) -> Application | None:
    """What its sender sees as their application; no row, and never one."""
    values = _values(code)
    return _shown(code, values) if values else None


def _values(code: str) -> dict[str, Any] | None:
    draft = intake_queries.draft(code, KIND)
    return draft.values if draft else None


def _shown(code: str, said: dict[str, Any]) -> Application:
    call = db.session.get(Call, said["call"]) if "call" in said else None
    group = db.session.get(Group, said["group"]) if "group" in said else None
    is_back = said.get("is_back", False)
    return Application(
        code=code,
        submission_key=said["key"],
        call=call,
        group=group,
        name=None if is_back else said["name"],
        contact=None if is_back else said["contact"],
        answers=None if is_back else said["answers"],
        reply=Reply.NONE if is_back else Reply(said["reply"]),
        door=Door(said["door"]),
        wants_to_talk=said["wants_to_talk"],
        due_on=receipts.day_of(said["due"]),
        state=ApplicationState.WITHDRAWN if is_back else ApplicationState.RECEIVED,
    )


def take_back(application: Application) -> bool:
    """What they typed is erased; False for an application that was made."""
    draft = None if application.id else intake_queries.draft(application.code, KIND)
    if draft is None:
        return False
    kept = {name: value for name, value in draft.values.items() if name not in {"name", "contact", "answers"}}
    drafts.keep(draft, kept | {"is_back": True}, until=draft.expires_at)
    return True


def forget() -> None:
    """Codes that open nothing any more, once what they opened has served its time."""
    made = exists().where(Application.code == FollowUp.ref)
    over = delete(FollowUp).where(FollowUp.kind == KIND, FollowUp.created_at < now() - queries.KEPT, ~made)
    db.session.execute(over, execution_options={"synchronize_session": False})
