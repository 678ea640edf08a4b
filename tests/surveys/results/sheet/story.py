"""A wave with released results and words that may be published, ready for its sheet."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import UUID

from flask import Flask

from engage.accounts.models import Role
from engage.core.db import db
from engage.outbox.models import Channel
from engage.surveys.answering.models import ResultNotice, Wave
from engage.surveys.results import actions as results
from engage.surveys.results.verbatims.models import Decision, Reading
from tests import make
from tests.browser import Visitor
from tests.surveys.results import voices

FIGURES = ["reach:top", "kind:yes", "wait:long"]
HEARD = "Vous aimez l’accueil. Le téléphone sonne trop longtemps."
PROMISED = "Nous ajoutons une personne au téléphone le lundi matin."
TAG = re.compile(r"<script.*?</script>|<style.*?</style>|<[^>]+>", re.S)


def released(app: Flask, *, code: str = "accueil", **values: Any) -> str:
    """40 responses, released; the second and third words may be published, with two words hidden."""
    with app.app_context():
        wave, ids = voices.heard(code=code, **values)
        results.release(wave, by=make.account("Claude", Role.COORDINATOR))
        readable(ids)
        db.session.commit()
        return wave.code


def readable(ids: list[UUID]) -> None:
    name = voices.WORDS[2].index("06 12"), voices.WORDS[2].index(", m’a")
    for key, hidden in ((ids[1], []), (ids[2], [[0, 14], list(name)])):
        db.session.add(Reading(verbatim_id=key, decision=Decision.PUBLISHABLE, masked=hidden))
    db.session.add(Reading(verbatim_id=ids[3], decision=Decision.TEAM))


def waits(app: Flask, code: str, *ways: tuple[Channel, str]) -> None:
    """People who want to be told when the results are here."""
    with app.app_context():
        wave = of(code)
        rows = [ResultNotice(wave_id=wave.id, channel=way, contact=contact) for way, contact in ways]
        db.session.add_all(rows)
        db.session.commit()


def of(code: str) -> Wave:
    return db.session.query(Wave).filter_by(code=code).one()


def quotes(visitor: Visitor) -> list[str]:
    return re.findall(r'name="quotes" value="([^"]+)"', visitor.page)


def composed(visitor: Visitor, code: str, **fields: object) -> None:
    address = f"/equipe/enquetes/{code}/feuille"
    visitor.get(address)
    facts = {"figures": FIGURES, "quotes": quotes(visitor)[:2], "heard": HEARD, "promised": PROMISED}
    visitor.follow(visitor.post(address, facts | fields))


def published(visitor: Visitor, code: str, **fields: object) -> None:
    composed(visitor, code, **fields)
    sent(visitor, code, "publication")
    visitor.get(f"/equipe/enquetes/{code}/feuille")


def sent(visitor: Visitor, code: str, deed: str, *, status: int = 302) -> None:
    """Press a button of the sheet, with the version that stands in its form."""
    there = re.search(rf'feuille/{deed}".*?name="version" value="(\d+)"', visitor.page, re.S)
    assert there, visitor.page
    visitor.post(f"/equipe/enquetes/{code}/feuille/{deed}", {"version": there[1]}, status=status)


def text(page: str) -> str:
    """What a reader sees of the content, without the frame of the site."""
    inside = page.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(TAG.sub(" ", inside)).split())
