"""The wheel holds everything: the demo runs from it alone, in an empty folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.servers import free_port
from tests.laws.code import ROOT, templates

pytestmark = pytest.mark.process
PATIENCE_SECONDS = 240


def uv() -> str:
    """The one that runs this suite, else the one on the path."""
    found = os.environ.get("UV") or shutil.which("uv")
    assert found, "the suite runs under uv: ./run pytest"
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    subprocess.run([uv(), "build", "--quiet", "--wheel", "--out-dir", str(target)], cwd=ROOT, check=True)
    (built,) = target.glob("engage-*.whl")
    return built


def test_it_holds_all_that_the_checkout_holds(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
    wanted = {f"engage/templates/{name}" for name in templates()}
    for folder in (ROOT / "engage/static", ROOT / "engage/core/typst", *(ROOT / "engage").rglob("content")):
        files = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc"))
        wanted |= {path.relative_to(ROOT).as_posix() for path in files}
    wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "engage").rglob("*.yaml")}
    migrations = (ROOT / "migrations").rglob("*.py")
    wanted |= {f"engage/{path.relative_to(ROOT).as_posix()}" for path in migrations}
    wanted.add("engage/translations/fr/LC_MESSAGES/messages.mo")
    assert wanted - held == set()


def test_it_holds_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        odd = [
            name
            for name in opened.namelist()
            if name.split("/")[0] not in ("engage",) and ".dist-info/" not in name
        ]
        odd += [name for name in opened.namelist() if name.endswith((".po", ".pot", ".pyc", ".cfg"))]
    assert odd == []


@pytest.fixture
def demo(wheel: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    words = ["--no-open", "--port", str(free_port())]
    process = subprocess.Popen(
        [uv(), "tool", "run", "--quiet", "--from", str(wheel), "engage", "demo", *words],
        cwd=tmp_path, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    yield process, tmp_path
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_the_demo_runs_from_it_in_an_empty_folder(demo: tuple[subprocess.Popen[str], Path]) -> None:
    process, folder = demo
    assert process.stdout is not None
    until = time.monotonic() + PATIENCE_SECONDS
    said = ""
    while "Ready: http://127.0.0.1:" not in said:
        line = process.stdout.readline()
        said += line
        assert line or process.poll() is None, said
        assert time.monotonic() < until, said
    assert (folder / "demo-data" / "engage.db").is_file()
    # What filled it printed on paper too: its threads must not be looked for in the processes that serve.
    address = said.split("Ready: ")[1].split()[0]
    with urllib.request.urlopen(f"{address}/ce-qui-change/affiche-a4.pdf", timeout=60) as poster:
        assert poster.read(5) == b"%PDF-"
