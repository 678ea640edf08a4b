"""The twenty questions that an author answers before a page is published."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from engage.core.i18n import language

FILE = Path(__file__).parent / "content" / "questions.yaml"
ANSWERS = ("yes", "no", "none")


class Question(NamedTuple):
    key: str
    words: str


class Part(NamedTuple):
    title: str
    questions: list[Question]


@cache
def _content() -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return held


def questions() -> list[Part]:
    """In the language of the page, part by part."""
    code = language()
    return [
        Part(part["part"][code], [Question(one["key"], one[code]) for one in part["questions"]])
        for part in _content()
    ]


def keys() -> list[str]:
    return [one["key"] for part in _content() for one in part["questions"]]


def answered(checklist: Mapping[str, str]) -> int:
    """How many of the questions have an answer."""
    return sum(key in checklist for key in keys())
