"""What the team does to the code book."""

from __future__ import annotations

from pathlib import Path

import yaml
from sqlalchemy import select

from engage.core.db import db
from engage.themes.models import Theme

CONTENT = Path(__file__).parent / "content" / "themes.yaml"


def fill() -> None:
    """Give a new centre the eight themes of ours; a code that is already there stays as the team made it."""
    held = set(db.session.scalars(select(Theme.code)))
    shipped: list[dict[str, str]] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    for place, facts in enumerate(shipped):
        if facts["code"] not in held:
            db.session.add(Theme(position=place, **facts))
