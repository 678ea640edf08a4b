"""The `engage` command: what an operator types.

Each command loads what it runs: the process that watches over a site needs nothing of the site itself.
"""

from __future__ import annotations

import copy
import functools
import sys
from collections import UserDict
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import click

from engage.core import logs
from engage.core.config import Settings
from engage.core.heavy import load
from engage.ops import held, serve

Command = Callable[..., Any]
FOLDER = click.Path(file_okay=False, path_type=Path)
DATA_HELP = "Folder of the centre: database, files, keys. Default: $ENGAGE_DATA, else ./data."
DATA = click.option("--data", type=FOLDER, help=DATA_HELP)


def _ops(module: str) -> Any:
    return load(f"engage.ops.{module}")


def _asked(name: str) -> Command:
    """What setting a centre up says of an answer."""

    def checked(*said: object) -> Any:
        return getattr(_ops("setup"), name)(*said)

    return checked


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="engage")
def main() -> None:
    """The site with which a health centre lets its patients take part."""


@main.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--data",
    type=FOLDER,
    help="Folder of the demo, never one with anything else in it. Default: $ENGAGE_DATA, else ./demo-data.",
)
@click.option("--reset", is_flag=True, help="Throw the last demo away and begin again.")
@click.option("--open/--no-open", "open_browser", default=True, help="Open a browser when the site is ready.")
def demo_(*, data: Path | None, port: int, reset: bool, open_browser: bool) -> None:
    """Walk around in a small invented health centre, on this machine only."""
    _ops("demo").run(data, port=port, reset=reset, open_browser=open_browser)


@main.command()
@click.option("--data", type=FOLDER, is_eager=True, callback=_asked("refuse_second"), help=DATA_HELP)
@click.option("--name", prompt="Name of the health centre")
@click.option("--address", prompt="Its address, on one line")
@click.option("--phone", prompt="Its phone number")
@click.option("--zone", prompt="Its time zone", default="Europe/Paris", callback=_asked("checked_zone"))
@click.option("--referent", prompt="Who is the person to turn to (first name, last name)")
@click.option("--referent-title", prompt="Their title", default="Votre référente participation")
@click.option("--referent-phone", prompt="Their phone number")
@click.option("--admin", prompt="First administrator (first name, last name)")
@click.option("--admin-mail", prompt="Their e-mail address", callback=_asked("checked_mail"))
def init(data: Path | None, **facts: str) -> None:
    """Set a real centre up: keys, database, its first administrator."""
    for line in _ops("setup").run(held.settings(data), **facts):
        click.echo(line)


@main.command("serve")
@DATA
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1), help="Processes. Default: one a core.")
@click.option("--worker/--no-worker", default=False, help="Run the worker beside the site.")
@click.option("--log-level", type=click.Choice(["debug", "info", "warning", "error"]), default="info")
def serve_(
    *, data: Path | None, host: str, port: int, workers: int | None, worker: bool, log_level: str
) -> None:
    """Serve the site; put a reverse proxy with TLS in front of it."""
    serve.refuse_taken_port(host, port)
    logs.configure(log_level)
    found = held.settings(data)
    opened = partial(_site, found, is_told=log_level in ("debug", "info"))
    serve.run(opened, host=host, port=port, threads=found.threads, workers=workers, worker=worker)


def _site(found: Settings, *, is_told: bool) -> Any:
    """Opened for as long as a process of it lives."""
    app = _ops("folder").open_centre(found)
    if is_told:
        load("engage.core.access").watch(app)
    held.hold(found.data)
    return app


@main.command("worker")
@DATA
def worker_(data: Path | None) -> None:
    """Send what waits, remind, erase what is due: run one beside the site."""
    logs.configure("info")
    found = held.settings(data)
    app = _ops("folder").open_centre(found)
    with held.in_use(found.data):
        load("engage.worker").run_worker(app)


@main.command("backup")
@DATA
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_(data: Path | None, file: Path) -> None:
    """Write FILE (.tar.gz): the database and the files, while the site runs. Without the keys."""
    click.echo(_ops("backup").write(held.settings(data), file))


@main.command("restore")
@DATA
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def restore_(*, data: Path | None, file: Path, force: bool) -> None:
    """Put back what `engage backup` wrote to FILE, then upgrade it."""
    for line in _ops("backup").restore(held.settings(data), file, force=force):
        click.echo(line)


@main.command("check")
@DATA
def check_(data: Path | None) -> None:
    """Say one line a thing that must be right; exit code 1 when one is not."""
    lines, is_well = _ops("check").run(data)
    click.echo("\n".join(lines))
    sys.exit(0 if is_well else 1)


@main.command("upgrade")
@DATA
def upgrade_(data: Path | None) -> None:
    """Bring the database to the shape this version needs."""
    click.echo(_ops("upgrade").run(held.settings(data)))


@main.group("keys")
def keys_() -> None:
    """The keys that encrypt contact details."""


@keys_.command("rotate")
@DATA
def rotate_(data: Path | None) -> None:
    """Make a new key, encrypt everything with it, forget the old ones. The site must be stopped."""
    click.echo(_ops("rotate").run(held.settings(data)))


def in_centre(command: click.Command) -> click.Command:
    """A command of a feature, given `--data`, run inside the site; a number it returns is the exit code.

    The feature's own command stays as it is.
    """
    work, given = command.callback, copy.copy(command)
    given.params = [*command.params]

    @functools.wraps(work or command)
    def run(data: Path | None, **said: Any) -> None:
        logs.configure("warning")
        app = _ops("folder").open_centre(held.settings(data))
        with app.app_context():
            sys.exit(work(**said) if work else 0)

    given.callback = run
    return DATA(given)


class _OfFeatures(UserDict[str, click.Command]):
    """Each feature's commands.py may hold dicts `imports`, `exports`, `pages` of click commands by noun."""

    def __init__(self, of: str) -> None:
        self.of = of

    @cached_property
    def data(self) -> dict[str, click.Command]:  # type: ignore[override]
        found = [getattr(one, self.of, {}) for one in load("engage.app").feature_modules("commands")]
        return {noun: in_centre(command) for one in found for noun, command in one.items()}


READS = "Read a file of this kind of thing into the centre."
WRITES = "Write all things of this kind to a file."
READABLE = "The pages in simple words: measure them, bring the ready ones in."
main.add_command(click.Group("import", commands=_OfFeatures("imports"), help=READS))
main.add_command(click.Group("export", commands=_OfFeatures("exports"), help=WRITES))
main.add_command(click.Group("pages", commands=_OfFeatures("pages"), help=READABLE))


if __name__ == "__main__":
    main()
