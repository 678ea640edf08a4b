"""From plain data to a guide: every fault is said with its place, and nothing is half taken."""

from __future__ import annotations

import re
from typing import Any

from engage.core.spot import Spot
from engage.core.yamltext import Invalid, Loaded, dump, load
from engage.pages.guide.tree import Choice, Contact, End, Question, Source, Tree, plain

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\Z")
ICON = re.compile(r"[a-z0-9-]{0,30}\Z")
MOST_NODES, MOST_CHOICES, MOST_CONTACTS, MOST_LINES = 60, 8, 3, 8
LINE, SENTENCE = 120, 400
TREE = {"title": True, "lead": False, "danger": True, "first": True, "questions": True, "ends": True}
QUESTION = {"key": True, "ask": True, "help": False, "choices": True}
CHOICE = {"words": True, "to": True, "icon": False}
END = {
    "key": True, "title": True, "icon": False, "does": True, "steps": False, "page": False, "contacts": True,
}  # fmt: skip
CONTACT = {"who": True, "source": False, "phone": False, "hours": False, "place": False}


def parse(raw: bytes) -> tuple[Tree, Loaded]:
    """The guide that a YAML file says, and where each part of it stands. Raises Invalid."""
    loaded = load(raw)
    return _read(Spot(loaded.data, loaded)), loaded


def stored(data: Any) -> Tree:
    """The guide that the database keeps."""
    return _read(Spot(data, Loaded()))


def written(tree: Tree) -> str:
    """The file of a guide: what `parse` reads."""
    return dump(plain(tree))


def _read(spot: Spot) -> Tree:
    has = spot.fields(TREE)
    found = Tree(
        title=_words(has, "title", LINE),
        lead=_words(has, "lead", SENTENCE, blank=True),
        danger=_lines(has, "danger"),
        first=_key(has, "first"),
        questions=tuple(_question(one) for one in _items(has, "questions", MOST_NODES)),
        ends=tuple(_end(one) for one in _items(has, "ends", MOST_NODES)),
    )
    if spot.faults:
        raise Invalid(spot.faults)
    return found


def _question(spot: Spot) -> Question:
    has = spot.fields(QUESTION)
    return Question(
        key=_key(has, "key"),
        ask=_words(has, "ask", LINE),
        help=_words(has, "help", SENTENCE, blank=True),
        choices=tuple(_choice(one) for one in _items(has, "choices", MOST_CHOICES)),
    )


def _choice(spot: Spot) -> Choice:
    has = spot.fields(CHOICE)
    return Choice(_words(has, "words", LINE), _key(has, "to", blank=True), _icon(has))


def _end(spot: Spot) -> End:
    has = spot.fields(END)
    return End(
        key=_key(has, "key"),
        title=_words(has, "title", LINE),
        icon=_icon(has),
        does=_words(has, "does", SENTENCE, blank=True),
        steps=_lines(has, "steps"),
        page=_key(has, "page", blank=True),
        contacts=tuple(_contact(one) for one in _items(has, "contacts", MOST_CONTACTS)),
    )


def _contact(spot: Spot) -> Contact:
    has = spot.fields(CONTACT)
    return Contact(
        who=_words(has, "who", LINE, blank=True),
        source=has["source"].one_of(Source) if "source" in has else Source.OWN,
        phone=_words(has, "phone", 40, blank=True),
        hours=_words(has, "hours", LINE, blank=True),
        place=_words(has, "place", SENTENCE, blank=True),
    )


def _items(has: dict[str, Spot], name: str, most: int) -> list[Spot]:
    return has[name].items(most, "key" if most == MOST_NODES else "") if name in has else []


def _lines(has: dict[str, Spot], name: str) -> tuple[str, ...]:
    return tuple(one.words(SENTENCE) for one in _items(has, name, MOST_LINES))


def _words(has: dict[str, Spot], name: str, most: int, *, blank: bool = False) -> str:
    return has[name].words(most, blank=blank) if name in has else ""


def _key(has: dict[str, Spot], name: str, *, blank: bool = False) -> str:
    if name not in has or (blank and not has[name].value):
        return ""
    return has[name].name(KEY)


def _icon(has: dict[str, Spot]) -> str:
    return has["icon"].name(ICON) if "icon" in has and has["icon"].value else ""
