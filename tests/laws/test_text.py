"""What the committed files may not say."""

from __future__ import annotations

import ast
import gzip
import re
import tomllib
from collections.abc import Iterator

import brotli

from tests.laws.code import PACKAGE, ROOT, committed, none, sources

# words.md gives one English word for each thing; these are others for the same.
OTHER_WORDS = re.compile(
    r"(?<![a-z])(proposal|upvote|vote|categor(y|ies)|clinic|tenant|tracking_code|practice_id|newsletter)s?(?![a-z])"
)
# Ideas are supported, never voted on; a group that decides by ballots does vote.
VOTING = "engage/groups/deciding/"


def test_code_keeps_to_the_word_list() -> None:
    found = [
        f"{source.at(node)} {name}"
        for source in sources("engage")
        for node in source.nodes(ast.FunctionDef, ast.ClassDef, ast.arg, ast.Name)
        if (name := getattr(node, "name", None) or getattr(node, "arg", None) or getattr(node, "id", ""))
        and (other := OTHER_WORDS.search(re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()))
        and not (other[1] == "vote" and source.name.startswith(VOTING))
    ]
    none(found)


MACHINE = re.compile(
    r"(^|[^a-z])/(" + "|".join(["wo" + "rk", "ro" + "ot", "fa" + "rm", "tm" + "p"]) + ")/", re.M
)
REGISTRY = re.compile(
    "|".join(["py" + r"pi\.org", "python" + "hosted", "registry" + r"\.npm", "deb" + r"\.debian"])
)


def _texts() -> Iterator[tuple[str, str]]:
    for path in committed():
        data = path.read_bytes()
        if b"\0" not in data:
            yield path.relative_to(ROOT).as_posix(), data.decode("utf-8", "replace")


def test_no_file_names_a_machine_or_a_registry() -> None:
    laws = (MACHINE, REGISTRY)
    none(
        [
            f"{name}: {spot[0].strip()}"
            for name, text in _texts()
            for law in laws
            if (spot := law.search(text))
        ]
    )


def test_the_lock_names_every_dependency_and_no_address() -> None:
    """`uv export --extra postgres --no-dev --no-emit-project --no-header -o requirements.lock`.

    The extra `spss` weighs as much as all the rest: who wants it asks for it.
    """
    lock = (ROOT / "requirements.lock").read_text()
    locked = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.M))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    groups = [project["project"]["dependencies"], extras["postgres"]]
    asked = [re.split(r"[\[<>=;~ ]", line)[0].lower() for group in groups for line in group]
    none([name for name in asked if name != "engage" and name not in locked])
    none(re.findall(r"https?://\S+|file:\S+", lock))
    assert lock.count("--hash=sha256:") >= len(locked)


def test_the_style_sheet_travels_compressed() -> None:
    """The build writes both beside it; an old copy would be what every browser gets."""
    sheet = PACKAGE / "static" / "css" / "engage.css"
    built = sheet.read_bytes()
    assert brotli.decompress(sheet.with_name("engage.css.br").read_bytes()) == built
    assert gzip.decompress(sheet.with_name("engage.css.gz").read_bytes()) == built
