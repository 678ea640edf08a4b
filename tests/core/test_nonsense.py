"""What no address names and no database can hold."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from engage.core.db import Model, db
from engage.core.guard import public
from tests.browser import Visitor


def test_nul_in_an_address_is_not_found(nobody: Visitor) -> None:
    nobody.get("/idees/%00", status=404)
    nobody.post("/courrier/arreter/a%00b", status=404)


def test_nul_in_a_question_is_no_fault_of_ours(app: Flask, nobody: Visitor, engine_name: str) -> None:
    theme = Model.metadata.tables["theme"]

    @app.route("/themes-par-nom")
    @public
    def ask() -> str:
        return str(db.session.execute(select(theme).where(theme.c.code == "\0")).all())

    if engine_name == "postgresql":
        nobody.get("/themes-par-nom", status=400)
    else:
        assert nobody.client.get("/themes-par-nom").text == "[]"
