"""Notes every template that the suite renders, over all its processes; a template that none renders fails it.

Only a whole run can say so: a narrowed one (a path, -k, -m, a test that failed) says nothing.
"""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import Environment

from tests.laws.code import templates

SENT = "rendered_templates"
MISSING = pytest.StashKey[list[str]]()
rendered: set[str] = set()
_load = Environment._load_template


def _noting(self: Environment, name: str, globals: Any) -> Any:  # noqa: A002 (Jinja's own name)
    """Pages, what they extend, include and import all come through here."""
    rendered.add(name)
    return _load(self, name, globals)


def pytest_configure(config: pytest.Config) -> None:
    Environment._load_template = _noting  # type: ignore[method-assign]


def pytest_unconfigure(config: pytest.Config) -> None:
    Environment._load_template = _load  # type: ignore[method-assign]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """A process of pytest-xdist ends: what it rendered counts for all."""
    rendered.update(node.workeroutput.get(SENT, ()) if hasattr(node, "workeroutput") else ())


def _is_whole(session: pytest.Session) -> bool:
    option = session.config.option
    narrowed = option.keyword or option.markexpr or option.deselect or option.collectonly
    args = [str(arg) for arg in session.config.args]
    return not narrowed and args == list(session.config.getini("testpaths")) and not session.testsfailed


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[SENT] = sorted(rendered)
        return
    if not _is_whole(session):
        return
    missing = [name for name in templates() if name not in rendered]
    session.config.stash[MISSING] = missing
    if missing:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    missing = config.stash.get(MISSING, None)
    if missing is None:
        return
    every = len(templates())
    terminalreporter.write_line(f"templates rendered by some test: {every - len(missing)} of {every}")
    for name in missing:
        terminalreporter.write_line(f"  never rendered: {name}", red=True)
