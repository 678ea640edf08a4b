"""What no address names and no database can hold."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import EnvironBuilder, run_wsgi_app

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


@pytest.mark.parametrize("field", ["name", "reply", "acts", "phone", "submission_key"])
def test_a_file_where_words_are_asked_is_nothing(nobody: Visitor, field: str) -> None:
    """Each kind of field reads words in its own way, and none of them reads a file."""
    nobody.get("/participer/envies")
    fields = nobody.hidden() | {"name": "Lucette", "acts": "idea"}
    fields.pop(field, None)
    sent = fields | {field: (BytesIO(b"bonjour"), "mots.txt"), "csrf_token": nobody.token()}
    nobody.post("/participer/envies", sent, status=422, content_type="multipart/form-data")


class Unread(BytesIO):
    """The body of somebody who says that they send a lot."""

    def read(self, *_size: int | None) -> bytes:
        pytest.fail("nobody should read this")


@pytest.mark.parametrize("address", ["/idees/nouvelle", "/suivi", "/connexion", "/participer/envies"])
def test_more_words_than_anybody_writes_are_refused_unread(app: Flask, address: str) -> None:
    sent = EnvironBuilder(address, method="POST", content_type="application/x-www-form-urlencoded")
    body = {"CONTENT_LENGTH": "5000000", "wsgi.input": Unread()}
    answer, status, _head = run_wsgi_app(app, sent.get_environ() | body)
    assert status.startswith("413 ")
    assert "Revenez à la page d’avant" in b"".join(answer).decode()
