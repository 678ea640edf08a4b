"""The first use of each word of the glossary on a page becomes a link to what it means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

from flask import g, url_for
from markupsafe import Markup, escape

from engage.core.cache import remember
from engage.core.i18n import language as page_language
from engage.core.words import fold
from engage.pages.glossary import queries
from engage.pages.glossary.queries import Meaning

PIECES = re.compile(r"(<[^>]*>)")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
WORD = re.compile(r"[^\W_]+(?:·[^\W_]+)*")
BETWEEN = re.compile(r"(?:[\s'’‐‑-]|&nbsp;|&#39;|&#x27;)+")
# Nothing is linked within a link, what is pressed or typed, a title, or a word that is being defined.
CLOSED = frozenset(
    {
        *("a", "abbr", "button", "code", "dfn", "figcaption", "label", "legend", "option", "pre", "script"),
        *("style", "summary", "svg", "textarea", "title", "h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
ENDING = re.compile(r"(?<=..)(?:es?|s|x)$")
# A term that ends in one of these needs its hyphen: "l’aller-vers" is not "aller vers".
PREPOSITIONS = frozenset({"vers", "avec", "pour", "chez", "sans", "par"})
LEAST_AS_NAME = 4


class Form(NamedTuple):
    """A writing cut into words: `exact` ones are initials, which only count as they are written."""

    keys: tuple[str, ...]
    exact: frozenset[str]
    hyphen: bool
    meaning: Meaning


class Linked(NamedTuple):
    html: str
    used: tuple[Meaning, ...]


def defined(html: str, language: str | None = None) -> Markup:
    """The text with a link on the first use of each term on this page; plain text is escaped first."""
    spoken = language or page_language()
    held: dict[str, Meaning] = g.setdefault("defined", {})
    text = str(escape(html))
    key = ("linked", spoken, blake2b(text.encode(), digest_size=16).digest(), frozenset(held))
    linked = remember(key, lambda: _linked(text, spoken, set(held)), seconds=queries.KEPT_SECONDS)
    held.update((meaning.slug, meaning) for meaning in linked.used)
    return Markup(linked.html)  # noqa: S704  (what came in was safe, and what is added is escaped)


def used() -> list[Meaning]:
    """What was linked on this page so far, in the order of the alphabet."""
    found: dict[str, Meaning] = g.get("defined", {})
    return sorted(found.values(), key=lambda meaning: fold(meaning.term))


def _linked(html: str, language: str, used: set[str]) -> Linked:
    forms = _forms(language)
    found: list[Meaning] = []
    if not forms:
        return Linked(html, ())
    pieces, inside = PIECES.split(html), 0
    for place, piece in enumerate(pieces):
        if place % 2:
            inside = max(0, inside + _depth(piece))
        elif not inside:
            pieces[place] = _text(piece, forms, used, found)
    return Linked("".join(pieces), tuple(found))


def _depth(tag: str) -> int:
    """How many closed elements more or less we are in after this tag."""
    named = TAG.match(tag)
    if not named or named[2].lower() not in CLOSED:
        return 0
    return -1 if named[1] else 1


def _text(text: str, forms: Mapping[str, list[Form]], used: set[str], found: list[Meaning]) -> str:
    words, done, parts = list(WORD.finditer(text)), 0, []
    for place, word in enumerate(words):
        if word.start() < done:
            continue
        match = _at(text, words, place, forms, used)
        if match is None:
            continue
        form, end = match
        used.add(form.meaning.slug)
        found.append(form.meaning)
        parts += [text[done : word.start()], _link(text[word.start() : end], form.meaning)]
        done = end
    return "".join(parts) + text[done:]


def _at(
    text: str, words: list[re.Match[str]], place: int, forms: Mapping[str, list[Form]], used: set[str]
) -> tuple[Form, int] | None:
    """The longest term that is not yet defined and begins with this word, and where it ends."""
    for form in forms.get(_key(words[place][0]), ()):
        here = words[place : place + len(form.keys)]
        if form.meaning.slug not in used and _is(text, here, form):
            return form, here[-1].end()
    return None


def _is(text: str, here: list[re.Match[str]], form: Form) -> bool:
    if form.exact:
        return here[0][0] in form.exact
    if len(here) < len(form.keys) or any(
        _key(word[0]) != key for word, key in zip(here, form.keys, strict=True)
    ):
        return False
    gaps = [text[one.end() : other.start()] for one, other in pairwise(here)]
    return all(BETWEEN.fullmatch(gap) and (not form.hyphen or not gap.isspace()) for gap in gaps)


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    """A word whatever its accents, number and gender ("usagère·s" → "usager")."""
    return ENDING.sub("", fold(word.partition("·")[0]))


def _link(words: str, meaning: Meaning) -> str:
    there = url_for("glossary.show", slug=meaning.slug)
    return f'<a class="defined" href="{there}">{words}</a>'


def _forms(language: str) -> Mapping[str, list[Form]]:
    return remember(
        ("glossary automaton", language), lambda: _by_first(language), seconds=queries.KEPT_SECONDS
    )


def _by_first(language: str) -> dict[str, list[Form]]:
    """Every writing by the key of its first word, the longest ones first."""
    found: dict[str, list[Form]] = defaultdict(list)
    for form in _cut(language):
        found[form.keys[0]].append(form)
    for forms in found.values():
        forms.sort(key=lambda form: -len(form.keys))
    return dict(found)


def _cut(language: str) -> Iterator[Form]:
    for form, meaning in queries.writings(language):
        words = WORD.findall(form)
        if words:
            keys = tuple(map(_key, words))
            hyphen = fold(words[-1]) in PREPOSITIONS
            yield Form(keys, _exact(words), hyphen, meaning)


def _exact(words: list[str]) -> frozenset[str]:
    """How initials may be written: "EHPAD", "Ehpad", "EHPADs"; nothing for other words."""
    if len(words) > 1 or sum(sign.isupper() for sign in words[0]) < 2:
        return frozenset()
    name = {words[0].capitalize()} if len(words[0]) >= LEAST_AS_NAME else set()
    return frozenset({words[0], words[0] + "s"} | name)
