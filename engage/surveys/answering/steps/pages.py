"""What a step shows, and which step comes after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, abort, request, url_for

from engage.core.i18n import language
from engage.core.render import render, render_kept
from engage.surveys.answering import facts as facts_of
from engage.surveys.answering.facts import Facts
from engage.surveys.answering.filling import Filled, filled
from engage.surveys.answering.progress import progress
from engage.surveys.answering.steps import care, screens
from engage.surveys.answering.steps import session as own
from engage.surveys.answering.steps.writing import Writing
from engage.surveys.answering.taking import OTHER, said
from engage.surveys.questionnaire.document import Question, words
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.questionnaire.telling import tell

FORWARD = {"", "send", "review"}
OURS = {"csrf_token", "begun", "go", "website"}
BEGUN = "--begun--"


def known(code: str) -> Facts:
    """The wave of this address. Aborts with a page that says where the others are."""
    return facts_of.find(code) or abort(Response(render("surveys/unknown.html"), 404))


def carried() -> dict[str, Sequence[str]]:
    """The marks of this form by question."""
    return {name: values for name, values in request.form.lists() if name not in OURS}


def whole(facts: Facts) -> dict[str, Sequence[str]]:
    """The same, of the page with every question: what is not in it was left empty."""
    return {one.key: [] for one in facts.document.questions} | carried()


def one(facts: Facts, held: Writing, found: Filled, key: str, *, is_checked: bool) -> str:
    """One question; as nobody has answered it yet it is the same page for everyone."""
    question = facts.document.question(key)
    assert question is not None  # it is among those that are shown
    error = found.wrong.get(key, "") if is_checked else ""
    values = {name: taken.value for name, taken in found.taken.items() if taken.value is not None}
    where = progress(facts.document, values, key)

    def context() -> dict[str, Any]:
        variant = own.variant()
        return {
            "screen": screens.screen(facts.document, question, held.answers, variant=variant, error=error),
            "progress": where,
            "next_go": "send" if where.is_last else "",
            **_around(facts),
        }

    if error or said(held.answers, key) or said(held.answers, key + OTHER):
        page = render("surveys/question.html", **context())
    else:
        page = render_kept("surveys/question.html", context, facts.code, key, own.variant(), where)
    return page.replace(BEGUN, own.start())


def _around(facts: Facts) -> dict[str, Any]:
    return {
        "facts": facts,
        "begun": BEGUN,
        "variant": own.variant(),
        "has_short": screens.has_short(facts.document),
        "months": screens.months(),
        "years": screens.years(),
    }


def all_of_them(facts: Facts, held: Writing, *, is_checked: bool) -> str:
    """Every question, with the condition of those that only some people answer."""
    document, variant = facts.document, own.variant()
    found = filled(document, held.answers)
    wrong = found.wrong if is_checked else {}
    shown = [
        (
            words(page.title, language(), variant),
            [
                (
                    screens.screen(
                        document, asked, held.answers, variant=variant, error=wrong.get(asked.key, "")
                    ),
                    tell(asked.show_if, document, language()) if asked.show_if else "",
                )
                for asked in page.questions
            ],
        )
        for page in document.pages
    ]
    page = render("surveys/together.html", pages=shown, wrong=wrong, **_around(facts))
    return page.replace(BEGUN, own.start())


def calm(facts: Facts) -> str:
    """The numbers that answer, in place of the page that was asked for; the way on leads to it."""
    return render("surveys/calm.html", facts=facts, here=request.path)


def read_again(facts: Facts, held: Writing, found: Filled) -> str:
    """What will be sent, with what would tell who is meant marked."""
    document, variant = facts.document, own.variant()
    lines = [
        (
            screens.screen(document, asked, held.answers, variant=variant),
            screens.in_words(document, asked, found.taken[asked.key], variant),
            list(care.pieces(found.taken[asked.key].words)),
        )
        for asked in document.questions
        if asked.key in found.taken and asked.type is not Type.INFORMATION
    ]
    context = {"lines": lines, "reasons": care.reasons(care.texts(found)), "held": held}
    page = render("surveys/review.html", wrong=found.wrong, **context, **_around(facts))
    return page.replace(BEGUN, own.start())


def typed(facts: Facts, raw: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Every word somebody wrote, with its question: nothing is lost even when nothing can be sent."""
    written: list[tuple[str, str]] = []
    for asked in facts.document.questions:
        names = [asked.key] if asked.type.is_text else [asked.key + OTHER]
        found = "\n".join(mark for name in names for mark in said(raw, name))
        if found:
            written.append((words(asked.text, language()), found))
    return written


def place(facts: Facts, values: Mapping[str, Any]) -> str:
    """Where to go on: the question left last, else the first."""
    if values["together"]:
        return url_for("survey_steps.together", code=facts.code)
    shown = filled(facts.document, values["answers"]).taken
    at = values["at"]
    return _question(facts, at if at in shown else next(iter(shown)))


def after(facts: Facts, found: Filled, key: str, go: str) -> str:
    """The address that this button leads to from this question."""
    ways = {"later": "survey_steps.later", "review": "survey_steps.review"}
    if go in ways:
        return url_for(ways[go], code=facts.code)
    shown = list(found.taken)
    asked: list[str] = [one.key for one in facts.document.questions]
    if key not in asked:
        return url_for("survey_steps.together", code=facts.code)
    here = asked.index(key)
    if go == "words":
        return _question(facts, key)
    if go == "back":
        before = [one for one in shown if asked.index(one) < here]
        return _question(facts, before[-1]) if before else url_for("surveys.show", code=facts.code)
    following = [one for one in shown if asked.index(one) > here]
    return _question(facts, following[0]) if following else url_for("survey_steps.review", code=facts.code)


def again(facts: Facts, held: Writing, found: Filled) -> str:
    """Where something is wrong; else all that was answered, to be read again."""
    if not found.wrong:
        return url_for("survey_steps.review", code=facts.code)
    if held.values["together"]:
        return url_for("survey_steps.together", code=facts.code, revoir="1")
    first: Question = next(one for one in facts.document.questions if one.key in found.wrong)
    return _question(facts, first.key, revoir="1")


def _question(facts: Facts, key: str, **asked: str) -> str:
    return url_for("survey_steps.question", code=facts.code, key=key, **dict[str, Any](asked))
