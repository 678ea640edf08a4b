"""The measure of all others: Flask alone, with one template and one indexed read, or a form and a commit."""

from __future__ import annotations

from typing import Any

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import Connection, Engine, MetaData, event, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>{{ note.title }}</title>
<h1>{{ note.title }}</h1><p>{{ note.text }}</p></html>"""
FORM = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Note</title>
<h1>Note</h1><form method="post"><label>Note <textarea name="text"></textarea></label>
<button>Send</button></form></html>"""
ROWS = 5000


class Base(DeclarativeBase):
    """Its tables are none of ours."""

    metadata = MetaData()


class Note(Base):
    """What the bare page reads by its primary key, and the bare form adds."""

    __tablename__ = "bare_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]


db = SQLAlchemy(metadata=Base.metadata)


def page() -> str:
    note = db.session.scalars(select(Note).where(Note.id == 2500)).one()
    return render_template("page.html", note=note)


def form() -> ResponseReturnValue:
    if request.method == "POST":
        db.session.add(Note(title="", text=request.form["text"]))
        db.session.commit()
        return redirect("/form")
    return render_template("form.html")


def _as_durable_as_ours(engine: Engine) -> None:
    """Write-ahead log, every commit on disk, one writer at a time; the others wait as SQLite itself does."""

    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if request.method == "POST" else "BEGIN")

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin)


def create_app(url: str) -> Flask:
    """The same driver and the same durability as ours, and nothing else of ours."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"page.html": PAGE, "form.html": FORM})
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    if url.startswith("sqlite"):
        with app.app_context():
            _as_durable_as_ours(db.engine)
    app.add_url_rule("/", view_func=page)
    app.add_url_rule("/form", view_func=form, methods=["GET", "POST"])
    return app


def fill(app: Flask) -> None:
    with app.test_request_context("/form", method="POST"):
        Base.metadata.create_all(db.engine)
        rows: list[dict[str, Any]] = [{"title": f"Note {n}", "text": "Un mot. " * 10} for n in range(ROWS)]
        db.session.execute(insert(Note), rows)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
