"""From what was typed to the question, the condition or the frame that it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any as Anything

from engage.core.spot import whole
from engage.core.words import fold
from engage.surveys.questionnaire import scales
from engage.surveys.questionnaire.building.forms import FrameForm, PageForm, QuestionForm, rows_of
from engage.surveys.questionnaire.conditions import Above, All, Answered, Any, Below, Condition, Is, Not, Term
from engage.surveys.questionnaire.document import Choice, Document, Question, Texts
from engage.surveys.questionnaire.kinds import ChoiceKind, Type, Variant

SETTINGS = ("unit", "min", "max", "most")


def question(before: Question, form: QuestionForm) -> Question:
    """The question as it was typed; it keeps its key, its type and its condition."""
    settings = {name: held for name in SETTINGS if (held := form.held(name)) not in (None, "")}
    if before.type is Type.FACES:
        settings["points"] = int(form.held("points") or 5)
    if before.settings.get("nps"):
        settings["nps"] = True
    text = form.worded("text")
    return replace(
        before,
        text=text,
        help={language: held for language, held in form.worded("help").items() if held},
        concept=form.concept.data or before.key,
        required=bool(form.required.data),
        prefer_not=bool(form.prefer_not.data),
        settings=settings,
        choices=_choices(before, form, settings, text),
    )


def _choices(
    before: Question, form: QuestionForm, settings: dict[str, Anything], text: Texts
) -> tuple[Choice, ...]:
    if before.type is Type.FACES and settings["points"] != before.settings.get("points", 5):
        return scales.choices(before.type, settings, text)
    found: list[Choice] = []
    for place in range(rows_of(before)):
        said = form.worded(f"choice{place}")
        if said:
            found.append(_choice(before, place, form, said, [one.code for one in found]))
    return tuple(found)


def _choice(before: Question, place: int, form: QuestionForm, said: Texts, taken: list[str]) -> Choice:
    """A choice that was there keeps its code: answers mean it. A new one is named after its words."""
    if before.type.is_scale:
        return replace(before.choices[place], text=said)
    kind = ChoiceKind(form.held(f"kind{place}") or ChoiceKind.NORMAL)
    held = form.held(f"score{place}")
    score = None if held is None else whole(held)
    if place < len(before.choices):
        return replace(before.choices[place], text=said, kind=kind, score=score)
    every = taken + [choice.code for choice in before.choices]
    return Choice(code_for(said, every), said, score, kind)


def code_for(said: Texts, taken: Sequence[str]) -> str:
    """A free code from the first words, such as `un_medecin`."""
    spoken = next(iter(said.values()), {})
    bare = fold(spoken.get(Variant.STANDARD) or next(iter(spoken.values()), ""))
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in bare)
    base = "_".join(filter(None, kept.split("_")))[:30].strip("_")
    base = base if base[:1].isalpha() else f"c_{base}".strip("_")
    numbered = (f"{base}_{number}" for number in range(2, 100))
    return next(code for code in (base, *numbered) if code not in taken)


def frame(before: Document, form: FrameForm) -> Document:
    """Name, aim, languages and licence; a language that is taken away keeps no words."""
    languages = tuple(form.languages.data or before.languages)
    typed = form.data
    name = {one: typed[f"name__{one}"] for one in languages if typed.get(f"name__{one}")}
    aim = {one: typed[f"aim__{one}"] for one in languages if typed.get(f"aim__{one}")}
    return replace(before, name=name, aim=aim, languages=languages, licence=form.licence.data or "")


def title(form: PageForm) -> dict[str, str]:
    short = {str(Variant.SHORT): form.short.data} if form.short.data else {}
    return {str(Variant.STANDARD): form.title.data or "", **short}


def facts(document: Document, key: str) -> list[tuple[str, Question, str, Term]]:
    """All that a condition of this question may look at: a name for each, and what it means."""
    found: list[tuple[str, Question, str, Term]] = []
    for earlier in document.questions:
        if earlier.key == key:
            break
        if earlier.type is not Type.INFORMATION:
            found += _facts_of(earlier)
    return found


def _facts_of(question: Question) -> list[tuple[str, Question, str, Term]]:
    terms: list[tuple[str, Term]] = [("answered", Answered(question.key, True))]
    if question.type is Type.NUMBER:
        terms += [("above", Above(question.key, 0)), ("below", Below(question.key, 0))]
    if question.type.has_choices and question.type is not Type.RANKING:
        terms += [(f"is.{one.code}", Is(question.key, (one.code,))) for one in question.choices]
    return [(f"{question.key}.{name}", question, name, term) for name, term in terms]


def condition(how: str, lines: Sequence[tuple[Term, bool]]) -> Condition | None:
    """All or any of the lines; each may be denied. No line: always shown."""
    parts = tuple(Not(term) if denied else term for term, denied in lines)
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    return Any(parts) if how == "any" else All(parts)


def lines(found: Condition | None) -> tuple[str, list[tuple[Term, bool]]] | None:
    """What `condition` was made of; None when it is deeper than a list of lines."""
    how = "any" if isinstance(found, Any) else "all"
    parts = found.parts if isinstance(found, All | Any) else (() if found is None else (found,))
    said = [_line(part) for part in parts]
    return None if None in said else (how, [one for one in said if one])


def _line(part: Condition) -> tuple[Term, bool] | None:
    if isinstance(part, Not):
        inner = _line(part.part)
        return (inner[0], True) if inner and not inner[1] else None
    if isinstance(part, Is):
        return (part, False) if len(part.codes) == 1 else None
    return None if isinstance(part, All | Any) else (part, False)
