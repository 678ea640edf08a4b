"""The demo makes its own folder and never touches anybody else's."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from benchmarks.servers import free_port
from engage.cli import main
from engage.core import keys
from engage.core.config import Settings
from engage.core.db import db
from engage.demo.fill import PEOPLE
from engage.ideas.models import Idea
from engage.ops import demo, folder, held
from tests import make


def made(data: Path) -> Path:
    """What a demo leaves behind."""
    data.mkdir(exist_ok=True)
    (data / demo.MARK).write_text(demo.FILLED)
    for name in ("engage.db", "engage.db-wal", "engage.db-shm", "keys", "lock"):
        (data / name).write_text("")
    (data / "files").mkdir()
    (data / "files" / keys.random_code(26).lower()).write_text("")
    return data


def test_a_folder_of_its_own_is_taken(tmp_path: Path) -> None:
    demo.refuse_foreign(tmp_path / "none")
    demo.refuse_foreign(tmp_path)
    demo.refuse_foreign(made(tmp_path / "made"))


@pytest.mark.parametrize("name", ["thesis.odt", "files/holiday.jpg", "engage.sqlite", ".hidden"])
def test_anything_else_in_it_is_a_no(tmp_path: Path, name: str) -> None:
    (made(tmp_path) / name).write_text("precious")
    with pytest.raises(click.ClickException, match="no demo made"):
        demo.refuse_foreign(tmp_path)


@pytest.mark.parametrize("name", ["engage.db", "keys"])
def test_a_real_centre_is_never_taken_for_a_demo(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("a real centre")
    with pytest.raises(click.ClickException, match="no demo made"):
        demo.refuse_foreign(tmp_path)


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    data = made(tmp_path / "demo")
    (data / "files").rename(tmp_path / "elsewhere")
    (data / "files").symlink_to(tmp_path / "photos")
    with pytest.raises(click.ClickException, match="no demo made"):
        demo.refuse_foreign(data)


def test_reset_refuses_it_too_and_touches_nothing(tmp_path: Path) -> None:
    (made(tmp_path) / "thesis.odt").write_text("precious")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    done = CliRunner().invoke(
        main, ["demo", "--reset", "--no-open", "--port", str(free_port()), "--data", str(tmp_path)]
    )
    assert done.exit_code == 1
    assert "no demo made" in done.output
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_a_taken_port_stops_it_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(
            main, ["demo", "--no-open", "--port", port, "--data", str(tmp_path / "demo")]
        )
    assert done.exit_code == 1
    assert f"port {port}" in done.output
    assert not (tmp_path / "demo").exists()


def test_two_demos_do_not_share_a_folder(tmp_path: Path) -> None:
    made(tmp_path)
    second = demo.prepared(demo.settings(tmp_path, 8000), reset=True)
    with held.in_use(tmp_path), pytest.raises(click.ClickException, match="stop it first"), second:
        pass
    assert (tmp_path / "keys").exists()


def ideas(data: Path) -> int:
    with folder.inside(folder.open_centre(demo.settings(data, 8000))):
        return db.session.scalar(select(func.count()).select_from(Idea)) or 0


def test_it_is_filled_kept_and_made_anew(tmp_path: Path) -> None:
    found = demo.settings(tmp_path / "demo", 8000)
    with demo.prepared(found, reset=False):
        pass
    first = ideas(found.data)
    assert first >= 40
    with demo.prepared(found, reset=False) as app, folder.inside(app):
        make.idea("Et encore une.")
        db.session.commit()
    assert ideas(found.data) == first + 1
    with demo.prepared(found, reset=True):
        pass
    assert ideas(found.data) == first


def test_what_was_interrupted_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = demo.settings(tmp_path / "demo", 8000)

    def killed(target: Callable[[Settings], None], args: tuple[Settings]) -> SimpleNamespace:
        (args[0].data / demo.MARK).write_text("being filled\n")
        (args[0].data / "engage.db").write_bytes(b"half of it")
        return SimpleNamespace(start=lambda: None, join=lambda: None, exitcode=-9)

    with monkeypatch.context() as patch:
        patch.setattr(demo.SPAWN, "Process", killed)
        with (
            pytest.raises(click.ClickException, match="could not be filled"),
            demo.prepared(found, reset=False),
        ):
            pass
    with demo.prepared(found, reset=False):
        pass
    assert ideas(found.data) >= 40


def test_it_keeps_to_its_own_database_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAGE_DATABASE_URL", "postgresql://somebody@else/real")
    monkeypatch.setenv("ENGAGE_SMTP_HOST", "mail.exemple.fr")
    found = demo.settings(tmp_path, 8123)
    assert found.sqlalchemy_url.startswith("sqlite:///")
    assert found.smtp_host == ""
    assert found.base_url == "http://127.0.0.1:8123"


def test_it_says_who_can_sign_in() -> None:
    said = "\n".join(demo.people())
    assert {field for field, _name, _role in PEOPLE} >= {"amina", "benoit", "chloe", "admin"}
    assert all(name in said for _field, name, _role in PEOPLE)
