"""The guide at the desk: what cannot be kept is said and given back, and nobody's draft is written over."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from engage.core.db import db
from engage.pages.guide import actions, queries
from engage.pages.guide.tree import End, Question
from tests.browser import Visitor
from tests.pages.guide.small import SMALL

DESK = "/equipe/qui-appeler/fr"


def test_a_line_that_is_too_long_is_given_back(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        actions.begin("fr", SMALL, by=None)
        db.session.commit()
    chloe.get(f"{DESK}/cadre")
    chloe.post(f"{DESK}/cadre", {"title": "Qui appeler ?", "lead": "", "danger": "mot " * 200}, status=422)
    assert "mot mot" in chloe.page
    chloe.get(DESK)


def test_a_guide_that_grows_too_large_is_refused(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        ends = tuple(End(f"fin-{number}", "Fin") for number in range(60))
        actions.begin("fr", replace(SMALL, ends=(*SMALL.ends, *ends)[:60]), by=None)
        db.session.commit()
    first = next(one.key for one in SMALL.questions if isinstance(one, Question))
    chloe.get(f"{DESK}/etape/{first}")
    sent = {"ask": "Où ?", "help": "", "words0": "Ici", "to0": "+end", "icon0": ""}
    chloe.post(f"{DESK}/etape/{first}", sent, status=409)
    assert "60" in chloe.page
    chloe.get(DESK)


def test_a_draft_is_not_written_over_by_an_old_version(app: Flask, chloe: Visitor, admin: Visitor) -> None:
    with app.app_context():
        for lead in ("Un.", "Deux."):
            draft = actions.begin("fr", SMALL, by=None)
            actions.edit(draft, replace(SMALL, lead=lead), version=draft.version, by=chloe.account)
            db.session.flush()
            actions.put_before_readers(draft, author="Chloé")
        db.session.commit()
    chloe.get(DESK)
    admin.get(f"{DESK}/cadre")
    admin.post(f"{DESK}/cadre", {"title": "Qui appeler ?", "lead": "Trois.", "danger": "Grand mal"})
    chloe.post(f"{DESK}/versions/1/reprise", status=409)
    with app.app_context():
        assert queries.drafted("fr").tree["lead"] == "Trois."
    chloe.get(DESK)
    chloe.post(f"{DESK}/versions/1/reprise")
    with app.app_context():
        assert queries.drafted("fr").tree["lead"] == "Un."


def test_two_clicks_publish_once(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        actions.begin("fr", SMALL, by=None)
        db.session.commit()
    chloe.get(DESK)
    shown = chloe.page
    for _click in range(2):
        chloe.page = shown
        chloe.post(f"{DESK}/publication")
    with app.app_context():
        assert len(queries.versions("fr")) == 1
