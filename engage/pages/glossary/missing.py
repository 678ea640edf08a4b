"""Initials on published pages that neither the page nor the glossary explains."""

from __future__ import annotations

from typing import NamedTuple

from engage.core.cache import remember
from engage.pages import queries as pages
from engage.pages import registry
from engage.reading import Body
from engage.reading.acronyms import Acronyms
from engage.reading.text import Given, Text

KEPT_SECONDS = 600


class Unexplained(NamedTuple):
    """Initials as the first page writes them, and the pages (slug, title) where they stand."""

    initials: str
    pages: list[tuple[str, str]]


def unexplained() -> list[Unexplained]:
    """What a reader of the site meets and finds nowhere explained, in the order of the alphabet."""
    return remember("unexplained initials", _unexplained, seconds=KEPT_SECONDS)


def _unexplained() -> list[Unexplained]:
    found: dict[str, Unexplained] = {}
    for page, version in pages.current():
        given = Given(Body.SIMPLE, version.language, glossary=registry.explained(version.language))
        text = Text("\n\n".join([version.message, version.simple, version.short]), given)
        for one in Acronyms(text).unknown():
            held = found.setdefault(one.key, Unexplained(text.words(one.start, one.end), []))
            held.pages.append((page.slug, version.title))
    return sorted(found.values(), key=lambda one: one.initials)
