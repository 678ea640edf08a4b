"""How many statements a page asks of the database, counted inside the application."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from benchmarks import groups
from benchmarks.filling import Filled
from benchmarks.results import signed_in
from engage.core.db import db


def _pages(filled: Filled) -> dict[str, str]:
    pages = {"home": "/", "ideas": "/idees", "idea": f"/idees/{filled.idea}", "write": "/idees/nouvelle"}
    pages |= {"agenda": "/evenements", "event": f"/evenements/{filled.dates.open}"}
    pages |= {"page": f"/pages/{filled.page}", "search": "/recherche?q=sortie+hopital"}
    return pages | groups.pages(filled.group)


def _clients(app: Flask, filled: Filled) -> dict[str, FlaskClient]:
    """Who opens what nobody may open unknown."""
    readers = groups.readers(filled.group)
    clients = {}
    for name, whom in readers.items():
        clients[name] = app.test_client()
        for cookie, value in signed_in(app, **whom).items():
            clients[name].set_cookie(cookie, value)
    return clients


def count_queries(app: Flask, filled: Filled) -> dict[str, int]:
    """By page; the second visit of each, when what every page needs is remembered for a few seconds."""
    nobody, clients = app.test_client(), _clients(app, filled)
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    counts = {}
    for name, page in _pages(filled).items():
        client = clients.get(name, nobody)
        client.get(page)
        seen.clear()
        assert client.get(page).status_code == 200
        counts[name] = len(seen)
    engine.dispose()
    return counts
