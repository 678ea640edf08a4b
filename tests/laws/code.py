"""Reads the house's own source for the laws: each finding names its file and line."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "engage"
TEMPLATES = PACKAGE / "templates"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One module: its path, its syntax tree, its lines."""

    path: Path
    tree: ast.Module
    lines: int

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def package(self) -> Path:
        return self.path.parent

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}"

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def functions(self) -> Iterator[Function]:
        for node in self.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
            assert isinstance(node, Function)
            yield node


@cache
def read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path, ast.parse(text), len(text.splitlines()))


def sources(*folders: str) -> list[Source]:
    """Every module below `folders` (from the root), in order."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [read(path) for path in sorted(found)]


def templates() -> list[str]:
    """The names Jinja gives every template."""
    kinds = (".html", ".txt", ".xml")
    found = (path for path in TEMPLATES.rglob("*") if path.suffix in kinds)
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in found)


def committed() -> list[Path]:
    """The files of the project: what git knows, else what stands in the folder."""
    if not (ROOT / ".git").exists():
        return [
            path for path in ROOT.rglob("*") if path.is_file() and path.relative_to(ROOT).parts[0] != ".venv"
        ]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def none(found: list[str]) -> None:
    """Fails with every finding, one a line."""
    assert not found, "\n" + "\n".join(found)


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring: a formula may be explained at length."""
    first = function.body[0]
    is_doc = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    doc = (first.end_lineno or 0) - first.lineno + 1 if is_doc else 0
    return (function.end_lineno or 0) - function.lineno + 1 - doc


def macros(template: str) -> Iterator[tuple[str, int]]:
    """Each macro of a template and how many lines it has."""
    lines = (TEMPLATES / template).read_text(encoding="utf-8").splitlines()
    begun: list[tuple[str, int]] = []
    for number, line in enumerate(lines, 1):
        for word in re.finditer(r"{%-?\s*(macro\s+(\w+)|endmacro)", line):
            if word[2]:
                begun.append((word[2], number))
            else:
                name, start = begun.pop()
                yield name, number - start + 1
