"""Whose settings hold for a data folder, and who uses it now: known before anything of the site is loaded."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from engage.core.config import Settings

LOCK = "lock"


def settings(data: Path | None, **said: Any) -> Settings:
    """Those of the environment, where `data` and `said` come first. Raises ClickException, a line a fault."""
    if data is not None:
        said["data"] = data
    try:
        return Settings(**said)
    except ValidationError as fault:
        named = [("_".join(map(str, part["loc"])).upper(), part["msg"]) for part in fault.errors()]
        lines = [f"ENGAGE_{name}: {said}" for name, said in named]
        raise click.ClickException("\n".join(["these settings cannot be used:", *lines])) from fault


def hold(data: Path, *, alone: bool = False) -> int:
    """The open lock of a folder that is in use; `alone`, nobody else may serve or work from it.

    It goes when this process and every child of it is gone. Raises ClickException when others forbid it.
    """
    handle = os.open(data / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_NB | (fcntl.LOCK_EX if alone else fcntl.LOCK_SH))
    except BlockingIOError:
        os.close(handle)
        raise click.ClickException(
            f"the site is running from {data}: stop it first"
            if alone
            else f"{data} is being restored, upgraded or rebuilt: try again when that is over"
        ) from None
    return handle


@contextmanager
def in_use(data: Path, *, alone: bool = False) -> Iterator[int]:
    """Meanwhile the folder is in use. Yields the open lock."""
    handle = hold(data, alone=alone)
    try:
        yield handle
    finally:
        os.close(handle)


def share(handle: int) -> None:
    """Whoever used the folder alone lets others read and write beside it from now on."""
    fcntl.flock(handle, fcntl.LOCK_SH)
