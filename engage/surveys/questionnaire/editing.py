"""What a builder does to a draft: each change gives a new document and leaves the old one as it was."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from engage.core.i18n import gettext as _
from engage.core.yamltext import Fault, Invalid
from engage.surveys.questionnaire.document import Document, Page, Question, Texts


def _placed(document: Document) -> list[tuple[str, Question]]:
    return [(page.key, question) for page in document.pages for question in page.questions]


def _regrouped(document: Document, placed: list[tuple[str, Question]]) -> Document:
    return document.with_pages(
        tuple(
            replace(page, questions=tuple(question for key, question in placed if key == page.key))
            for page in document.pages
        )
    )


def free_key(document: Document, wanted: str) -> str:
    """`wanted`, or `wanted` with the first number that makes it new."""
    taken = {question.key for question in document.questions}
    if wanted not in taken:
        return wanted
    return next(key for number in count(2) if (key := f"{wanted[:36]}_{number}") not in taken)


def add(document: Document, question: Question, page: str = "") -> Document:
    """Put a question at the end of a page (the last one unless said), under a key that is free."""
    if not document.pages:
        document = add_page(document, {})
    goal = page or document.pages[-1].key
    fresh = replace(question, key=free_key(document, question.key), show_if=None)
    return _regrouped(document, [*_placed(document), (goal, fresh)])


def add_page(document: Document, title: Texts) -> Document:
    taken = {page.key for page in document.pages}
    key = next(key for number in count(1) if (key := f"p{number}") not in taken)
    return document.with_pages((*document.pages, Page(key, title)))


def move(document: Document, key: str, *, up: bool) -> Document:
    """One place up or down; at the edge of a page, into the page beside it."""
    pages = list(document.pages)
    at = next(place for place, page in enumerate(pages) if any(one.key == key for one in page.questions))
    held = list(pages[at].questions)
    place = next(place for place, one in enumerate(held) if one.key == key)
    goal = place - 1 if up else place + 1
    if 0 <= goal < len(held):
        held[place], held[goal] = held[goal], held[place]
        pages[at] = replace(pages[at], questions=tuple(held))
        return document.with_pages(tuple(pages))
    return _to_page(document, at, at - 1 if up else at + 1, key, up=up)


def _to_page(document: Document, at: int, goal: int, key: str, *, up: bool) -> Document:
    pages = list(document.pages)
    if not 0 <= goal < len(pages):
        return document
    moved = next(one for one in pages[at].questions if one.key == key)
    pages[at] = replace(pages[at], questions=tuple(one for one in pages[at].questions if one.key != key))
    beside = pages[goal].questions
    pages[goal] = replace(pages[goal], questions=(*beside, moved) if up else (moved, *beside))
    return document.with_pages(tuple(pages))


def remove(document: Document, key: str) -> Document:
    """Take a question away; conditions that name it stay, and freezing says so."""
    return _regrouped(document, [pair for pair in _placed(document) if pair[1].key != key])


def change(document: Document, key: str, question: Question) -> Document:
    """Put `question` where the one with `key` stands. Raises Invalid when its new key is taken."""
    if question.key != key and document.question(question.key):
        raise Invalid([Fault(_("Another question has this key."), question.key)])
    placed = [(page, question if one.key == key else one) for page, one in _placed(document)]
    return _regrouped(document, placed)
