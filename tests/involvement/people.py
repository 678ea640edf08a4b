"""People on the way, as tests need them."""

from __future__ import annotations

import secrets
from typing import Any

from engage.intake.models import Door, Reply
from engage.involvement import actions
from engage.involvement.models import Person


def said(name: str = "Amina", **values: Any) -> dict[str, Any]:
    """What somebody says who comes in by the site."""
    facts = {
        "submission_key": secrets.token_urlsafe(16),
        "name": name,
        "reply": Reply.MAIL,
        "contact": f"{name.lower()}.{secrets.token_hex(4)}@exemple.fr",
        "language": "fr",
        "door": Door.WEB,
    }
    return facts | values


def met(name: str = "Amina", **values: Any) -> Person:
    return actions.meet(**said(name, **values))
