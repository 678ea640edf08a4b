"""A file on disk, whole before the first byte of it leaves: memory does not grow with it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import IO


def whole(fill: Callable[[IO[bytes]], object]) -> IO[bytes]:
    """What `fill` writes, ready to be read; gone when it is closed, or when filling fails."""
    with ExitStack() as opened:
        target = opened.enter_context(tempfile.TemporaryFile())
        fill(target)
        target.seek(0)
        opened.pop_all()
        return target


def written(lines: Iterable[str]) -> IO[bytes]:
    """The lines in UTF-8."""
    return whole(lambda target: target.writelines(line.encode() for line in lines))
