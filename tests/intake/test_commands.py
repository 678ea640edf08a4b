"""What nobody came back to is erased, with its photo."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.intake import commands
from engage.intake.models import Draft
from engage.uploads.models import Upload
from tests.browser import Visitor
from tests.ideas.box import pen


def test_a_draft_of_yesterday_is_erased_and_one_of_today_kept(app: Flask, nobody: Visitor) -> None:
    today = Visitor(app)
    for visitor in (nobody, today):
        visitor.get("/idees/nouvelle")
        visitor.post("/idees/nouvelle", {"text": pen.BANC, "photo": (pen.photo(), "a.jpg")})
    with app.app_context():
        first = db.session.scalars(select(Draft).order_by(Draft.expires_at)).first()
        assert first is not None
        assert first.photo is not None
        file = Path(app.extensions["engage_settings"].files) / first.photo.name
        first.expires_at = now() - timedelta(minutes=1)
        db.session.commit()
        assert commands.erase_drafts() == 1
        assert commands.erase_drafts() == 0
        assert len(db.session.scalars(select(Upload)).all()) == 1
    assert not file.exists()
    today.get("/idees/nouvelle")
    assert pen.BANC in today.page
