"""The draft of who writes an idea, from step to step, as their session knows it."""

from __future__ import annotations

import secrets
from typing import Any

from flask import request, session

from engage.ideas.box.writing import queries as written
from engage.ideas.box.writing.forms import ReplyForm, ThemeForm
from engage.intake import drafts
from engage.intake import queries as intake_queries
from engage.intake.models import Draft

# The steps after the first, by the field that each must bring.
STEPS = {"theme": "theme", "public": "reply"}
AFTER = {"theme": "reply", "reply": ""}


def draft() -> Draft | None:
    return intake_queries.draft(session.get("draft"), "idea")


def keep(draft: Draft | None, **typed: Any) -> Draft:
    """Keep what was typed at this step with what was typed before."""
    values = {"key": secrets.token_urlsafe(24), **written.typed(draft), **typed}
    if draft is None:
        session["draft"], draft = drafts.begin("idea", values)
    else:
        drafts.keep(draft, values)
    session["awaits"] = next((step for field, step in STEPS.items() if field not in values), "")
    return draft


def is_awaited(step: str) -> bool:
    """Whether this is the first look at a step: it shows nothing of the draft, so nobody looks for it."""
    return request.method == "GET" and "draft" in session and session.get("awaits") == step


def is_added(step: str, form: ThemeForm | ReplyForm) -> bool:
    """Whether what was typed at a step, seen for the first time, was added to a draft that nobody read."""
    if request.method != "POST" or session.get("awaits") != step or not form.validate():
        return False
    if not drafts.add(session.get("draft", ""), "idea", form.typed):
        return False
    session["awaits"] = AFTER[step]
    return True
