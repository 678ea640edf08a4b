"""A port that somebody took is said in one sentence, whenever they took it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

SERVES = """
from engage.ops import serve
serve.run(lambda: None, host="127.0.0.1", port={port}, threads=1, workers=1, front_pages=())
"""


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def said(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], check=False, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_before_anything_is_made(taken: int, command: str) -> None:
    done = said("-m", "engage.cli", command, "--port", str(taken))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"Error: port {taken} of 127.0.0.1 cannot be had: ")
    assert line.endswith("Choose another one with --port.")


def test_while_the_site_was_made_ready(taken: int) -> None:
    """The demo is filled for a minute before it is served."""
    done = said("-c", SERVES.format(port=taken))
    assert "ClickException" in done.stderr
    assert "granian" not in done.stderr.lower()
    assert "panicked" not in done.stderr
