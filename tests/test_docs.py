"""What the documents say is there: links, commands, settings, packages, tables, words of buttons."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from babel.messages.pofile import read_po
from pydantic import SecretStr

from engage.app import feature_modules
from engage.cli import main
from engage.core.config import DEFAULT_LIMITS, Settings
from engage.core.db import Encrypted, Model
from tests.laws.code import PACKAGE, ROOT, none

README = ROOT / "README.md"
OPERATE = ROOT / "docs" / "operate.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "frontend" / "README.md"])
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PICTURE_BYTES = 120_000
OF_THE_TESTS = {"ENGAGE_TEST_PG_URL"}

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def prose(page: Path) -> str:
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def code(page: Path) -> str:
    """All that stands in code, one command a line, without comments."""
    text = page.read_text(encoding="utf-8")
    parts = [match[2] for match in FENCED.finditer(text)] + INLINE.findall(FENCED.sub("", text))
    joined = "\n".join(parts).replace("\\\n", " ")
    return re.sub(r"(^|\s)#.*$", "", joined, flags=re.M)


def anchors(page: Path) -> set[str]:
    """The places of a page, named as GitHub names them."""
    titles = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def rows(page: Path, first: str) -> list[list[str]]:
    """The cells of every table row of a page whose first cell matches `first`."""
    lines = [line.strip().strip("|").split("|") for line in prose(page).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in cells] for cells in lines if re.fullmatch(first, cells[0].strip())]


@pages
def test_links_lead_somewhere(page: Path) -> None:
    found = []
    for target in LINK.findall(prose(page)):
        if "://" in target:
            continue
        path, _, place = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (place and place not in anchors(there)):
            found.append(target)
    none(found)


def commands(page: Path) -> Iterator[tuple[list[str], set[str]]]:
    """Each `engage …` of a page: its words after `engage`, and the long options on the same line."""
    for match in re.finditer(r"(?:^|[\s/'])engage ((?:[a-z][\w-]* ?)+)([^\n;|&)]*)", code(page)):
        yield match[1].split(), set(re.findall(r"(?<![\w-])--[a-z-]+", match[2]))


def found_command(words: list[str]) -> click.Command | None:
    command: click.Command = main
    for word in words:
        if not isinstance(command, click.Group):
            break
        if word not in command.commands:
            return None
        command = command.commands[word]
    return command


@pages
def test_commands_exist_with_their_options(page: Path) -> None:
    found = []
    for words, options in commands(page):
        command = found_command(words)
        known = (
            {"--help"} | {name for p in command.params for name in p.opts + p.secondary_opts}
            if command
            else set()
        )
        if command is None or not options <= known:
            found.append(f"engage {' '.join(words)} {' '.join(sorted(options))}")
    none(found)


def every_command(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, (*before, name))
        else:
            yield (*before, name)


def test_every_command_is_told() -> None:
    told = {tuple(words[:length]) for page in PAGES for words, _ in commands(page) for length in (1, 2)}
    none([" ".join(words) for words in every_command(main) if words not in told])


def shown(value: Any) -> str:
    """A default as the table of settings writes it."""
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value in (None, ""):
        return "none"
    return f"`{json.dumps(value) if isinstance(value, bool | list | dict) else value}`"


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    told = {cells[0].strip("`"): cells[1] for cells in rows(OPERATE, r"`ENGAGE_\w+`")}
    fields = Settings.model_fields.items()
    held = {f"ENGAGE_{name.upper()}": shown(f.get_default(call_default_factory=True)) for name, f in fields}
    assert told == held


@pages
def test_settings_that_are_named_exist(page: Path) -> None:
    known = {f"ENGAGE_{name.upper()}" for name in Settings.model_fields} | OF_THE_TESTS
    none(sorted(set(re.findall(r"ENGAGE_[A-Z_]*[A-Z]", page.read_text(encoding="utf-8"))) - known))


def test_every_rate_limit_stands_in_the_table() -> None:
    told = {cells[0].strip("`"): cells[1] for cells in rows(OPERATE, r"`[a-z_]+`") if "/" in cells[1]}
    assert told == DEFAULT_LIMITS


def test_every_package_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = [need for needs in project["project"]["optional-dependencies"].values() for need in needs]
    needed = project["project"]["dependencies"] + extras + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=! ]", need)[0] for need in needed} - {"engage"}
    table = (
        README.read_text(encoding="utf-8")
        .partition("## Dependencies")[2]
        .partition("Considered, and not used")[0]
    )
    told = dict(re.findall(r"^\| ([\w-]+) \| (.+) \|$", table, re.M))
    told.pop("package", None)
    assert set(told) == names
    none([name for name, reason in told.items() if len(reason) < 10])


def test_the_map_shows_every_package() -> None:
    tree = README.read_text(encoding="utf-8").partition("## The map")[2]
    folders = set(re.findall(r"^  (\w+)/ ", tree, re.M))
    held = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == held


def test_the_data_map_shows_every_table_and_what_is_encrypted() -> None:
    feature_modules("models")
    held = {
        table.name: {column.name for column in table.c if isinstance(column.type, Encrypted)}
        for table in Model.metadata.sorted_tables
    }
    wide = [cells for cells in rows(ROOT / "docs" / "privacy.md", r"`\w+`") if len(cells) == 6]
    assert {cells[0].strip("`"): set(INLINE.findall(cells[5])) for cells in wide} == held


def test_the_guide_names_buttons_as_pages_do() -> None:
    with (ROOT / "translations/fr/LC_MESSAGES/messages.po").open("rb") as file:
        words = {m.string for m in read_po(file) if isinstance(m.string, str)}
    named = re.findall(r"\*\*([^*]+?)\*\*", " ".join(prose(ROOT / "docs" / "centre.md").split(" \n")))
    buttons = {" ".join(name.split()) for name in named if not name.endswith((".", "?"))}
    plain = {" ".join(word.split()) for word in words}
    none(sorted(buttons - plain))


def test_pictures_are_light() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert len(pictures) >= 2
    for picture in pictures:
        data = picture.read_bytes()
        assert data.startswith(b"\x89PNG"), picture.name
        assert len(data) < PICTURE_BYTES, picture.name


def test_what_is_vendored_is_named_with_its_licence() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    licences = {path.name for path in (PACKAGE / "static" / "licences").iterdir()}
    assert set(re.findall(r"static/licences/([\w.-]+\w)", notice)) == licences
    pinned = json.loads((ROOT / "frontend" / "package.json").read_text())["devDependencies"]
    for name in ("govuk-frontend", "@tabler/icons", "@fontsource/atkinson-hyperlegible-next"):
        assert pinned[name] in notice, name
    assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
