"""Readers say whether they understood and what is missing; the authors read it, the clock forgets it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select, text, update

from engage.core.clock import now
from engage.core.db import db
from engage.pages.asking import commands
from engage.pages.asking.models import Missing, UnderstoodCount
from tests.browser import Visitor
from tests.pages.writing import sample

PLACE = "partie-avant-de-partir"


def _published(app: Flask) -> int:
    with app.app_context():
        made = sample.published()
        db.session.commit()
        return made.id


def _counts(app: Flask) -> dict[tuple[str, str], int]:
    with app.app_context():
        rows = db.session.scalars(select(UnderstoodCount))
        return {(one.section, one.answer.value): one.times for one in rows}


def test_answers_are_counted_once_a_browser_and_part(app: Flask, nobody: Visitor, amina: Visitor) -> None:
    version = _published(app)
    said = {"version": version, "body": "simple", "section": PLACE, "answer": "no"}
    for visitor in (nobody, nobody, amina):
        visitor.get("/pages/sortir")
        back = visitor.post("/pages/sortir/compris", said)
    visitor.follow(back)
    assert "Merci de l’avoir dit" in visitor.page
    assert f"partie={PLACE}" in visitor.page
    assert _counts(app) == {(PLACE, "no"): 2}
    nobody.post("/pages/sortir/compris", {**said, "body": "short", "section": "", "answer": "yes"})
    nobody.post("/pages/sortir/compris", {**said, "section": "inventée"})
    nobody.post("/pages/sortir/compris", {**said, "answer": "peut-être"}, status=400)
    nobody.post("/pages/sortir/compris", {**said, "version": 10**30}, status=404)
    assert _counts(app) == {(PLACE, "no"): 2, ("", "yes"): 1}


def test_what_is_missing_is_read_dealt_with_and_forgotten(
    app: Flask, nobody: Visitor, amina: Visitor, chloe: Visitor
) -> None:
    _published(app)
    nobody.get(f"/pages/sortir/manque?partie={PLACE}")
    assert "Avant de partir" in nobody.page
    nobody.post("/pages/sortir/manque", {"words": " "}, status=422)
    told = {"words": "Où garer la voiture de Monsieur Bernard ?", **nobody.hidden()}
    for _press in range(2):
        nobody.post(f"/pages/sortir/manque?partie={PLACE}", told)
    nobody.get("/pages/sortir/manque")
    nobody.post("/pages/sortir/manque?texte=court", {"words": "Je veux mourir."}, status=200)
    assert "3114" in nobody.page
    with app.app_context():
        first, second = db.session.scalars(select(Missing).order_by(Missing.id)).all()
        assert (first.section, first.body, second.body) == (PLACE, "simple", "short")
        assert [one["kind"] for one in first.marks] == ["person"]
        assert "voiture" not in str(db.session.execute(text("SELECT words FROM page_missing")).all())
    amina.get("/equipe/pages/sortir/lecteurs", status=403)
    chloe.get("/equipe/pages/sortir/lecteurs")
    assert "Où garer" in chloe.page
    chloe.post("/equipe/pages/sortir/lecteurs", {"number": first.id})
    chloe.get("/equipe/pages/sortir/lecteurs")
    assert "Où garer" not in chloe.page
    with app.app_context():
        db.session.execute(update(Missing).values(said_at=now() - timedelta(days=360)))
        db.session.commit()
        assert commands.forget_missing() == 0
        db.session.execute(update(Missing).values(said_at=now() - timedelta(days=367)))
        db.session.commit()
        assert commands.forget_missing() == 2


def test_the_parts_that_most_did_not_understand_come_first(
    app: Flask, nobody: Visitor, amina: Visitor, chloe: Visitor
) -> None:
    with app.app_context():
        words = "## Avant\n\nDemandez vos papiers.\n\n## Après\n\nAppelez-nous."
        version = sample.published(simple=words).id
        db.session.commit()
    for visitor, section, answer in (
        (nobody, "partie-avant", "yes"), (amina, "partie-avant", "no"), (nobody, "partie-apres", "partly"),
    ):  # fmt: skip
        visitor.get("/pages/sortir")
        said = {"version": version, "body": "simple", "section": section, "answer": answer}
        visitor.post("/pages/sortir/compris", said)
    chloe.get("/equipe/pages/sortir/lecteurs")
    assert chloe.page.index("Après (") < chloe.page.index("Avant (")
