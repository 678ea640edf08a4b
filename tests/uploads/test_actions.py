"""A picture is on disk before its row, and goes after it."""

from __future__ import annotations

import os
import time

import pytest

from engage.core.db import db
from engage.uploads import actions, commands
from engage.uploads.models import Upload
from engage.uploads.pictures import CheckedPhoto, check
from tests.uploads import pictures

DAY = 86_400


@pytest.fixture
def checked(session: None) -> CheckedPhoto:
    return check(pictures.photo(), max_bytes=100_000)


def on_disk() -> list[str]:
    return sorted(path.name for path in actions.folder().iterdir()) if actions.folder().exists() else []


def age(name: str, seconds: float) -> None:
    past = time.time() - seconds
    os.utime(actions.folder() / name, (past, past))


def test_kept_picture_has_a_row_and_a_file(checked: CheckedPhoto) -> None:
    upload = actions.keep(checked, alt="Un banc")
    assert on_disk() == [upload.name]
    db.session.commit()
    row = db.session.get_one(Upload, upload.id)
    assert (row.alt, row.media_type, row.size, row.width) == ("Un banc", "image/jpeg", len(checked.data), 60)
    assert (actions.folder() / row.name).read_bytes() == checked.data
    assert len(row.name) == 26


def test_erased_picture_goes_with_the_commit_only(checked: CheckedPhoto) -> None:
    upload = actions.keep(checked)
    db.session.commit()
    actions.erase(upload)
    db.session.flush()
    assert len(on_disk()) == 1
    db.session.commit()
    assert on_disk() == []
    assert db.session.query(Upload).count() == 0


def test_picture_survives_an_erasure_that_was_undone(checked: CheckedPhoto) -> None:
    upload = actions.keep(checked)
    db.session.commit()
    actions.erase(upload)
    db.session.rollback()
    db.session.commit()
    assert on_disk() == [upload.name]


def test_savepoint_is_not_the_end_of_the_transaction(checked: CheckedPhoto) -> None:
    upload = actions.keep(checked)
    db.session.commit()
    actions.erase(upload)
    with db.session.begin_nested():
        pass
    assert len(on_disk()) == 1
    db.session.commit()
    assert on_disk() == []


def test_sweep_erases_old_files_without_a_row(checked: CheckedPhoto) -> None:
    kept = actions.keep(checked)
    db.session.commit()
    lost = actions.keep(checked)
    lost_name, kept_name = lost.name, kept.name
    db.session.rollback()
    (actions.folder() / "half.part").write_bytes(b"half")
    assert commands.sweep() == 0
    for name in (kept_name, lost_name, "half.part"):
        age(name, 2 * DAY)
    assert commands.sweep() == 2
    assert on_disk() == [kept_name]


def test_sweep_needs_no_folder(session: None) -> None:
    assert commands.sweep() == 0


def test_full_disk_leaves_no_row(checked: CheckedPhoto, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        actions.keep(checked)
    db.session.rollback()
    assert db.session.query(Upload).count() == 0
    assert all(name.endswith(".part") for name in on_disk())
