"""`engage import ideas` and `engage export ideas`, as an operator types them beside a running site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from engage.cli import main
from engage.core import keys
from engage.core.config import Settings
from engage.core.db import db
from engage.ideas.models import Idea, Publication
from engage.journal.models import Entry
from tests import make
from tests.conftest import SECRET_KEYS
from tests.ideas.exchange.sheet import GOOD, REAL, needs_real

Run = Callable[..., Result]


@pytest.fixture
def engage(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, in the centre of this test."""
    monkeypatch.setattr("engage.ops.folder.open_centre", lambda _settings: app)

    def run(*said: object, code: int = 0) -> Result:
        result = CliRunner().invoke(main, list(map(str, said)))
        assert result.exit_code == code, result.output + repr(result.exception)
        return result

    return run


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "ideas.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_text(f"{GOOD}Une rampe,🙂,,,\n", encoding="utf-8")
    return path


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Idea.id))) or 0


@needs_real
def test_the_real_file_comes_in_once(app: Flask, tmp_path: Path) -> None:
    """As a process of its own, beside the one that holds the site open."""
    keys.save(SECRET_KEYS, tmp_path / "keys")
    settings: Settings = app.extensions["engage_settings"]
    command = [
        str(Path(sys.executable).with_name("engage")),
        "import",
        "ideas",
        str(REAL),
        "--data",
        str(tmp_path),
    ]
    where = {"ENGAGE_DATABASE_URL": settings.database_url} if settings.database_url else {}
    for said in ("41 imported\n", "0 imported, 41 already here\n"):
        done = subprocess.run(command, env=os.environ | where, capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr, done.returncode) == (said, "", 0)
    assert count(app) == 41


def test_a_dry_run_reports_every_line_and_writes_nothing(app: Flask, engage: Run, good: Path) -> None:
    said = engage("import", "ideas", good, "--dry-run").stdout
    assert said == (
        "line 2: new: Un banc\nline 3: new: Des créneaux de consultation le samedi.\n2 would be imported\n"
    )
    assert count(app) == 0


def test_nothing_is_written_while_a_line_is_bad(app: Flask, engage: Run, bad: Path) -> None:
    said = engage("import", "ideas", bad, code=1)
    assert "line 4: The text is empty." in said.stderr
    assert "nothing was imported" in said.stderr
    assert count(app) == 0


def test_a_dry_run_of_a_bad_file_says_so_by_its_exit_code(app: Flask, engage: Run, bad: Path) -> None:
    assert "2 would be imported, 1 bad" in engage("import", "ideas", bad, "--dry-run", code=1).stdout
    assert count(app) == 0


def test_bad_lines_are_left_out_on_demand(app: Flask, engage: Run, bad: Path) -> None:
    assert engage("import", "ideas", bad, "--skip-bad").stdout == "2 imported, 1 bad\n"
    assert count(app) == 2


def test_held_ideas_are_not_public(app: Flask, engage: Run, good: Path) -> None:
    engage("import", "ideas", good, "--hold")
    with app.app_context():
        assert set(db.session.scalars(select(Idea.publication))) == {Publication.WAITING}


def test_columns_passed_over_are_named(engage: Run, tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("text,couleur\nUn banc,bleu\n", encoding="utf-8")
    assert "columns passed over: couleur" in engage("import", "ideas", path).stderr


def test_a_file_that_is_no_table_is_refused_in_one_sentence(engage: Run, tmp_path: Path) -> None:
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x89\x81\x8d\0\0")
    assert "Error: line 1: This is not plain text." in engage("import", "ideas", path, code=1).stderr


def test_an_import_waits_for_a_writer_of_the_site_and_loses_nothing(
    app: Flask, engage: Run, good: Path
) -> None:
    begun, done = threading.Event(), threading.Event()

    def site() -> None:
        with app.app_context():
            make.idea("Une idée du site, en train d’être écrite")
            begun.set()
            done.wait(1)
            db.session.commit()
            db.session.remove()

    writer = threading.Thread(target=site)
    writer.start()
    begun.wait()
    assert engage("import", "ideas", good).stdout == "2 imported\n"
    done.set()
    writer.join()
    assert count(app) == 3


def test_an_export_is_written_whole_and_noted_in_the_journal(app: Flask, engage: Run, tmp_path: Path) -> None:
    with app.app_context():
        make.idea(contact="jeanne@exemple.fr")
        db.session.commit()
    target = tmp_path / "out.json"
    engage("export", "ideas", "--format", "json", "--output", target)
    assert len(json.loads(target.read_text(encoding="utf-8"))["ideas"]) == 1
    assert "jeanne" not in target.read_text(encoding="utf-8")
    with app.app_context():
        entry = db.session.scalars(select(Entry)).one()
        assert (entry.verb, entry.actor, entry.note) == ("exported", None, "json, 1")


def test_the_dictionary_is_written_apart(engage: Run, tmp_path: Path) -> None:
    target = tmp_path / "dictionary.csv"
    engage("export", "ideas-dictionary", "--output", target)
    assert "publication" in target.read_text(encoding="utf-8-sig")
