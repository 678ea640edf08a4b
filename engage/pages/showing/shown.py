"""A page as its readers see it: which text in which language, its parts, and what to know about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

from flask import abort, url_for
from markupsafe import Markup

from engage.centre.queries import centre_today
from engage.core.cache import remember
from engage.core.i18n import language as spoken
from engage.pages import markup, queries
from engage.pages.languages import FIRST, direction, own_name
from engage.pages.markup import Section
from engage.pages.models import Body, PageVersion
from engage.pages.rounds import queries as rounds
from engage.pages.rounds.queries import Mention
from engage.pages.sounds import queries as sounds
from engage.pages.sounds.models import Recording

KEPT_SECONDS = 300  # a frozen text never changes
SHORT = "court"
FEWEST_LISTED = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A section drawn; `places` are the anchors of the other text that lead here too."""

    anchor: str
    title: str
    icon: Markup
    places: Sequence[str]
    body: Markup

    @property
    def there(self) -> str:
        """Its place in the other text."""
        return self.anchor or "".join(self.places[-1:])


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language in which the page can be read."""

    code: str
    name: str
    direction: str


@dataclass(frozen=True)
class Shown:
    """What a template shows of one version."""

    version: PageVersion
    body: Body
    tongues: Sequence[Tongue]
    source: PageVersion | None

    @property
    def slug(self) -> str:
        return self.version.page.slug

    @property
    def tongue(self) -> Tongue:
        return _tongue(self.version.language)

    @property
    def others(self) -> Sequence[Tongue]:
        return [one for one in self.tongues if one.code != self.version.language]

    @property
    def parts(self) -> Sequence[Part]:
        return parts(self.version, self.body)

    @property
    def contents(self) -> Sequence[Part]:
        """What stands in the table of sections: nothing for a page that is seen at a glance."""
        titled = [part for part in self.parts if part.title]
        return titled if len(titled) >= FEWEST_LISTED else []

    @property
    def other_text(self) -> str:
        return self.address(body=Body.SIMPLE if self.is_short else Body.SHORT)

    @property
    def has_short(self) -> bool:
        return bool(self.version.short.strip())

    @property
    def is_short(self) -> bool:
        return self.body is Body.SHORT

    @property
    def mention(self) -> Mention | None:
        """Why its short text is called easy to read: a round of reading, never a score."""
        return remember(("mention", self.version.id), lambda: rounds.mention(self.version), seconds=60)

    @property
    def recording(self) -> Recording | None:
        """Somebody's voice, for exactly these words."""
        key = ("recording", self.version.id, self.body)
        return remember(key, lambda: sounds.offered(self.version, self.body), seconds=10)

    @property
    def is_late(self) -> bool:
        """Whether the day of the next review is over."""
        return self.review_on is not None and self.review_on < centre_today()

    @property
    def review_on(self) -> date | None:
        return self.version.page.review_on

    def address(self, *, body: str = "", language: str = "", beside: str = "") -> str:
        """Of this page, in the text and language that it is in unless others are given."""
        return url_for("pages.show", **self._asked(body or self.body, language), avec=beside or None)

    def paper(self, kind: str) -> str:
        """`kind`: "feuille" or "depliant"."""
        return url_for("pages.paper", **self._asked(self.body, ""), kind=kind)

    def _asked(self, body: str, language: str) -> dict[str, Any]:
        code = language or self.version.language
        return {
            "slug": self.slug,
            "langue": code if code != spoken() else None,
            "texte": SHORT if body == Body.SHORT else None,
        }


def find(slug: str, wanted: str, *, short: bool) -> Shown:
    """The page in the language wanted, else in that of the site, in French, in any. Raises 404."""
    there = queries.languages(slug)
    code = next((one for one in (wanted, spoken(), FIRST, *there) if one in there), "")
    version = there.get(code) or abort(404)
    body = Body.SHORT if short and version.short.strip() else Body.SIMPLE
    return Shown(version, body, [_tongue(one) for one in there], _outdated(version, there))


def _outdated(version: PageVersion, there: Mapping[str, PageVersion]) -> PageVersion | None:
    """What readers see now in the language that this was translated from, when that has changed since."""
    if version.source_id is None or version.source_id in {one.id for one in there.values()}:
        return None
    source = queries.source(version)
    return there.get(source.language) if source else None


def _tongue(code: str) -> Tongue:
    return Tongue(code, own_name(code), direction(code))


def parts(version: PageVersion, body: Body) -> Sequence[Part]:
    key = ("page parts", version.id, body, spoken())
    return remember(key, lambda: _parts(version, body), seconds=KEPT_SECONDS)


def _parts(version: PageVersion, body: Body) -> list[Part]:
    texts = {Body.SIMPLE: version.simple, Body.SHORT: version.short}
    here = markup.sections(texts[body])
    other = markup.sections(texts[Body.SIMPLE if body is Body.SHORT else Body.SHORT])
    if len(here) == 1 and not here[0].anchor:
        here = _cut(here[0], len(other))
    draw = markup.short if body is Body.SHORT else markup.html
    address = partial(picture, version.page.slug)
    return [
        Part(
            part.anchor,
            part.title,
            markup.icon(part.icon),
            places,
            draw(part.markdown, address, version.language),
        )
        for part, places in zip(here, markup.places(other, here), strict=True)
    ]


def _cut(section: Section, most: int) -> list[Section]:
    """A text without titles in as many pieces as the other one has, so that each leads to its own place."""
    lines = section.markdown.split("\n")
    if ":::" in section.markdown or len(lines) < most:
        return [section]
    ends = [number * len(lines) // most for number in range(most + 1)]
    return [replace(section, markdown="\n".join(lines[one:two])) for one, two in pairwise(ends)]


def picture(slug: str, name: str) -> str:
    return url_for("pages.picture", slug=slug, name=name)


def rows(one: Shown, other: Shown) -> Sequence[tuple[Sequence[Part], Sequence[Part]]]:
    """The parts of two languages side by side: each beside its own, or whole beside whole."""
    if len(one.parts) != len(other.parts):
        return [(one.parts, other.parts)]
    return [([left], [right]) for left, right in zip(one.parts, other.parts, strict=True)]
