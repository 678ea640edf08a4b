"""Processes that share what one of them has loaded, which then goes away.

A process copies each page of shared memory that it writes to, and counting who uses an object is writing.
Whoever loaded the site and stays beside its children keeps what they have all copied: 50 MB nobody reads.
So the one that loads it ends as soon as they live, and the one that watches over them never loads it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple, NoReturn

import click

from engage.ops.family import FORK, adopts, die_with, share_memory

LOOK_AGAIN_SECONDS = 0.001
Prepare = Callable[[], object]


class Work(NamedTuple):
    """What a process is for, and what it is sent when the watchman dies."""

    run: Callable[[], object]
    at_the_end: signal.Signals = signal.SIGKILL


class Grown:
    """A running process, as whoever waits for one of its own asks it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.exitcode: int | None = None
        self.over = threading.Event()
        threading.Thread(target=self._reap, name=f"process {pid}", daemon=True).start()

    def _reap(self) -> None:
        _pid, status = os.waitpid(self.pid, 0)
        self.exitcode = os.waitstatus_to_exitcode(status)
        self.over.set()

    def start(self) -> None:
        """It runs since it was made."""

    def join(self, timeout: float | None = None) -> None:
        self.over.wait(timeout)

    def is_alive(self) -> bool:
        return not self.over.is_set()

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def _send(self, what: signal.Signals) -> None:
        if self.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self.pid, what)


def grow(prepare: Prepare, works: Sequence[Work]) -> list[Grown]:
    """One process for each work, all of which share what `prepare` loads; each dies with this one.

    Raises ClickException when `prepare` does, or breaks.
    """
    parent = os.getpid()
    if not adopts():  # whoever loads it must stay: nobody else would hear that its children ended
        prepare()
        share_memory()
        return [Grown(_born(partial(_live, work, parent))) for work in works]
    reader, writer = os.pipe()
    nurse = os.fork()
    if not nurse:
        os.close(reader)
        _nurse(prepare, works, parent, writer)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        told = pipe.read()
    os.waitpid(nurse, 0)
    said = json.loads(told or "{}")
    if "pids" not in said:
        raise click.ClickException(said.get("fault", "the site could not be loaded"))
    return [Grown(pid) for pid in said["pids"]]


def _nurse(prepare: Prepare, works: Sequence[Work], parent: int, writer: int) -> NoReturn:
    """What it says is read when all who hold the pipe have closed it."""
    for taken in (signal.SIGTERM, signal.SIGINT):
        signal.signal(taken, signal.SIG_DFL)
    die_with(parent, signal.SIGKILL)
    said: dict[str, object] = {}
    try:
        prepare()
        share_memory()
        said["pids"] = [_born(partial(_orphan, work, parent, writer)) for work in works]
    except click.ClickException as fault:
        said["fault"] = fault.message
    except BaseException:  # noqa: BLE001 (whatever it is, this copy of its parent ends here)
        traceback.print_exc()
    os.write(writer, json.dumps(said).encode())
    sys.stderr.flush()
    os._exit(0)


def _born(life: Callable[[], object]) -> int:
    process = FORK.Process(target=life)
    process.start()
    if process.pid is None:
        raise RuntimeError("a process that was started has no number")
    return process.pid


def _orphan(work: Work, parent: int, writer: int) -> None:
    """The kernel gives it to the watchman when the nurse is gone: only then it can ask to die with them."""
    os.close(writer)
    nurse = FORK.parent_process()
    while nurse is not None and os.getppid() == nurse.pid:
        time.sleep(LOOK_AGAIN_SECONDS)
    _live(work, parent)


def _live(work: Work, parent: int) -> None:
    die_with(parent, work.at_the_end)
    work.run()
