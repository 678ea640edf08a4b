"""Processes that share what one of them has loaded: it is gone, and whoever watches never loaded it."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.process

# Each story is told by a process of its own, whose children are nobody else's.
BEGINNING = """
import os, signal, sys, time
import click
from engage.ops.nursery import Work, grow

loaded = []
reader, writer = os.pipe()

def prepare():
    loaded.append(os.getpid())

def tell():
    os.write(writer, f"{loaded[0]} {os.getppid()}\\n".encode())

def wait():
    tell()
    time.sleep(60)

def told(lines):
    said = b""
    while said.count(b"\\n") < lines:
        said += os.read(reader, 1000)
    return [[int(word) for word in line.split()] for line in said.decode().splitlines()]
"""


def run(story: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEGINNING + story], check=False, capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 0, done.stderr


def test_all_share_what_one_has_loaded_and_it_is_gone() -> None:
    run("""
first, second = grow(prepare, [Work(tell), Work(tell)])
(one, its_parent), (same, their_parent) = told(2)
assert one == same != os.getpid(), "loaded once, and not here"
assert its_parent == their_parent == os.getpid(), "they are ours"
assert not os.path.exists(f"/proc/{one}"), "who loaded it stays"
assert loaded == []
for process in (first, second):
    process.join(10)
    assert (process.is_alive(), process.exitcode) == (False, 0)
""")


def test_one_that_is_stopped_or_killed_is_seen_to_end() -> None:
    run("""
stopped, killed = grow(prepare, [Work(wait), Work(wait)])
told(2)
assert stopped.is_alive() and killed.is_alive()
stopped.terminate()
killed.kill()
for process, code in ((stopped, -signal.SIGTERM), (killed, -signal.SIGKILL)):
    process.join(10)
    assert (process.is_alive(), process.exitcode) == (False, code)
    process.kill()
""")


def test_what_cannot_be_loaded_is_said_to_who_asked() -> None:
    run("""
def refuse():
    raise click.ClickException("no database here")

def break_():
    raise ValueError("anything")

def die():
    os.kill(os.getpid(), signal.SIGKILL)

for prepare, said in ((refuse, "no database here"), (break_, "could not be loaded"), (die, "could not be")):
    try:
        grow(prepare, [Work(tell)])
    except click.ClickException as fault:
        assert said in fault.message, fault.message
    else:
        raise AssertionError("nothing was said")
""")


def test_they_die_with_who_watches_even_when_it_is_killed() -> None:
    run("""
watch = os.fork()
if not watch:
    grow(prepare, [Work(wait), Work(wait, signal.SIGTERM)])
    time.sleep(60)
grown = told(2)
os.kill(watch, signal.SIGKILL)
os.waitpid(watch, 0)
os.close(writer)
assert os.read(reader, 1) == b"", "nobody holds the pipe any more"
""")


def test_where_the_kernel_gives_nobody_away_who_loaded_it_stays() -> None:
    run("""
from engage.ops import nursery
nursery.adopts = lambda: False
(process,) = grow(prepare, [Work(tell)])
assert told(1) == [[os.getpid(), os.getpid()]]
process.join(10)
assert process.exitcode == 0
""")
