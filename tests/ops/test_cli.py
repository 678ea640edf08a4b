"""The command line: whose folder it speaks of, and what features add to it."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask import Flask, current_app

from engage.cli import in_centre, main
from engage.core import migrate
from engage.core.config import Settings
from engage.ops import folder, held, upgrade
from engage.pages.starter import commands as starter


def test_every_command_but_the_groups_takes_a_folder() -> None:
    found = []

    def walk(command: click.Command, path: str) -> None:
        if isinstance(command, click.Group):
            for name, part in command.commands.items():
                walk(part, f"{path} {name}")
        elif "data" not in {option.name for option in command.params}:
            found.append(path)

    walk(main, "engage")
    assert found == []


def test_the_option_stands_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert held.settings(None).data == Path("data")
    monkeypatch.setenv("ENGAGE_DATA", str(tmp_path / "environment"))
    assert held.settings(None).data == tmp_path / "environment"
    assert held.settings(tmp_path / "option").data == tmp_path / "option"


def test_the_database_alone_can_stand_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_DATABASE_URL", "postgresql://centre@db/centre")
    found = held.settings(tmp_path)
    assert found.sqlalchemy_url == "postgresql+psycopg://centre@db/centre"
    assert found.files == tmp_path / "files"


def test_a_command_of_a_feature_runs_inside_the_site(
    centre: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if centre.database_url:
        monkeypatch.setenv("ENGAGE_DATABASE_URL", centre.database_url)

    @click.command()
    @click.argument("word")
    def say(word: str) -> int:
        click.echo(f"{word} {current_app.name}")
        return 3

    done = CliRunner().invoke(in_centre(say), ["bonjour", "--data", str(centre.data)])
    assert done.output == "bonjour engage\n"
    assert done.exit_code == 3


def test_features_add_what_they_read_and_write() -> None:
    for group in ("import", "export"):
        done = CliRunner().invoke(main, [group, "--help"])
        assert "ideas" in done.output


@pytest.mark.parametrize("command", ["serve", "worker", "upgrade", "backup out.tar.gz", "keys rotate"])
def test_nothing_there_is_one_plain_sentence(tmp_path: Path, command: str) -> None:
    done = CliRunner().invoke(main, [*command.split(), "--data", str(tmp_path / "none")])
    assert done.exit_code == 1
    assert "engage init" in done.output
    assert not (tmp_path / "none").exists()


def test_upgrade_says_what_it_did(app: Flask, centre: Settings) -> None:
    assert "already" in upgrade.run(centre)
    with folder.inside(app):
        migrate.downgrade("base")
    with held.in_use(centre.data), pytest.raises(click.ClickException, match="stop it first"):
        upgrade.run(centre)
    assert upgrade.run(centre) == f"The database went from empty to {migrate.head()}."


def test_the_commands_of_a_feature_stay_their_own() -> None:
    """What an operator types opens the centre around them; called from elsewhere they run where they are."""
    own = starter.check.callback
    pages = main.commands["pages"]
    assert isinstance(pages, click.Group)
    assert "check" in pages.commands
    assert starter.check.callback is own
    assert not [option for option in starter.check.params if option.name == "data"]
