"""From a document to its YAML: the same document always gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any as Anything
from typing import TypeVar

from engage.core.yamltext import dump
from engage.surveys.questionnaire import scales
from engage.surveys.questionnaire.conditions import Above, All, Answered, Any, Below, Condition, Is, Not
from engage.surveys.questionnaire.document import Choice, Document, Page, Question, Texts
from engage.surveys.questionnaire.kinds import ChoiceKind, Variant

Held = TypeVar("Held")


def write(document: Document) -> str:
    """The one YAML text of a document; parsing it gives the document back."""
    return dump(plain(document))


def content_hash(document: Document) -> str:
    """SHA-256 of what `write` gives: with the same hash, two versions ask the same in the same words."""
    return sha256(write(document).encode()).hexdigest()


def plain(document: Document) -> dict[str, Anything]:
    return {
        "questionnaire": document.code,
        "name": _ordered(document.name, document.languages),
        "aim": _ordered(document.aim, document.languages),
        "licence": document.licence,
        "instrument": document.instrument,
        "languages": list(document.languages),
        "pages": [_page(page, document.languages) for page in document.pages],
    }


def _ordered(held: Mapping[str, Held], languages: Sequence[str]) -> dict[str, Held]:
    """By language: those of the document in its order, then others that were left in it."""
    order = [*languages, *sorted(held.keys() - set(languages))]
    return {language: held[language] for language in order if language in held}


def _page(page: Page, languages: Sequence[str]) -> dict[str, Anything]:
    return {
        "key": page.key,
        "title": _texts(page.title, languages),
        "questions": [plain_question(question, languages) for question in page.questions],
    }


def plain_question(question: Question, languages: Sequence[str]) -> dict[str, Anything]:
    """What is always said, then only what is not the usual; ready choices go without saying."""
    said: dict[str, Anything] = {
        "key": question.key,
        "concept": question.concept,
        "type": str(question.type),
        "required": question.required,
        "prefer_not": question.prefer_not,
    }
    if question.show_if is not None:
        said["show_if"] = plain_condition(question.show_if)
    if question.settings:
        said["settings"] = dict(sorted(question.settings.items()))
    said["text"] = _texts(question.text, languages)
    if question.help:
        said["help"] = _texts(question.help, languages)
    if question.choices != scales.choices(question.type, question.settings, question.text):
        said["choices"] = [_choice(choice, languages) for choice in question.choices]
    return said


def _choice(choice: Choice, languages: Sequence[str]) -> dict[str, Anything]:
    said: dict[str, Anything] = {"code": choice.code}
    if choice.score is not None:
        said["score"] = choice.score
    if choice.kind is not ChoiceKind.NORMAL:
        said["kind"] = str(choice.kind)
    return said | {"text": _texts(choice.text, languages)}


def _texts(texts: Texts, languages: Sequence[str]) -> dict[str, dict[str, str]]:
    return {
        language: {str(variant): held[variant] for variant in Variant if variant in held}
        for language, held in _ordered(texts, languages).items()
    }


def plain_condition(condition: Condition) -> dict[str, Anything]:
    match condition:
        case All(parts) | Any(parts):
            name = "all" if isinstance(condition, All) else "any"
            return {name: [plain_condition(part) for part in parts]}
        case Not(part):
            return {"not": plain_condition(part)}
        case Is(question, codes):
            return {"question": question, "is": list(codes)}
        case Answered(question, yes):
            return {"question": question, "answered": yes}
        case Above(question, number) | Below(question, number):
            return {"question": question, "above" if isinstance(condition, Above) else "below": number}
