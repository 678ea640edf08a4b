"""Templates compiled once for a data folder, and found again by every process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment

from engage.app import create_app
from engage.core import keys, render
from engage.core.config import Settings


@pytest.fixture
def started(tmp_path: Path) -> Callable[[], Flask]:
    """The site of one folder, as a new process makes it."""
    held = keys.generate()
    return lambda: create_app(Settings(data=tmp_path), held)


def compiled(tmp_path: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (tmp_path / render.COMPILED).iterdir()}


def test_every_template_is_kept(started: Callable[[], Flask], tmp_path: Path) -> None:
    app = started()
    render.precompile(app)
    assert len(compiled(tmp_path)) == len(app.jinja_env.list_templates())


def test_the_next_start_compiles_nothing(
    started: Callable[[], Flask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render.precompile(started())
    before = compiled(tmp_path)
    monkeypatch.setattr(Environment, "compile", None)
    render.precompile(started())
    assert compiled(tmp_path) == before


def test_a_template_that_changed_is_compiled_anew(started: Callable[[], Flask], tmp_path: Path) -> None:
    render.precompile(started())
    for path in (tmp_path / render.COMPILED).iterdir():
        path.write_bytes(b"of another version")
    app = started()
    render.precompile(app)
    assert app.jinja_env.cache is not None
    assert len(app.jinja_env.cache) == len(app.jinja_env.list_templates())


def test_a_folder_that_cannot_be_written_stops_nothing(started: Callable[[], Flask], tmp_path: Path) -> None:
    (tmp_path / render.COMPILED).write_text("a file stands in the way")
    app = started()
    render.precompile(app)
    assert app.jinja_env.cache is not None
    assert len(app.jinja_env.cache) == len(app.jinja_env.list_templates())
