"""What the team types about one question, one page, or the frame of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wtforms import BooleanField, Field, FloatField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from engage.core.forms import AreaField, LineField, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.core.spot import CONCEPT
from engage.surveys.questionnaire.document import Document, Page, Question, words
from engage.surveys.questionnaire.forms import OFFERED, LanguagesField, RevisionForm
from engage.surveys.questionnaire.kinds import ChoiceKind, Type, Variant
from engage.surveys.questionnaire.names import KINDS, TYPES

EMPTY_CHOICES = 3
TEXT_LENGTH = 600
VARIANTS = {Variant.STANDARD: _l("words for everyone"), Variant.SHORT: _l("short words")}


class NewQuestionForm(RevisionForm):
    """A question that is not in the bank; its choices come after."""

    type = RadioField(
        _l("How is it answered?"),
        [InputRequired(_l("Choose one."))],
        choices=options(TYPES.items()),
        coerce=Type,
    )
    text = AreaField(_l("The question"), [Written()], max_length=TEXT_LENGTH)


class PageForm(RevisionForm):
    title = LineField(_l("The title of the page"), [Written()])
    short = LineField(_l("Its short words"), [Optional()])


class FrameForm(RevisionForm):
    languages = LanguagesField(_l("Its languages"))
    licence = AreaField(_l("Licence, for a published instrument"), [Optional()], max_length=600)


class QuestionForm(RevisionForm):
    """Words by language and variant, then choices and settings: the fields that this question needs."""

    required = BooleanField(_l("An answer is needed to go on"))
    prefer_not = BooleanField(_l("Offer “I would rather not say”"))
    concept = LineField(
        _l("What it measures (the same word in every version, to compare)"),
        [Regexp(CONCEPT, message=_l("Small letters, digits, dots and hyphens only."))],
    )

    def worded(self, part: str) -> dict[str, dict[str, str]]:
        """What was typed for this part, by language and variant; what is empty does not exist."""
        found: dict[str, dict[str, str]] = {}
        for name, field in self._fields.items():
            if name.startswith(f"{part}__") and field.data:
                _part, language, variant = name.split("__")
                found.setdefault(language, {})[variant] = field.data
        return found

    def held(self, name: str) -> Any:
        """What was typed in a field that this question may have, or None."""
        return self._fields[name].data if name in self._fields else None


def label(language: str, variant: str) -> str:
    return f"{OFFERED.get(language, language)}, {VARIANTS[Variant(variant)]}"


def _fields(question: Question, languages: tuple[str, ...]) -> Iterator[tuple[str, Field]]:
    for language in languages:
        for variant in Variant:
            held = question.text.get(language, {}).get(variant, "")
            named = label(language, variant)
            yield f"text__{language}__{variant}", _area(named, held, language)
        spoken = OFFERED.get(language, language)
        yield (
            f"help__{language}__standard",
            _area(spoken, question.help.get(language, {}).get("standard", ""), language),
        )
    yield from _settings(question)
    for place in range(rows_of(question)):
        yield from _choice(question, place, languages)


def _area(named: Any, held: str, language: str) -> Any:
    spoken = {"lang": language}
    return AreaField(named, [Optional()], max_length=TEXT_LENGTH, default=held, render_kw=spoken)


def _line(named: Any, held: str, language: str) -> Any:
    return LineField(named, [Optional()], default=held, render_kw={"lang": language})


def rows_of(question: Question) -> int:
    """A scale has its choices; a list of choices may grow."""
    if not question.type.has_choices:
        return 0
    return len(question.choices) + (0 if question.type.is_scale else EMPTY_CHOICES)


def _settings(question: Question) -> Iterator[tuple[str, Any]]:
    has = question.settings
    number = [Optional(), NumberRange(-1_000_000, 1_000_000)]
    if question.type is Type.NUMBER:
        yield "unit", LineField(_l("Unit (minutes, days …)"), [Optional()], default=has.get("unit", ""))
        yield "min", IntegerField(_l("Lowest number"), number, default=has.get("min"))
        yield "max", IntegerField(_l("Highest number"), number, default=has.get("max"))
    if question.type is Type.RANKING or question.type.is_text:
        said = (
            _l("How many at most?") if question.type is Type.RANKING else _l("How many characters at most?")
        )
        yield "most", IntegerField(said, [Optional(), NumberRange(1, 5000)], default=has.get("most"))
    if question.type is Type.FACES:
        points = {"3": _l("3 faces"), "5": _l("5 faces")}
        default = str(has.get("points", 5))
        yield "points", RadioField(_l("How many faces?"), choices=options(points.items()), default=default)


def _choice(question: Question, place: int, languages: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    found = question.choices[place] if place < len(question.choices) else None
    for language in languages:
        for variant in Variant:
            held = found.text.get(language, {}).get(variant, "") if found else ""
            name = f"choice{place}__{language}__{variant}"
            yield (
                name,
                _line(label(language, variant), held, language),
            )
    if not question.type.is_scale:
        kind = str(found.kind if found else ChoiceKind.NORMAL)
        yield f"kind{place}", SelectField(_l("Its kind"), choices=options(KINDS.items()), default=kind)
        score = found.score if found else None
        yield f"score{place}", FloatField(_l("Its score"), [Optional()], default=score)


def question_form(question: Question, languages: tuple[str, ...], revision: int) -> QuestionForm:
    """The form of this question, filled with what it says now."""
    kind = type("QuestionFields", (QuestionForm,), dict(_fields(question, languages)))
    now = {"required": question.required, "prefer_not": question.prefer_not, "concept": question.concept}
    made: QuestionForm = kind(data={**now, "revision": revision})
    return made


def frame_form(document: Document, revision: int) -> FrameForm:
    """The name and aim in each language, the languages, the licence."""
    fields: dict[str, Any] = {}
    for language in document.languages:
        spoken = OFFERED.get(language, language)
        fields[f"name__{language}"] = LineField(
            spoken, [Optional()], default=document.name.get(language, ""), render_kw={"lang": language}
        )
        aim = document.aim.get(language, "")
        fields[f"aim__{language}"] = _area(spoken, aim, language)
    kind = type("FrameFields", (FrameForm,), fields)
    now = {"languages": list(document.languages), "licence": document.licence, "revision": revision}
    made: FrameForm = kind(data=now)
    return made


def page_form(page: Page, language: str, revision: int) -> PageForm:
    held = {"title": words(page.title, language), "short": page.title.get(language, {}).get("short", "")}
    return PageForm(data={**held, "revision": revision})
