"""How many statements a page asks of the database, counted inside the application."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import event

from benchmarks.filling import Filled
from engage.core.db import db


def count_queries(app: Flask, filled: Filled) -> dict[str, int]:
    """By page; the second visit of each, when what every page needs is remembered for a few seconds."""
    client = app.test_client()
    pages = {"home": "/", "ideas": "/idees", "idea": f"/idees/{filled.idea}", "write": "/idees/nouvelle"}
    pages |= {"agenda": "/evenements", "event": f"/evenements/{filled.dates.open}"}
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    counts = {}
    for name, page in pages.items():
        client.get(page)
        seen.clear()
        assert client.get(page).status_code == 200
        counts[name] = len(seen)
    engine.dispose()
    return counts
