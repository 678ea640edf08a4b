"""How each published page measures against what it must reach: the table of `engage pages check`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.pages import checking, queries
from engage.pages.models import Body, PageVersion
from engage.reading import Measures, blocking, gates


@dataclass(frozen=True)
class Checked:
    """One text of one page; `short_of` says in words what it does not reach."""

    slug: str
    language: str
    body: Body
    measures: Measures
    short_of: tuple[str, ...]

    @property
    def plain(self) -> dict[str, object]:
        """For a program: numbers as numbers."""
        found = self.measures
        ease = None if found.kandel_moles is None else round(found.kandel_moles, 1)
        return {
            "page": self.slug,
            "language": self.language,
            "text": self.body.value,
            "words": found.words,
            "words_a_sentence": round(found.mean, 1),
            "longest_sentence": found.longest,
            "share_over_15_words": round(found.share_long, 3),
            "kandel_moles": ease,
            "share_rare_words": round(found.share_rare, 3),
            "short_of": list(self.short_of),
        }


def everything() -> list[Checked]:
    """Both texts of every published page in every language, in the order of the pages."""
    return [checked for version in queries.everything() for checked in _texts(version)]


def _texts(version: PageVersion) -> Iterator[Checked]:
    for body in Body:
        if checking.whole(version, body).strip():
            yield _checked(version, body)
        else:
            yield _without(version, body)


def _checked(version: PageVersion, body: Body) -> Checked:
    with speaking("fr"):
        report = checking.report(version, body)
        short_of = [*gates(report.measures, body), *(one.message for one in blocking(report))]
    found = tuple(dict.fromkeys(short_of))
    return Checked(version.page.slug, version.language, body, report.measures, found)


def _without(version: PageVersion, body: Body) -> Checked:
    with speaking("fr"):
        said = _("There is no such text yet.")
    return Checked(
        version.page.slug, version.language, body, checking.report(version, body).measures, (said,)
    )
