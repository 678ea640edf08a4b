"""What the committed files may not say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.laws.code import ROOT, committed, none, sources

# words.md gives one English word for each thing; these are others for the same.
OTHER_WORDS = re.compile(
    r"(?<![a-z])(proposal|upvote|vote|categor(y|ies)|clinic|tenant|tracking_code|practice_id|newsletter)s?(?![a-z])"
)


def test_code_keeps_to_the_word_list() -> None:
    found = [
        f"{source.at(node)} {name}"
        for source in sources("engage")
        for node in source.nodes(ast.FunctionDef, ast.ClassDef, ast.arg, ast.Name)
        if (name := getattr(node, "name", None) or getattr(node, "arg", None) or getattr(node, "id", ""))
        and OTHER_WORDS.search(re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower())
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
