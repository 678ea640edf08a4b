"""What comes with the site: questions by theme, and whole questionnaires to begin from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from engage.surveys.questionnaire.document import Document, Question, Texts
from engage.surveys.questionnaire.parsing import parse, parse_questions

CONTENT = Path(__file__).parent / "content"


@cache
def themes() -> Mapping[str, tuple[Question, ...]]:
    """The questions of the bank by theme."""
    found = (parse_questions(path.read_bytes()) for path in sorted((CONTENT / "bank").glob("*.yaml")))
    return {theme: tuple(questions) for theme, questions in found}


@cache
def ready() -> Mapping[str, Document]:
    """The ready questionnaires by code."""
    found = [parse(path.read_bytes()) for path in sorted((CONTENT / "ready").glob("*.yaml"))]
    return {document.code: document for document in found}


def question(key: str) -> Question | None:
    return next((one for questions in themes().values() for one in questions if one.key == key), None)


def fitted(question: Question, languages: tuple[str, ...]) -> Question:
    """The question with only the words of these languages."""
    choices = tuple(replace(choice, text=_only(choice.text, languages)) for choice in question.choices)
    text, help_ = _only(question.text, languages), _only(question.help, languages)
    return replace(question, text=text, help=help_, choices=choices)


def _only(texts: Texts, languages: tuple[str, ...]) -> Texts:
    return {language: texts[language] for language in languages if language in texts}
