"""PostgreSQL's own programs are given the password of the settings, where no list of processes shows it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from engage.core.config import Settings
from engage.ops import engines


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a program was started with."""
    held: dict[str, Any] = {}

    def run(
        command: list[str], *, env: dict[str, str], **_kwargs: object
    ) -> subprocess.CompletedProcess[str]:
        held.update(command=command, env=env)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(shutil, "which", lambda program: f"/bin/{program}")
    return held


def test_the_password_travels_in_the_environment(asked: dict[str, Any], tmp_path: Path) -> None:
    url = "postgresql://engage:p%40ss@db.example:5433/engage?sslmode=require"
    engines.dump(Settings(data=tmp_path, database_url=url), tmp_path / "dump")
    assert asked["env"]["PGPASSWORD"] == "p@ss"
    assert "--dbname=postgresql://engage@db.example:5433/engage?sslmode=require" in asked["command"]
    assert not any("***" in part or "p@ss" in part or "p%40ss" in part for part in asked["command"])


def test_no_password_is_none(asked: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    engines.dump(Settings(data=tmp_path, database_url="postgresql:///engage"), tmp_path / "dump")
    assert "PGPASSWORD" not in asked["env"]
