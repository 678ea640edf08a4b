"""Ways in: a poster that is told from another, the link on it, the sheet with strips."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from engage.core.db import db
from engage.involvement.models import Source, SourceKind
from engage.involvement.sources import actions, queries
from engage.journal.models import Entry
from tests.browser import Visitor

DESK = "/equipe/portes"


def made(app: Flask, visitor: Visitor, label: str = "Affiche 12, pharmacie du marché") -> str:
    with app.app_context():
        source = actions.make(kind=SourceKind.POSTER, label=label, by=visitor.account)
        db.session.commit()
        return source.code


def remembered(visitor: Visitor) -> str | None:
    with visitor.client.session_transaction() as session:
        code: str | None = session.get("source")
        return code


def test_nobody_else_makes_ways_in(amina: Visitor, benoit: Visitor, nobody: Visitor) -> None:
    for page in (DESK, f"{DESK}/nouvelle"):
        amina.get(page, status=403)
        benoit.get(page, status=403)
        nobody.get(page, status=302)


def test_a_poster_is_made_and_printed(app: Flask, chloe: Visitor) -> None:
    chloe.get(DESK)
    assert "Pas encore de porte" in chloe.page
    chloe.get(f"{DESK}/nouvelle")
    chloe.post(f"{DESK}/nouvelle", {"label": "Affiche 12"}, status=422)
    assert "Affiche 12" in chloe.page
    chloe.follow(chloe.post(f"{DESK}/nouvelle", {"kind": "poster", "label": "Affiche 12"}))
    with app.app_context():
        source = db.session.scalars(select(Source)).one()
        code = source.code
        assert (source.kind, source.label, source.made_by_id) == (
            SourceKind.POSTER, "Affiche 12", chloe.account_id,
        )  # fmt: skip
    assert f"/p/{code}" in chloe.page
    sheet = PdfReader(io.BytesIO(chloe.get(f"{DESK}/{code}/feuille.pdf").get_data()))
    words = "".join(sheet.pages[0].extract_text().replace("\u200b", "").split())
    assert len(sheet.pages) == 1
    assert words.count(f"/p/{code}") == 6  # the sheet itself, and five strips


def test_a_relay_is_no_kind_that_a_form_makes(chloe: Visitor) -> None:
    chloe.get(f"{DESK}/nouvelle")
    chloe.post(f"{DESK}/nouvelle", {"kind": "relay", "label": "Nadia"}, status=422)


@pytest.mark.parametrize("typed", [str, str.upper])
def test_who_comes_by_a_poster_is_led_on_and_the_browser_remembers(
    app: Flask, chloe: Visitor, nobody: Visitor, typed: type[str]
) -> None:
    code = made(app, chloe)
    with nobody.counting() as asked:
        response = nobody.get(f"/p/{typed(code)}", status=302)
    assert response.headers["Location"] == "/participer"
    assert remembered(nobody) == code
    assert all(one.startswith("SELECT") for one in asked)


def test_a_code_that_nobody_gave_leads_on_all_the_same(nobody: Visitor) -> None:
    for code in ("zzzzzzzz", "é", "a" * 300, "%00"):
        response = nobody.client.get(f"/p/{code}")
        assert response.status_code in (302, 404)
        assert remembered(nobody) is None


def test_a_poster_that_came_off_the_wall_is_counted_no_more(
    app: Flask, chloe: Visitor, nobody: Visitor
) -> None:
    code = made(app, chloe)
    chloe.get(f"{DESK}/{code}")
    chloe.follow(chloe.post(f"{DESK}/{code}/fermeture"))
    assert "Fermée le" in chloe.page
    chloe.post(f"{DESK}/{code}/fermeture", status=404)
    nobody.get(f"/p/{code}", status=302)
    assert remembered(nobody) is None
    with app.app_context():
        assert db.session.scalars(select(Entry.verb)).all() == ["way in made", "way in closed"]


def test_signing_in_keeps_the_way_by_which_somebody_came(app: Flask, chloe: Visitor, amina: Visitor) -> None:
    code = made(app, chloe)
    amina.get(f"/p/{code}", status=302)
    with app.test_request_context("/", method="POST"):
        from flask import session

        from engage.accounts import session as accounts

        session["source"] = code
        accounts.begin(amina.account, second_factor=True)
        assert queries.here() is not None
        db.session.rollback()
