"""The server: granian's processes around one site loaded before they fork, and the worker beside them.

Nothing of the site is imported here: the process that watches the others has no use for it.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click
import structlog
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer
from granian.server.mp import WorkerProcess

from engage.core.heavy import load
from engage.ops.nursery import Grown, Work, grow

log = structlog.get_logger()

LOOPBACK = "127.0.0.1"
PAUSE_SECONDS = 5
FRONT_PAGES = ("/", "/idees", "/idees/nouvelle", "/evenements", "/questionnaires", "/ce-qui-change", "/suivi")


def refuse_taken_port(host: str, port: int) -> None:
    """Raises ClickException when somebody listens there: the server itself would share the port with them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            said = f"port {port} of {host} cannot be had: {fault.strerror}. Choose another one with --port."
            raise click.ClickException(said) from fault


class Site:
    """What is served; loaded in the process that all others are forked from, and in no other."""

    def __init__(self, opened: Callable[[], Any], front_pages: Sequence[str]) -> None:
        self.opened, self.front_pages = opened, front_pages
        self.app: Any = None

    def prepare(self) -> None:
        """Open the front pages once: what a first page makes is shared by all processes forked later.

        Made in each of them it costs 18 MB, and the first reader waits.
        """
        self.app = self.opened()
        if not self.front_pages:
            return
        reader = self.app.test_client()
        with load("engage.ops.folder").inside(self.app):
            for page in self.front_pages:
                reader.get(page)

    def loaded(self) -> Any:
        return self.app

    def work(self) -> None:
        load("engage.worker").run_worker(self.app)

    def again(self, works: Sequence[Work], is_over: Callable[[], bool]) -> list[Grown]:
        """In the place of processes that ended; tried until the site can be loaded, or nobody wants it."""
        while not is_over():
            try:
                return grow(self.prepare, works)
            except click.ClickException as fault:
                log.error("process_not_started", reason=fault.message)
                time.sleep(PAUSE_SECONDS)
        return []


class _Kept:
    """The worker, in a process of its own: started again when it ends, until `stop`."""

    def __init__(self, site: Site) -> None:
        self.site, self.work = site, Work(site.work, signal.SIGTERM)
        self.stopping = threading.Event()
        self.process: Grown | None = None

    def start(self, process: Grown) -> None:
        """The kernel watches the thread that forks: it must live as long as the child."""
        self.process = process
        threading.Thread(target=self._keep, name="engage-worker", daemon=True).start()

    def _keep(self) -> None:
        while process := self.process:
            process.join()
            if self.stopping.is_set():
                return
            log.error("process_ended", name="engage-worker", exit_code=process.exitcode)
            self.stopping.wait(PAUSE_SECONDS)
            self.process = next(iter(self.site.again([self.work], self.stopping.is_set)), None)

    def stop(self) -> None:
        self.stopping.set()
        if self.process:
            self.process.terminate()
            self.process.join(PAUSE_SECONDS)
            self.process.kill()


class _Server(MPServer):
    """Its processes are grown; tells when they are: what needs threads starts only then."""

    site: Site
    kept: _Kept | None
    forked: Callable[[], None]
    grown: dict[int, Grown]

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        self.forked()

    def _works(self, places: Iterable[int], target: Any, loader: Any) -> list[Work]:
        return [Work(MPServer._spawn_worker(self, place, target, loader).inner.run) for place in places]

    def _spawn_workers(self, spawn_target: Any, target_loader: Any) -> None:
        works = self._works(range(self.workers), spawn_target, target_loader)
        grown = grow(self.site.prepare, [*works, *([self.kept.work] if self.kept else [])])
        if self.kept:
            self.kept.start(grown.pop())
        self.grown = dict(enumerate(grown))
        super()._spawn_workers(spawn_target, target_loader)  # type: ignore[no-untyped-call]

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        works = self._works(workers, spawn_target, target_loader)
        self.grown = dict(zip(workers, self.site.again(works, lambda: self.interrupt_signal), strict=False))
        if self.grown:
            super()._respawn_workers(workers, spawn_target, target_loader, delay)

    def _spawn_worker(  # type: ignore[override]
        self, idx: int, target: Any, callback_loader: Any
    ) -> WorkerProcess:
        made = super()._spawn_worker(idx, target, callback_loader)
        made.inner = self.grown.pop(idx)
        return made


def _server(host: str, port: int, workers: int | None, threads: int) -> _Server:
    return _Server(
        target="engage",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or os.cpu_count() or 1,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )


def run(
    opened: Callable[[], Any],
    *,
    host: str,
    port: int,
    threads: int,
    workers: int | None = None,
    worker: bool = False,
    ready: Callable[[], None] | None = None,
    front_pages: Sequence[str] = FRONT_PAGES,
) -> None:
    """Serve what `opened` loads until SIGINT or SIGTERM, the worker beside it; `ready` is called once.

    Raises ClickException when it cannot be opened, or when the port was taken while it was made ready.
    """
    refuse_taken_port(host, port)
    server = _server(host, port, workers, threads)
    server.site = Site(opened, front_pages)
    server.kept = _Kept(server.site) if worker else None

    def forked() -> None:
        if ready:
            threading.Thread(target=ready, daemon=True).start()

    server.forked = forked
    if server.kept:
        server.on_shutdown(server.kept.stop)
    server.serve(target_loader=server.site.loaded, wrap_loader=False)
