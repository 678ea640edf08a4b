"""People who sign up, and what they say."""

from __future__ import annotations

import secrets
from typing import Any

from engage.core.db import db
from engage.events.kinds import CompanionRole, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import actions
from engage.events.signing.commands import tell_newcomers
from engage.events.signing.models import SignUp
from engage.events.signing.taking import Wanted
from engage.intake.models import Reply


def wanted(name: str = "Amina", party: int = 1, **said: Any) -> Wanted:
    facts: dict[str, Any] = {
        "submission_key": secrets.token_urlsafe(16),
        "name": name,
        "reply": Reply.MAIL,
        "contact": f"{name.lower()}@exemple.fr",
        "companions": [(CompanionRole.OTHER, "")] * (party - 1),
        "needs": [],
        "needs_words": "",
        "answers": [],
        "language": "fr",
    }
    made: Wanted = {**facts, **said}  # type: ignore[typeddict-item]
    return made


def signed(occurrence: Occurrence, name: str = "Amina", party: int = 1, **said: Any) -> SignUp:
    """Somebody signs up, in a unit of their own, and hears of it."""
    who = {key: said.pop(key) for key in ("account", "entered_by", "is_partner") if key in said}
    made, _code = actions.sign_up(occurrence, **who, **wanted(name, party, **said))
    db.session.commit()
    tell_newcomers()
    return made


def states(*signs: SignUp) -> list[SignUpState]:
    return [sign_up.state for sign_up in signs]
