"""A voice for a page: kept, heard while the words are the same, taken away."""

from __future__ import annotations

import io

from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.db import db
from engage.pages import actions as pages
from engage.pages.models import PageVersion
from engage.uploads.models import Upload
from tests import make
from tests.browser import Visitor
from tests.pages.writing import sample
from tests.uploads.sounds import sound

DESK, VOICE = "/equipe/pages/sortir/voix", "/pages/sortir/voix/fr/simple"


def _send(chloe: Visitor, data: bytes, *, status: int = 302) -> None:
    chloe.get(DESK)
    sent = {"text": "fr:simple", "said_by": "Rose", "sound": (io.BytesIO(data), "voix.mp3")}
    chloe.post(DESK, sent, status=status, content_type="multipart/form-data")


def test_a_voice_is_heard_while_the_words_are_the_same(
    app: Flask, nobody: Visitor, amina: Visitor, chloe: Visitor
) -> None:
    with app.app_context():
        sample.published()
        db.session.commit()
    nobody.get("/pages/sortir")
    assert "data-listen" in nobody.page
    amina.get(DESK, status=403)
    _send(chloe, b"MZ\x90 ceci est un programme", status=422)
    assert "n’est pas un son" in chloe.page
    _send(chloe, b"ID3 et puis rien", status=422)
    chloe.post(DESK, {"text": "fr:simple"}, status=422)
    _send(chloe, sound(2))
    _send(chloe, sound(3))
    with app.app_context():
        assert len(db.session.scalars(select(Upload)).all()) == 1
    nobody.get("/pages/sortir")
    assert "lue par Rose" in nobody.page
    assert f'src="{VOICE}"' in nobody.page
    assert "listen.js" not in nobody.page
    assert nobody.get(VOICE, headers={"Range": "bytes=0-3"}, status=206).mimetype == "audio/wav"
    nobody.get("/pages/sortir?texte=court")
    assert "data-listen" in nobody.page
    _write_on(app)
    nobody.get("/pages/sortir")
    assert "lue par Rose" not in nobody.page
    nobody.get(VOICE, status=404)
    chloe.get(VOICE)
    chloe.get(DESK)
    assert "Les mots ont changé" in chloe.page
    chloe.follow(chloe.post(f"{DESK}/fr/simple/retrait"))
    chloe.get(VOICE, status=404)
    with app.app_context():
        assert db.session.scalars(select(Upload)).all() == []


def _write_on(app: Flask) -> None:
    """Somebody changes a word, and publishes."""
    with app.app_context():
        by = make.account("Bruno", Role.COORDINATOR)
        page = db.session.scalars(select(PageVersion)).one().page
        draft = pages.begin(page, "fr", by=by)
        pages.write(draft, version=draft.version, by=by, simple=f"{sample.SIMPLE}\n\nPrenez vos clés.")
        pages.publish(pages.freeze(draft, by=by), by=by)
        db.session.commit()
