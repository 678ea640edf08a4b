"""The coordinator's work on ideas, as she sees it."""

from __future__ import annotations

from flask import Flask

from engage.core.db import db
from engage.ideas.models import Idea
from tests import make
from tests.browser import Visitor


def made(app: Flask, text: str = "Un banc devant la porte, pour attendre assis.", **values: object) -> str:
    with app.app_context():
        idea = make.idea(text, **values)
        db.session.commit()
        return idea.code


def held(app: Flask, code: str) -> Idea:
    with app.app_context():
        return db.session.query(Idea).filter_by(code=code).one()


def test_open_list_and_page(app: Flask, chloe: Visitor) -> None:
    code = made(app, "Le docteur Martin, 06 12 34 56 78, est en retard.")
    chloe.get("/equipe/idees/")
    assert "Le docteur Martin" in chloe.page
    chloe.get(f"/equipe/idees/{code}")
    assert "<mark>" in chloe.page
    chloe.get("/equipe")
    assert "Bonjour" in chloe.page or "Bonsoir" in chloe.page
    chloe.get("/equipe/noter")
    chloe.get("/equipe/journal")
    chloe.get("/equipe/mes-e-mails")
    chloe.get("/equipe/idees/phrases")
    chloe.get(f"/equipe/idees/{code}/fusion")
