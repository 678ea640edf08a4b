"""The server: granian's processes around one site imported before they fork, and the worker beside them."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer

from engage.core.config import Settings
from engage.ops import folder
from engage.ops.family import Kept, die_with, share_memory
from engage.worker import run_worker

LOOPBACK = "127.0.0.1"
FRONT_PAGES = ("/", "/idees", "/idees/nouvelle", "/evenements", "/questionnaires", "/ce-qui-change", "/suivi")


def refuse_taken_port(host: str, port: int) -> None:
    """Raises ClickException when somebody listens there: the server itself would share the port with them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise click.ClickException(f"port {port} of {host} cannot be had: {fault.strerror}") from fault


class _Server(MPServer):
    """Tells when its processes are forked: what needs threads starts only then."""

    forked: Callable[[], None]

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        self.forked()


def _warm(app: Flask, pages: Sequence[str]) -> None:
    """Open the front pages once: what a first page makes is shared by all processes forked later.

    Made in each of them it costs 18 MB, and the first reader waits.
    """
    if not pages:
        return
    reader = app.test_client()
    with folder.inside(app):
        for page in pages:
            reader.get(page)


def _work(app: Flask) -> None:
    run_worker(app)


def _in_child(app: Flask, parent: int) -> Flask:
    die_with(parent, signal.SIGKILL)
    return app


def _server(found: Settings, host: str, port: int, workers: int | None) -> _Server:
    return _Server(
        target="engage",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or os.cpu_count() or 1,
        blocking_threads=found.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )


def run(
    app: Flask,
    *,
    host: str,
    port: int,
    workers: int | None = None,
    worker: bool = False,
    ready: Callable[[], None] | None = None,
    front_pages: Sequence[str] = FRONT_PAGES,
) -> None:
    """Serve until SIGINT or SIGTERM; `worker` runs the worker beside, `ready` is called once in a thread."""
    server = _server(app.extensions["engage_settings"], host, port, workers)
    kept = Kept("engage-worker", partial(_work, app)) if worker else None

    def forked() -> None:
        if kept:
            kept.start()
        if ready:
            threading.Thread(target=ready, daemon=True).start()

    _warm(app, front_pages)
    share_memory()
    server.forked = forked
    if kept:
        server.on_shutdown(kept.stop)
    server.serve(target_loader=partial(_in_child, app, os.getpid()), wrap_loader=False)
