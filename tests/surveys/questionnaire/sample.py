"""A small questionnaire with one of each type, as a file and as a document."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.parsing import parse

YAML = (Path(__file__).parent / "sample.yaml").read_text(encoding="utf-8")


@cache
def document() -> Document:
    return parse(YAML.encode())


def small(code: str) -> Document:
    """Two questions, the second with a condition: where only its being there matters."""
    whole = document()
    first = whole.pages[0]
    kept = tuple(one for one in first.questions if one.key in {"came", "minutes"})
    return replace(whole, code=code, pages=(replace(first, questions=kept),))
