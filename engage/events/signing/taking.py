"""Writing down who signs up, and what they say about themselves."""

from __future__ import annotations

import json
from typing import Any, NotRequired, TypedDict

from sqlalchemy import delete

from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.kinds import Cause, CompanionRole, Need, Reminded, SignUpState
from engage.events.signing import newcomer
from engage.events.signing.models import Companion, SignUp
from engage.events.signing.places import Locked, Room
from engage.events.signing.queries import Counts
from engage.intake import actions as intake
from engage.intake.models import Door, Reply

Companions = list[tuple[CompanionRole, str]]


class Said(TypedDict):
    """What somebody may say anew at any time."""

    companions: Companions
    needs: list[Need]
    needs_words: str
    answers: list[str]


class Wanted(Said):
    """What somebody says when signing up; `reply` RECEPTION is "neither mail nor phone"."""

    submission_key: str
    name: str
    reply: Reply
    contact: str | None
    language: str
    door: NotRequired[Door]
    reminded_by: NotRequired[Reminded | None]
    agrees_to_photos: NotRequired[bool]


def insert(
    occurrence: Locked, held: Counts, wanted: Wanted, *, is_partner: bool, code: str, **who: Any
) -> SignUp:
    """Confirmed if there is room and nobody waits, else at the end of the line; the date is locked.

    `code`: what opens it to its author.
    """
    party = 1 + len(wanted["companions"])
    has_place = party <= Room.of(occurrence, held).past_the_line(held, is_partner)
    stands = {
        "party": party,
        "state": SignUpState.CONFIRMED if has_place else SignUpState.WAITING,
        "queue": None if has_place else held.last_in_line + 1,
        "offers": 0,
    }
    public = keys.public_code()
    own = {"occurrence_id": occurrence.id, "is_reserved": is_partner, "code": public} | who
    rows = {
        "sign_up": {**own, **stands, **_facts(wanted)},
        "change": _first_change(who["entered_by_id"], party, stands["state"]),
        "follow_up": intake.follow_up("sign-up", public, code),
    }
    made = newcomer.write(rows, taken=held.held + (party if has_place else 0))
    if made is None:
        raise Refused(_("This form was already sent. Please open the page again."))
    _bring(made, wanted["companions"])
    return made


def _facts(wanted: Wanted) -> dict[str, Any]:
    return {
        "submission_key": wanted["submission_key"],
        "name": wanted["name"],
        "reply": wanted["reply"],
        "contact": wanted["contact"] or None,
        "language": wanted["language"],
        "door": wanted.get("door", Door.WEB),
        "created_at": now(),
        **needs_of(wanted),
        **_wishes(wanted),
    }


def _first_change(by_id: int | None, party: int, state: Any) -> dict[str, Any]:
    """The clock tells the newcomer of it."""
    stands = {"at": now(), "state": state, "party": party, "to_tell": True}
    return {**stands, "cause": Cause.TEAM if by_id else Cause.PERSON, "by_id": by_id, "why": ""}


def _wishes(wanted: Wanted) -> dict[str, Any]:
    return {
        "reminded_by": wanted.get("reminded_by"),
        "agrees_to_photos": wanted.get("agrees_to_photos", False),
    }


def needs_of(said: Said) -> dict[str, Any]:
    """What people need and answered, as it is kept."""
    answers = said["answers"]
    return {
        "needs": [need.value for need in said["needs"]],
        "needs_words": said["needs_words"] or None,
        "answers": json.dumps(answers, ensure_ascii=False) if answers else None,
    }


def _bring(sign_up: SignUp, companions: Companions) -> None:
    db.session.add_all(
        Companion(sign_up_id=sign_up.id, role=role, name=name or None) for role, name in companions
    )


def is_news(sign_up: SignUp, said: Said) -> bool:
    """Whether anything of it is said differently from what is kept."""
    if beside(sign_up) != said["companions"]:
        return True
    return any(getattr(sign_up, name) != value for name, value in needs_of(said).items())


def beside(sign_up: SignUp) -> Companions:
    """Who comes along, as it was said."""
    return [(one.role, one.name or "") for one in sign_up.companions]


def rewrite(sign_up: SignUp, said: Said) -> None:
    """All that a person may say anew, the size of the party with it."""
    db.session.execute(delete(Companion).filter_by(sign_up_id=sign_up.id))
    _bring(sign_up, said["companions"])
    sign_up.party = 1 + len(said["companions"])
    for name, value in needs_of(said).items():
        setattr(sign_up, name, value)
    db.session.flush()
    db.session.expire(sign_up, ["companions"])


def forget(sign_up: SignUp) -> None:
    """Nobody can tell any more whose it was; that somebody came, and with how many, stays."""
    for one in sign_up.companions:
        one.name = None
    sign_up.name = sign_up.contact = sign_up.needs_words = sign_up.answers = sign_up.person_digest = None
    sign_up.needs, sign_up.reply, sign_up.account_id = [], Reply.NONE, None
    db.session.flush()
