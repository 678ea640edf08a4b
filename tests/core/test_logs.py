"""A line a request, with nothing of the person in it."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from engage.core import access


def test_a_request_is_logged_without_the_person(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    access.watch(app)
    client = app.test_client()
    client.get("/idees?q=amina.dupont@exemple.fr", headers={"User-Agent": "telephone d'Amina"})
    client.post("/suivi", data={"code": "7KM-4QX-9TB"}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    client.get("/idees/amina-dupont")
    said = capsys.readouterr().err
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["page"] for line in lines] == ["ideas.index", "intake.follow", "ideas.show"]
    assert [line["method"] for line in lines] == ["GET", "POST", "GET"]
    assert lines[0]["status"] == 200
    assert all(line["ms"] >= 0 for line in lines)
    for secret in ("amina", "7KM", "192.0.2.7", "telephone"):
        assert secret not in said
