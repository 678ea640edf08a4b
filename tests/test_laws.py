"""The architecture, as tests: each failure names the file and line that breaks a law."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.laws.code import (
    PACKAGE,
    ROOT,
    TEMPLATES,
    Source,
    imported,
    length,
    macros,
    none,
    sources,
    templates,
)

ENGAGE = sources("engage")
PAGES = {"views.py", "desk.py"}
COMMITTING = PAGES | {"commands.py"}
# Not features: what an operator types, and the demo that fills an empty database.
OPERATORS = {"engage/ops", "engage/demo"}
ONE_DOOR = {"flask_login": "engage/accounts/session.py", "flask_sqlalchemy": "engage/core/db.py"}
FUNCTION_LINES, MODULE_LINES, TEMPLATE_LINES, MACRO_LINES = 25, 250, 100, 30


def _is_operator(source: Source) -> bool:
    return any(source.name.startswith(f"{folder}/") for folder in OPERATORS)


def test_floors_and_the_order_of_files() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]


def test_no_import_hides_in_a_function() -> None:
    found = [
        source.at(node)
        for source in ENGAGE
        for function in source.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    none(found)


def test_heavy_libraries_come_through_one_loader() -> None:
    """`import_module` and `__import__` elsewhere would be an import that the floors do not see."""
    allowed = {"engage/core/heavy.py", "engage/app.py"}
    found = [
        source.at(node)
        for source in ENGAGE
        if source.name not in allowed
        for node in source.nodes(ast.Name)
        if isinstance(node, ast.Name) and node.id in {"import_module", "__import__"}
    ]
    none(found)


def test_quiet_libraries_are_touched_in_one_module() -> None:
    found = [
        f"{source.at(node)} imports {name}"
        for source in ENGAGE
        for node in source.nodes(ast.Import, ast.ImportFrom)
        for name in imported(node)
        if (door := ONE_DOOR.get(name.split(".")[0])) and source.name != door
    ]
    none(found)


def test_commit_stands_only_where_a_request_or_a_command_ends() -> None:
    found = [
        source.at(node)
        for source in ENGAGE
        if source.path.name not in COMMITTING and not _is_operator(source)
        for node in source.nodes(ast.Attribute)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    none(found)


def test_pages_and_commands_ask_queries_instead_of_selecting() -> None:
    asking = {"select", "insert", "update", "delete", "text"}
    found = [
        f"{source.at(node)} {alias.name}"
        for source in ENGAGE
        if source.path.name in COMMITTING
        for node in source.nodes(ast.ImportFrom)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sqlalchemy"
        for alias in node.names
        if alias.name in asking
    ]
    found += [
        source.at(node)
        for source in ENGAGE
        if source.path.name in COMMITTING
        for node in source.nodes(ast.Attribute)
        if isinstance(node, ast.Attribute)
        and node.attr in {"select", "query", "execute", "scalars", "scalar"}
        and ast.unparse(node.value) in {"db", "db.session", "sa"}
    ]
    none(found)


def test_views_try_nothing() -> None:
    found = [
        source.at(node) for source in ENGAGE if source.path.name in PAGES for node in source.nodes(ast.Try)
    ]
    none(found)


def _permissions(package: Path) -> set[str]:
    """What this package may ask: its own permissions.py and those of the packages around it."""
    names: set[str] = set()
    while package != PACKAGE:
        path = package / "permissions.py"
        if path.is_file():
            names |= {
                node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)
            }
        package = package.parent
    return names


# Not deeds of their own: they write down what another, permitted deed did.
WRITTEN_DOWN = {"engage/journal/actions.py record", "engage/ideas/timeline/actions.py note"}


def test_every_deed_has_a_permission_of_the_same_name() -> None:
    found = [
        f"{source.at(function)} {function.name}"
        for source in ENGAGE
        if source.path.name == "actions.py"
        for function in source.functions()
        if not function.name.startswith("_")
        and any(argument.arg == "by" for argument in function.args.kwonlyargs)
        and f"{source.name} {function.name}" not in WRITTEN_DOWN
        and function.name not in _permissions(source.package)
    ]
    none(found)


def test_who_acts_is_said_by_keyword() -> None:
    none([
        f"{source.at(function)} {function.name}"
        for source in ENGAGE
        if source.path.name == "actions.py"
        for function in source.functions()
        if not function.name.startswith("_")
        and any(argument.arg == "by" for argument in (*function.args.posonlyargs, *function.args.args))
    ])  # fmt: skip


def test_no_ambient_user_below_the_pages() -> None:
    below = {"models.py", "queries.py", "permissions.py", "actions.py", "forms.py"}
    none([
        source.at(node)
        for source in ENGAGE
        if source.path.name in below
        for node in source.nodes(ast.ImportFrom)
        if "engage.accounts.session" in imported(node)
    ])  # fmt: skip


def test_functions_and_modules_stay_small() -> None:
    every = ENGAGE + sources("benchmarks")
    found = [
        f"{source.at(function)} {function.name}: {length(function)} lines"
        for source in every
        for function in source.functions()
        if length(function) > FUNCTION_LINES
    ]
    found += [f"{source.name}: {source.lines} lines" for source in every if source.lines > MODULE_LINES]
    none(found)


def test_templates_and_macros_stay_small() -> None:
    counts = {name: len((TEMPLATES / name).read_text().splitlines()) for name in templates()}
    found = [f"{name}: {lines} lines" for name, lines in counts.items() if lines > TEMPLATE_LINES]
    found += [
        f"{name} {macro}: {lines} lines"
        for name in templates()
        for macro, lines in macros(name)
        if lines > MACRO_LINES
    ]
    none(found)


def test_complexity_is_checked_by_the_linter() -> None:
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert ruff["mccabe"]["max-complexity"] == 8
    assert "C90" in ruff["select"]
    assert not {"C90", "C901"} & {*ruff["ignore"]}


def test_every_module_says_what_it_is_for() -> None:
    found = [source.name for source in ENGAGE if source.lines and not ast.get_docstring(source.tree)]
    none(found)


def test_what_everyone_imports_is_empty() -> None:
    found = [source.name for source in ENGAGE if source.name == "engage/__init__.py" and source.lines]
    none(found)


def test_no_room_for_leftovers() -> None:
    """A module is named after a noun; what has no noun belongs to somebody."""
    leftovers = {"utils", "util", "helpers", "misc", "common", "tools"}
    found = [
        path.as_posix()
        for path in (s.path.relative_to(ROOT) for s in ENGAGE)
        if leftovers & {*path.parts, path.stem}
    ]
    none(found)
