"""Whether a document could be frozen: everything that is missing or does not fit, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from engage.core.i18n import gettext as _
from engage.core.yamltext import Fault
from engage.surveys.questionnaire.asking import faults_of_question
from engage.surveys.questionnaire.conditions import Condition, Is, Term, asked, terms
from engage.surveys.questionnaire.document import Document, Question, Texts
from engage.surveys.questionnaire.kinds import Type, Variant
from engage.surveys.questionnaire.paths import TooManyPaths, paths


def faults(document: Document) -> list[Fault]:
    """All that stands between this document and its freezing; none: it can be frozen."""
    checks: tuple[Callable[[Document], Iterator[Fault]], ...] = (
        _contents, _doubled, _languages, _short_twin, _conditions,
    )  # fmt: skip
    found = [fault for check in checks for fault in check(document)]
    found += [fault for question in document.questions for fault in faults_of_question(question)]
    return found or list(_reach(document))


def said(question: Question) -> str:
    return _("question %(key)s", key=question.key)


def _contents(document: Document) -> Iterator[Fault]:
    if all(question.type is Type.INFORMATION for question in document.questions):
        yield Fault(_("There must be at least one question."))
    if not document.languages:
        yield Fault(_("Give each language once."))


def _doubled(document: Document) -> Iterator[Fault]:
    keys = [question.key for question in document.questions]
    yield from (Fault(_("This key stands twice."), key) for key in _twice(keys))
    yield from (Fault(_("This key stands twice."), key) for key in _twice([p.key for p in document.pages]))
    for question in document.questions:
        for code in _twice([choice.code for choice in question.choices]):
            yield Fault(_("The choice “%(code)s” stands twice.", code=code), said(question))


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _worded(document: Document) -> Iterator[tuple[str, Texts]]:
    """All words with their place, as they must exist in every language."""
    for page in document.pages:
        if page.title:
            yield page.key, page.title
    for question in document.questions:
        yield said(question), question.text
        if question.help:
            yield said(question), question.help
        for choice in question.choices:
            yield f"{said(question)}, {choice.code}", choice.text


def _languages(document: Document) -> Iterator[Fault]:
    wanted = set(document.languages)
    for name, by_language in ((_("name"), document.name), (_("aim"), document.aim)):
        for language in sorted(wanted - {key for key, body in by_language.items() if body}):
            yield Fault(_("The words are missing in this language: %(language)s.", language=language), name)
    for place, texts in _worded(document):
        there = {language for language, held in texts.items() if held.get(Variant.STANDARD)}
        for language in sorted(wanted - there):
            yield Fault(_("The words are missing in this language: %(language)s.", language=language), place)
        for language in sorted(texts.keys() - wanted):
            yield Fault(
                _("This language is not one of the questionnaire: %(language)s.", language=language), place
            )


def _short_twin(document: Document) -> Iterator[Fault]:
    """The short words have the same questions and the same codes as the others, or do not exist."""
    helps = [question.help for question in document.questions]
    every = [(place, texts) for place, texts in _worded(document) if not any(texts is one for one in helps)]
    for language in document.languages:
        short = [bool(texts.get(language, {}).get(Variant.SHORT)) for _place, texts in every]
        if any(short):
            yield from (
                Fault(
                    _("The short words are missing in this language: %(language)s.", language=language), place
                )
                for (place, _texts), there in zip(every, short, strict=True)
                if not there
            )


def _conditions(document: Document) -> Iterator[Fault]:
    earlier: dict[str, Question] = {}
    for question in document.questions:
        for term in terms(question.show_if):
            yield from _term(document, question, term, earlier)
        earlier[question.key] = question


def _term(
    document: Document, question: Question, term: Term, earlier: dict[str, Question]
) -> Iterator[Fault]:
    looked_at = document.question(term.question)
    if looked_at is None:
        yield Fault(
            _("Its condition names “%(key)s”, which does not exist.", key=term.question), said(question)
        )
    elif _leads_to(document, term.question, question.key, set()):
        yield Fault(_("Its condition goes in a circle with “%(key)s”.", key=term.question), said(question))
    elif term.question not in earlier:
        yield Fault(_("Its condition names “%(key)s”, which comes later.", key=term.question), said(question))
    elif unfit := unfit_term(term, looked_at):
        yield Fault(unfit, said(question))


def _leads_to(document: Document, key: str, goal: str, seen: set[str]) -> bool:
    """Whether the condition of `key` looks at `goal`, directly or through others."""
    if key == goal:
        return True
    if key in seen:
        return False
    seen.add(key)
    through: Condition | None = found.show_if if (found := document.question(key)) else None
    return any(_leads_to(document, other, goal, seen) for other in asked(through))


def unfit_term(term: Term, looked_at: Question) -> str:
    """A sentence when this can never be asked of that question, else nothing."""
    if looked_at.type is Type.INFORMATION:
        return _("Its condition names “%(key)s”, which has no answer.", key=term.question)
    if isinstance(term, Is):
        unknown = [code for code in term.codes if looked_at.choice(code) is None]
        if unknown or not term.codes:
            code = unknown[0] if unknown else ""
            return _("Its condition asks for the choice “%(code)s”, which does not exist.", code=code)
    elif hasattr(term, "number") and looked_at.type is not Type.NUMBER:
        return _("Its condition compares “%(key)s” with a number, but its answer is none.", key=term.question)
    return ""


def _reach(document: Document) -> Iterator[Fault]:
    """Only asked of a document without any other fault."""
    try:
        shown = {key for path in paths(document) for key in path.shown}
    except TooManyPaths:
        yield Fault(_("There are more than 1,000 ways through it. Use fewer conditions."))
        return
    for question in document.questions:
        if question.key not in shown:
            yield Fault(_("Nobody can ever be shown this question: look at its condition."), said(question))
