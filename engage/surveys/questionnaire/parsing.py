"""From a YAML file to a document: every fault is said with its place, and nothing is half taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any as Anything

from engage.core.i18n import gettext as _
from engage.core.spot import CODE, CONCEPT, KEY, LANGUAGE, Spot
from engage.core.yamltext import Invalid, Loaded, load
from engage.surveys.questionnaire import scales
from engage.surveys.questionnaire.conditions import Above, All, Answered, Any, Below, Condition, Is, Not
from engage.surveys.questionnaire.document import Choice, Document, Page, Question, Texts
from engage.surveys.questionnaire.kinds import ChoiceKind, Type, Variant

MOST_PAGES, MOST_QUESTIONS, MOST_CHOICES, MOST_LANGUAGES = 40, 60, 30, 12
LINE = 300
DOCUMENT = {
    "questionnaire": True, "name": True, "aim": True, "licence": False, "instrument": False,
    "languages": True, "pages": True,
}  # fmt: skip
QUESTION = {
    "key": True, "concept": True, "type": True, "required": False, "prefer_not": False, "show_if": False,
    "settings": False, "text": True, "help": False, "choices": False,
}  # fmt: skip
SETTINGS: dict[Type, tuple[str, ...]] = {
    Type.FACES: ("points",),
    Type.NUMBER: ("unit", "min", "max", "nps"),
    Type.RANKING: ("most",),
    Type.SHORT_TEXT: ("most",),
    Type.LONG_TEXT: ("most",),
}


def parse(raw: bytes) -> Document:
    """The document that a file says, without asking yet whether it could be frozen. Raises Invalid."""
    loaded = load(raw)
    spot = Spot(loaded.data, loaded)
    found = document(spot)
    if spot.faults:
        raise Invalid(spot.faults)
    return found


def parse_questions(raw: bytes) -> tuple[str, list[Question]]:
    """A theme of the bank: its name and its questions. Raises Invalid."""
    loaded = load(raw)
    spot = Spot(loaded.data, loaded)
    has = spot.fields({"theme": True, "questions": True})
    theme = has["theme"].name() if "theme" in has else ""
    found = [question(each) for each in has["questions"].items(200, "key")] if "questions" in has else []
    if spot.faults:
        raise Invalid(spot.faults)
    return theme, found


def condition_of(plain: Anything) -> Condition | None:
    """A condition from the plain data of a form or of a row. Raises Invalid."""
    spot = Spot(plain, Loaded())
    found = _condition(spot) if plain is not None else None
    if spot.faults:
        raise Invalid(spot.faults)
    return found


def document(spot: Spot) -> Document:
    has = spot.fields(DOCUMENT)
    take = _Taker(has)
    return Document(
        code=take("questionnaire", lambda one: one.name(CODE), ""),
        name=take("name", _by_language, {}),
        aim=take("aim", _by_language, {}),
        licence=take("licence", lambda one: one.words(blank=True), ""),
        instrument=take("instrument", _instrument, None),
        languages=tuple(take("languages", _languages, ())),
        pages=tuple(take("pages", lambda one: [_page(page) for page in one.items(MOST_PAGES, "key")], ())),
    )


class _Taker:
    """Reads a field that is there, or gives what stands for one that is not."""

    def __init__(self, has: dict[str, Spot]) -> None:
        self.has = has

    def __call__(self, name: str, read: Callable[[Spot], Anything], otherwise: Anything) -> Anything:
        return read(self.has[name]) if name in self.has else otherwise


def _languages(spot: Spot) -> list[str]:
    found = [one.name(LANGUAGE) for one in spot.items(MOST_LANGUAGES)]
    if not found or len(set(found)) < len(found):
        spot.fail(_("Give each language once."))
    return found


def _by_language(spot: Spot) -> dict[str, str]:
    return {language: one.words(LINE * 2) for language, one in _each_language(spot)}


def _each_language(spot: Spot) -> Iterable[tuple[str, Spot]]:
    if not isinstance(spot.value, dict):
        spot.fail(_("Give the words by language, for example fr: …"))
        return
    for language, value in spot.value.items():
        if LANGUAGE.match(language):
            yield language, spot.below(language, value)
        else:
            spot.fail(_("“%(name)s” is not a language.", name=language))


def _texts(spot: Spot) -> Texts:
    found = {}
    for language, one in _each_language(spot):
        has = one.fields({Variant.STANDARD: True, Variant.SHORT: False})
        found[language] = {str(variant): words.words() for variant, words in has.items()}
    return found


def _instrument(spot: Spot) -> dict[str, Anything] | None:
    """The name of a published instrument and how it is scored; null for our own questions."""
    if spot.value is None:
        return None
    has = spot.fields({"name": True, "scoring": True})
    found: dict[str, Anything] = {"name": has["name"].words(LINE) if "name" in has else ""}
    if "scoring" in has:
        score = has["scoring"].fields({"concept": True, "rule": True, "half": False})
        take = _Taker(score)
        found["scoring"] = {
            "concept": take("concept", lambda one: one.name(CONCEPT), ""),
            "rule": take("rule", _rule, ""),
            "half": take("half", Spot.flag, False),
        }
    return found


def _rule(spot: Spot) -> str:
    if spot.value != "linear-0-100":
        spot.fail(_("One of these is expected here: %(names)s.", names="linear-0-100"))
    return "linear-0-100"


def _page(spot: Spot) -> Page:
    take = _Taker(spot.fields({"key": True, "title": True, "questions": True}))
    questions = take(
        "questions", lambda one: [question(each) for each in one.items(MOST_QUESTIONS, "key")], ()
    )
    return Page(take("key", Spot.name, ""), take("title", _texts, {}), tuple(questions))


def question(spot: Spot) -> Question:
    """One question of a document or of the bank; a scale without choices takes the ready ones."""
    take = _Taker(spot.fields(QUESTION))
    kind: Type = take("type", lambda one: one.one_of(Type), Type.INFORMATION)
    settings = take("settings", lambda one: _settings(one, kind), {})
    text = take("text", _texts, {})
    choices = take("choices", lambda one: [_choice(each) for each in one.items(MOST_CHOICES, "code")], None)
    return Question(
        key=take("key", lambda one: one.name(KEY), ""),
        concept=take("concept", lambda one: one.name(CONCEPT), ""),
        type=kind,
        text=text,
        required=take("required", Spot.flag, False),
        prefer_not=take("prefer_not", Spot.flag, False),
        show_if=take("show_if", lambda one: _condition(one) if one.value is not None else None, None),
        settings=settings,
        help=take("help", _texts, {}),
        choices=scales.choices(kind, settings, text) if choices is None else tuple(choices),
    )


def _settings(spot: Spot, kind: Type) -> dict[str, Anything]:
    has = spot.fields(dict.fromkeys(SETTINGS.get(kind, ()), False))
    readers = {"unit": lambda one: one.words(40), "nps": Spot.flag}
    return {name: readers.get(name, Spot.number)(one) for name, one in has.items()}


def _choice(spot: Spot) -> Choice:
    take = _Taker(spot.fields({"code": True, "score": False, "kind": False, "text": True}))
    return Choice(
        code=take("code", Spot.name, ""),
        text=take("text", _texts, {}),
        score=take("score", lambda one: None if one.value is None else one.number(), None),
        kind=take("kind", lambda one: one.one_of(ChoiceKind), ChoiceKind.NORMAL),
    )


def _condition(spot: Spot) -> Condition:
    names = set(spot.value) if isinstance(spot.value, dict) else set()
    if names in ({"all"}, {"any"}):
        return _group(spot, names.pop())
    if names == {"not"}:
        return Not(_condition(spot.below("not", spot.value["not"])))
    if "question" in names and len(names) == 2:
        return _term(spot, (names - {"question"}).pop())
    spot.fail(_("A condition is: all, any, not, or a question with is, above, below or answered."))
    return All(())


def _group(spot: Spot, name: str) -> Condition:
    parts = tuple(_condition(part) for part in spot.below(name, spot.value[name]).items(20))
    if not parts:
        spot.fail(_("This condition is empty."))
    return All(parts) if name == "all" else Any(parts)


def _term(spot: Spot, name: str) -> Condition:
    asked = spot.below("question", spot.value["question"]).name()
    told = spot.below(name, spot.value[name])
    if name == "is":
        codes = tuple(one.name() for one in told.items(MOST_CHOICES))
        return Is(asked, codes)
    if name == "answered":
        return Answered(asked, told.flag())
    if name not in {"above", "below"}:
        spot.fail(_("A condition is: all, any, not, or a question with is, above, below or answered."))
        return All(())
    return Above(asked, told.number()) if name == "above" else Below(asked, told.number())
