"""A small health centre to walk in: made from nothing in its own folder, served on this machine only."""

from __future__ import annotations

import http.client
import multiprocessing
import os
import re
import shutil
import stat
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
from flask import Flask

from engage.core import keys, logs, migrate, render
from engage.core.config import Settings
from engage.demo.fill import PEOPLE, fill
from engage.ops import folder, held, serve

MARK = ".engage-demo"
DATABASE = {"engage.db", "engage.db-wal", "engage.db-shm"}
FOLDERS = ("files", "mail", render.COMPILED)
MADE = DATABASE | {MARK, held.LOCK, "keys", *FOLDERS}
OUR_FILE = re.compile(r"[2-9a-hj-np-z]{26}(\.\w+)?|__jinja2_[0-9a-f]{40}\.cache")
FILLED = "filled\n"
PATIENCE_SECONDS = 60
SPAWN = multiprocessing.get_context("spawn")


def settings(data: Path | None, port: int) -> Settings:
    """A demo sends no mail, trusts nobody, and keeps to its own SQLite file whatever the environment says."""
    place = data or Path(os.environ.get("ENGAGE_DATA") or "demo-data")
    address = f"http://{serve.LOOPBACK}:{port}"
    return held.settings(
        place, database_url=None, base_url=address, demo=True, smtp_host="", trusted_proxies=[],
        staff_second_factor=False,
    )  # fmt: skip


def _strangers(data: Path) -> list[str]:
    """What stands in the folder and no demo made."""
    found = [path for path in data.iterdir() if path.name not in MADE or path.is_symlink()]
    for folder_ in (data / name for name in FOLDERS):
        inside = (path for path in folder_.rglob("*") if not path.is_dir() and not folder_.is_symlink())
        found += [path for path in inside if not OUR_FILE.fullmatch(path.name)]
    if not (data / MARK).is_file():
        found += [path for path in data.iterdir() if path not in found]
    return sorted(path.relative_to(data).as_posix() for path in found)


def refuse_foreign(data: Path) -> None:
    """Raises ClickException unless the folder is missing, empty, or made by a demo and by nobody else."""
    if not data.exists():
        return
    if not stat.S_ISDIR(data.lstat().st_mode):
        raise click.ClickException(f"{data} is not a folder")
    if strangers := _strangers(data):
        some = ", ".join(strangers[:3]) + (" …" if len(strangers) > 3 else "")
        raise click.ClickException(f"{data} holds what no demo made ({some}): choose another with --data")


def _empty(data: Path) -> None:
    for name in MADE - {held.LOCK, *FOLDERS}:
        (data / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(data / name, ignore_errors=True)


def _make(found: Settings) -> Flask:
    """Filled by a process of its own: what prints on paper starts threads, and the server's fork has none."""
    filling = SPAWN.Process(target=_fill, args=(found,))
    filling.start()
    filling.join()
    if filling.exitcode:
        raise click.ClickException("the demo could not be filled")
    return folder.app_of(found)


def _fill(found: Settings) -> None:
    """The marker says "filled" only at the end: what was interrupted is made anew."""
    logs.configure("warning")
    (found.data / MARK).write_text("being filled\n")
    keys.save(keys.generate(), found.data / "keys")
    app = folder.app_of(found)
    with folder.inside(app):
        migrate.upgrade()
        fill(app)
    render.precompile(app)
    (found.data / MARK).write_text(FILLED)


def _kept(found: Settings) -> Flask:
    """The demo that is there already, brought to this version."""
    app = folder.app_of(found)
    with folder.inside(app):
        migrate.upgrade()
    return app


@contextmanager
def prepared(found: Settings, *, reset: bool) -> Iterator[Flask]:
    """The filled demo, its folder held while the caller serves it."""
    refuse_foreign(found.data)
    found.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    (found.data / MARK).touch()
    with held.in_use(found.data, alone=True) as handle:
        mark = found.data / MARK
        is_filled = mark.is_file() and mark.read_text() == FILLED
        if reset or not is_filled:
            _empty(found.data)
        app = _kept(found) if is_filled and not reset else _make(found)
        held.share(handle)
        yield app


def answers(host: str, port: int) -> bool:
    """Whether the site says that it is well."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def people() -> list[str]:
    width = max(len(field) for field, _name, _role in PEOPLE)
    return [f"  {field:<{width}}  {name}, {role}" for field, name, role in PEOPLE]


def _announce(address: str, port: int, *, open_browser: bool) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not answers(serve.LOOPBACK, port):
        if time.monotonic() > until:
            click.echo("The site does not answer.", err=True)
            return
        time.sleep(0.05)
    click.echo(f"Ready: {address}")
    click.echo(f"Sign in with one button at {address}/connexion as:")
    click.echo("\n".join(people()))
    click.echo("Stop with Ctrl-C.")
    if open_browser:
        webbrowser.open(address)


def run(data: Path | None, *, port: int, reset: bool, open_browser: bool) -> None:
    serve.refuse_taken_port(serve.LOOPBACK, port)
    found = settings(data, port)
    logs.configure("warning")
    with prepared(found, reset=reset) as app:
        ready = partial(_announce, found.base_url, port, open_browser=open_browser)
        place, threads = serve.LOOPBACK, found.threads
        serve.run(lambda: app, host=place, port=port, threads=threads, worker=True, ready=ready)
