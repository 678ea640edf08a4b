"""`engage check`: one line a thing, and an exit code that a watcher can use."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from click.testing import CliRunner
from flask import Flask

from benchmarks.servers import free_port
from engage.cli import main
from engage.core import keys
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.ops import backup, check
from tests import make


@pytest.fixture
def asked(centre: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The same settings as they reach a command: through the environment."""
    monkeypatch.setenv("ENGAGE_DATA", str(centre.data))
    if centre.database_url:
        monkeypatch.setenv("ENGAGE_DATABASE_URL", centre.database_url)
    return centre


def line(what: str) -> str:
    lines, _is_well = check.run(None)
    (found,) = [line for line in lines if line[6:].startswith(what)]
    return found


def test_all_is_well(app: Flask, asked: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    backup.write(asked, tmp_path / "out.tar.gz")
    port = free_port()
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        monkeypatch.setenv("ENGAGE_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("ENGAGE_SMTP_PORT", str(port))
        done = CliRunner().invoke(main, ["check"])
    finally:
        server.stop()
    assert done.exit_code == 0, done.output
    whats = [line[6:].split()[0] for line in done.output.splitlines()]
    assert whats == ["settings", "keys", "database", "secrets", "backup", "mail", "sms", "disk"]


def test_no_mail_server_answers(asked: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no server is set" in line("mail")
    monkeypatch.setenv("ENGAGE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("ENGAGE_SMTP_PORT", "1")
    assert line("mail").startswith("FAIL")
    assert CliRunner().invoke(main, ["check"]).exit_code == 1


def test_it_says_how_sms_leave(asked: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert line("sms").startswith("ok")
    assert "the team calls instead" in line("sms")
    monkeypatch.setenv("ENGAGE_SMS_COMMAND", "/bin/sh /etc/engage/sms")
    assert line("sms").endswith("through /bin/sh /etc/engage/sms")
    monkeypatch.setenv("ENGAGE_SMS_COMMAND", "/nowhere/sms")
    assert line("sms").startswith("FAIL")


def test_an_old_backup_is_said(asked: Settings, tmp_path: Path) -> None:
    assert "none was ever made" in line("backup")
    backup.write(asked, tmp_path / "out.tar.gz")
    assert line("backup").startswith("ok")
    with time_machine.travel(now() + timedelta(hours=49)):
        assert line("backup").startswith("FAIL")


def test_keys_of_another_centre_are_noticed(app: Flask, asked: Settings) -> None:
    with app.app_context():
        make.account("Amina")
        db.session.commit()
    assert line("secrets").startswith("ok")
    keys.save(keys.generate(), asked.data / "keys")
    assert "do not open account.email" in line("secrets")


def test_keys_that_others_can_read_are_noticed(asked: Settings) -> None:
    (asked.data / "keys").chmod(0o644)
    assert "can be read by others" in line("keys")


@pytest.mark.parametrize(
    "wrong", [("ENGAGE_LIMITS", '{"idea": "often"}'), ("ENGAGE_STAFF_IDLE_MINUTES", "long")]
)
def test_settings_that_cannot_be_used_are_said(
    asked: Settings, monkeypatch: pytest.MonkeyPatch, wrong: tuple[str, str]
) -> None:
    monkeypatch.setenv(*wrong)
    assert line("settings").startswith("FAIL")


def test_nothing_there_is_no_traceback(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["check", "--data", str(tmp_path / "none")])
    assert done.exit_code == 1
    assert "FAIL  keys" in done.output
    assert not (tmp_path / "none").exists()
