"""What is backed up comes back, whole, and nothing else does."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import threading
import time
from pathlib import Path

import click
import pytest
from flask import Flask
from sqlalchemy import select

from engage.core import keys
from engage.core.config import Settings
from engage.core.db import db
from engage.ideas.models import Idea
from engage.ops import backup, engines, folder
from tests import make
from tests.conftest import SECRET_KEYS


def texts(app: Flask) -> list[str]:
    with folder.inside(app):
        return list(db.session.scalars(select(Idea.text).order_by(Idea.id)))


def say(app: Flask, *said: str) -> None:
    with folder.inside(app):
        for text in said:
            make.idea(text, contact="amina@exemple.fr")
        db.session.commit()


def names(archive: Path) -> set[str]:
    with tarfile.open(archive) as opened:
        return set(opened.getnames())


def test_a_backup_holds_database_and_files_but_no_keys(app: Flask, centre: Settings, tmp_path: Path) -> None:
    say(app, "Un banc devant la porte.")
    (centre.files / "ab").mkdir(parents=True)
    (centre.files / "ab" / "photo").write_bytes(b"picture")
    said = backup.write(centre, tmp_path / "out.tar.gz")
    database = "engage.db" if engines.name(centre) == "sqlite" else "database.dump"
    assert names(tmp_path / "out.tar.gz") == {"engage.json", database, "files/ab/photo"}
    assert "without the keys" in said
    assert (tmp_path / "out.tar.gz").stat().st_mode & 0o077 == 0
    secret = SECRET_KEYS.encryption[0].encode()
    assert secret not in gzip.decompress((tmp_path / "out.tar.gz").read_bytes())


def test_what_was_backed_up_comes_back(app: Flask, centre: Settings, tmp_path: Path) -> None:
    say(app, "Un banc devant la porte.")
    centre.files.mkdir()
    (centre.files / "photo").write_bytes(b"picture")
    backup.write(centre, tmp_path / "out.tar.gz")
    say(app, "Plus tard.")
    (centre.files / "later").write_bytes(b"later")
    lines = backup.restore(centre, tmp_path / "out.tar.gz", force=True)
    assert texts(app) == ["Un banc devant la porte."]
    assert [path.name for path in centre.files.iterdir()] == ["photo"]
    assert "is back in" in lines[0]
    with app.app_context():
        assert db.session.scalars(select(Idea.contact)).one() == "amina@exemple.fr"


def test_nothing_is_overwritten_unless_said(app: Flask, centre: Settings, tmp_path: Path) -> None:
    backup.write(centre, tmp_path / "out.tar.gz")
    say(app, "Plus tard.")
    with pytest.raises(click.ClickException, match="--force"):
        backup.restore(centre, tmp_path / "out.tar.gz", force=False)
    assert texts(app) == ["Plus tard."]


def test_a_backup_is_of_one_moment_while_others_write(app: Flask, centre: Settings, tmp_path: Path) -> None:
    """Each unit of work writes two ideas: an odd number would be half of one."""
    say(app, "a", "b")
    over = threading.Event()

    def write() -> None:
        while not over.is_set():
            say(app, "a", "b")
            time.sleep(0.01)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup.write(centre, tmp_path / f"{number}.tar.gz")
    finally:
        over.set()
        writer.join()
    backup.restore(centre, tmp_path / "2.tar.gz", force=True)
    back = texts(app)
    assert len(back) >= 2
    assert back.count("a") == back.count("b")


def test_a_restored_folder_asks_for_its_keys(app: Flask, centre: Settings, tmp_path: Path) -> None:
    backup.write(centre, tmp_path / "out.tar.gz")
    (centre.data / "keys").unlink()
    lines = backup.restore(centre, tmp_path / "out.tar.gz", force=True)
    assert any("no keys" in line for line in lines)
    assert not (centre.data / "keys").exists()


@pytest.fixture
def sqlite_centre(tmp_path: Path) -> Settings:
    """An empty folder for what never reaches a database."""
    data = tmp_path / "data"
    data.mkdir()
    keys.save(keys.generate(), data / "keys")
    return Settings(data=data, testing=True)


def archive_of(target: Path, members: dict[str, bytes], link: str = "") -> Path:
    with tarfile.open(target, "w:gz") as made:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            made.addfile(entry, io.BytesIO(content))
        if link:
            entry = tarfile.TarInfo("files/link")
            entry.type, entry.linkname = tarfile.SYMTYPE, link
            made.addfile(entry)
    return target


MANIFEST = json.dumps({"format": 1, "engine": "sqlite", "made_at": "2026-01-01"}).encode()


@pytest.mark.parametrize("name", ["../keys", "/etc/passwd", "files/../../keys", "keys", "files", "other.db"])
def test_an_archive_cannot_write_elsewhere(sqlite_centre: Settings, tmp_path: Path, name: str) -> None:
    before = (sqlite_centre.data / "keys").read_bytes()
    made = archive_of(tmp_path / "bad.tar.gz", {"engage.json": MANIFEST, "engage.db": b"", name: b"evil"})
    with pytest.raises(click.ClickException, match="no backup of ours"):
        backup.restore(sqlite_centre, made, force=True)
    assert (sqlite_centre.data / "keys").read_bytes() == before
    assert not (sqlite_centre.data / "engage.db").exists()


def test_an_archive_holds_no_links(sqlite_centre: Settings, tmp_path: Path) -> None:
    made = archive_of(
        tmp_path / "bad.tar.gz", {"engage.json": MANIFEST, "engage.db": b""}, link="/etc/passwd"
    )
    with pytest.raises(click.ClickException, match="no backup of ours"):
        backup.restore(sqlite_centre, made, force=True)


@pytest.mark.parametrize(
    "content",
    [
        b"not an archive",
        gzip.compress(b"not a tar"),
        b"",
    ],
    ids=["words", "packed", "nothing"],
)
def test_what_is_no_archive_is_refused(sqlite_centre: Settings, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.tar.gz").write_bytes(content)
    with pytest.raises(click.ClickException, match="cannot be read as a backup"):
        backup.restore(sqlite_centre, tmp_path / "bad.tar.gz", force=True)


def test_a_damaged_database_is_refused_and_the_old_one_stays(sqlite_centre: Settings, tmp_path: Path) -> None:
    (sqlite_centre.data / "engage.db").write_bytes(b"the old one")
    made = archive_of(tmp_path / "bad.tar.gz", {"engage.json": MANIFEST, "engage.db": b"x" * 5000})
    with pytest.raises(click.ClickException, match="damaged"):
        backup.restore(sqlite_centre, made, force=True)
    assert (sqlite_centre.data / "engage.db").read_bytes() == b"the old one"


def test_a_backup_of_the_other_engine_is_refused(sqlite_centre: Settings, tmp_path: Path) -> None:
    manifest = MANIFEST.replace(b'"sqlite"', b'"postgresql"')
    made = archive_of(tmp_path / "bad.tar.gz", {"engage.json": manifest, "database.dump": b"PGDMP"})
    with pytest.raises(click.ClickException, match="of postgresql"):
        backup.restore(sqlite_centre, made, force=True)


def test_a_backup_that_fails_leaves_the_last_one(app: Flask, centre: Settings, tmp_path: Path) -> None:
    target = tmp_path / "out.tar.gz"
    target.write_bytes(b"the last one")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "dump", lambda *_: (_ for _ in ()).throw(click.ClickException("no room")))
        with pytest.raises(click.ClickException, match="no room"):
            backup.write(centre, target)
    assert target.read_bytes() == b"the last one"
    assert [path for path in tmp_path.iterdir() if path.name.endswith(".new")] == []
