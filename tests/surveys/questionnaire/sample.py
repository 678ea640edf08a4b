"""A small questionnaire with one of each type, as a file and as a document."""

from __future__ import annotations

from pathlib import Path

from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.parsing import parse

YAML = (Path(__file__).parent / "sample.yaml").read_text(encoding="utf-8")


def document() -> Document:
    return parse(YAML.encode())
