"""The team's side: tablets, words of distress, private messages."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from engage.centre.models import Complaint
from engage.core.db import db
from engage.intake import actions
from engage.intake.models import DistressPhrase, Kiosk
from engage.journal.models import Entry
from tests.browser import Visitor

PAGES = ("/equipe/bornes", "/equipe/mots-de-detresse", "/equipe/messages-prives")


def test_nobody_else_comes_in(amina: Visitor, benoit: Visitor, nobody: Visitor) -> None:
    for page in PAGES:
        amina.get(page, status=403)
        benoit.get(page, status=403)
        nobody.get(page, status=302)


def test_a_tablet_is_opened_renamed_and_closed(app: Flask, chloe: Visitor) -> None:
    chloe.get("/equipe/bornes")
    chloe.post("/equipe/bornes", {"name": ""}, status=422)
    chloe.follow(chloe.post("/equipe/bornes", {"name": "Salle d’attente"}))
    with app.app_context():
        code = db.session.scalars(select(Kiosk.code)).one()
    assert f"/borne/{code}" in chloe.page
    chloe.get(f"/equipe/bornes/{code}/nom")
    chloe.post(f"/equipe/bornes/{code}/nom", {"name": "Accueil"})
    chloe.get("/equipe/bornes")
    assert "Accueil" in chloe.page
    chloe.follow(chloe.post(f"/equipe/bornes/{code}/fermeture"))
    assert "Fermée le" in chloe.page
    chloe.post(f"/equipe/bornes/{code}/fermeture", status=404)
    with app.app_context():
        assert db.session.scalars(select(Entry.verb)).all() == ["opened", "renamed", "closed"]


def test_words_of_distress_are_the_administrators(app: Flask, admin: Visitor, chloe: Visitor) -> None:
    chloe.get("/equipe/mots-de-detresse", status=403)
    with app.app_context():
        actions.fill_distress_phrases()
        db.session.commit()
    admin.get("/equipe/mots-de-detresse")
    admin.follow(admin.post("/equipe/mots-de-detresse", {"phrase": "au bout du tunnel"}))
    assert "au bout du tunnel" in admin.page
    admin.post("/equipe/mots-de-detresse", {"phrase": "Au bout du tunnel"}, status=409)
    with app.app_context():
        phrase = db.session.scalars(select(DistressPhrase).filter_by(phrase="au bout du tunnel")).one()
        number = phrase.id
    admin.get("/equipe/mots-de-detresse")
    admin.follow(admin.post(f"/equipe/mots-de-detresse/{number}/retrait"))
    assert "au bout du tunnel" not in admin.page
    admin.post(f"/equipe/mots-de-detresse/{number}/retrait", status=404)


def test_private_messages_are_read_and_erased(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sent = actions.send_complaint(text="<b>Un secret</b>", contact="06", submission_key="k" * 32)
        db.session.commit()
        number = sent.id
    chloe.get("/equipe/messages-prives")
    assert "Un secret" not in chloe.page
    assert "Personne ne l’a encore lu." in chloe.page
    chloe.post(f"/equipe/messages-prives/{number}/lecture", status=200)
    assert "&lt;b&gt;Un secret" in chloe.page
    with app.app_context():
        assert db.session.scalars(select(Complaint)).one().read_at
        assert db.session.scalars(select(Entry.verb)).all() == ["complaint read"]
    chloe.get("/equipe/messages-prives")
    assert "Lu le" in chloe.page
    chloe.follow(chloe.post(f"/equipe/messages-prives/{number}/fin"))
    assert "Un secret" not in chloe.page
    with app.app_context():
        assert db.session.scalars(select(Complaint)).one().text == ""
