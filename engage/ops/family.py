"""Processes that never outlive the one that started them."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable

import structlog

log = structlog.get_logger()

PR_SET_PDEATHSIG = 1
PAUSE_SECONDS = 5
# A request lets go of nearly all it made: to look for circles every 700 objects costs a tenth of it.
COLLECTED_AFTER = (5_000, 10, 20)
M_ARENA_MAX = -8
# On Python 3.14 the default is another; children here share what their parent has already imported.
FORK = multiprocessing.get_context("fork")


def die_with(parent: int, with_signal: signal.Signals) -> None:
    """Ask the kernel to send `with_signal` to this process when `parent` dies (Linux, prctl(2)).

    Elsewhere nothing is asked: the process group still ends together at Ctrl-C.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "prctl"):
        libc.prctl(PR_SET_PDEATHSIG, with_signal)
    if os.getppid() != parent:
        os.kill(os.getpid(), with_signal)


def share_memory() -> None:
    """What is imported now is read by all children and copied by none of them.

    The collector would write to every object it visits, which makes a copy of its page in each process; glibc
    would keep a heap a thread, each with room of its own (mallopt(3), M_ARENA_MAX).
    """
    multiprocessing.set_start_method("fork", force=True)
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_ARENA_MAX, 2)
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def _child(work: Callable[[], object], parent: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    die_with(parent, signal.SIGTERM)
    work()


class Kept:
    """A piece of work in a process of its own, started again when it ends, until `stop`."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        self.name, self.work = name, work
        self.stopping = threading.Event()
        self.process: multiprocessing.process.BaseProcess | None = None

    def start(self) -> None:
        """The kernel watches the thread that forks: it must live as long as the child."""
        threading.Thread(target=self._keep, name=self.name, daemon=True).start()

    def _keep(self) -> None:
        while not self.stopping.is_set():
            self.process = FORK.Process(target=_child, args=(self.work, os.getpid()), name=self.name)
            self.process.start()
            self.process.join()
            if not self.stopping.is_set():
                log.error("process_ended", name=self.name, exit_code=self.process.exitcode)
                self.stopping.wait(PAUSE_SECONDS)

    def stop(self) -> None:
        self.stopping.set()
        process = self.process
        if process is None or not process.is_alive():
            return
        process.terminate()
        until = time.monotonic() + PAUSE_SECONDS
        while process.is_alive() and time.monotonic() < until:
            time.sleep(0.05)
        if process.is_alive():
            process.kill()
