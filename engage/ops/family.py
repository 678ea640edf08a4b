"""Processes that never outlive the one that started them."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
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


def adopts() -> bool:
    """Whether the kernel gives this process the children of its children when these have ended."""
    libc = ctypes.CDLL(None, use_errno=True)
    return hasattr(libc, "prctl") and libc.prctl(PR_SET_CHILD_SUBREAPER, 1) == 0


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
