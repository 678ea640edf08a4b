"""Calls and applications to try things with."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.groups.calling import actions
from engage.groups.calling.applying import actions as applying
from engage.groups.calling.models import Application, Call
from engage.groups.models import Group, Side
from engage.intake.models import Door, Reply

QUESTIONS = ["Qu’est-ce qui vous donne envie ?", "Quels jours vous vont ?"]


def written(**said: Any) -> Any:
    facts: dict[str, Any] = {
        "group_id": None,
        "side": Side.PATIENT,
        "title": "Relire nos courriers",
        "what": "Vous dites si nos courriers sont clairs.",
        "time": "Deux heures par mois.",
        "duration": "Un an.",
        "training": "Une demi-journée.",
        "costs": "Vos trajets.",
        "companion": "Un proche peut venir.",
        "who_decides": "L’équipe, avec vous.",
        "places": 3,
        "closes_on": centre_today() + timedelta(days=20),
        "questions": list(QUESTIONS),
    }
    return facts | said


def call(by: Account, *, published: bool = True, **said: Any) -> Call:
    made = actions.create(**written(**said), by=by)
    if published:
        actions.publish(made, by=by)
    db.session.flush()
    return made


def said(name: str = "Amina", **more: Any) -> Any:
    facts: dict[str, Any] = {
        "submission_key": secrets.token_urlsafe(16),
        "name": name,
        "reply": Reply.MAIL,
        "contact": f"{name.lower()}@exemple.fr",
        "language": "fr",
        "door": Door.WEB,
        "wants_to_talk": False,
        "answers": ["Pour aider.", ""],
    }
    return facts | more


def applied(to: Call | Group, name: str = "Amina", **more: Any) -> Application:
    who = {key: more.pop(key) for key in ("account", "entered_by", "source") if key in more}
    made, _code = applying.apply(to, **who, **said(name, **more))
    db.session.flush()
    return made
