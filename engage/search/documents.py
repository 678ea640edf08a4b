"""What a search may find beside the index: dates to come and what changes, kept in memory for a minute."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from engage.centre.queries import centre_today
from engage.commitments.models import State
from engage.core.cache import remember
from engage.core.i18n import language
from engage.core.words import terms
from engage.events.agenda import queries as agenda
from engage.events.agenda.lines import EVERYTHING
from engage.events.agenda.words import when
from engage.ideas.outcomes import queries as outcomes

KEPT_SECONDS = 60
COMING_DAYS = 200
MOST_RESULTS = 300


class Group(StrEnum):
    """The groups of an answer, in the order in which they are shown."""

    PAGE = "page"
    ENTRY = "entry"
    TERM = "term"
    EVENT = "event"
    RESULT = "result"


class Document(NamedTuple):
    """Something to find: `endpoint` and `values` make its address; `terms` are those of all its words;
    `language` is its own, where it may be another than that of the site."""

    group: Group
    title: str
    words: str
    endpoint: str
    values: dict[str, str]
    terms: frozenset[str]
    language: str = ""

    @property
    def title_terms(self) -> frozenset[str]:
        return frozenset(terms(self.title).split())


def held() -> tuple[Document, ...]:
    return remember(("search documents", language()), lambda: (*_events(), *_results()), seconds=KEPT_SECONDS)


def _document(group: Group, title: str, words: str, endpoint: str, code: str) -> Document:
    return Document(
        group, title, words, endpoint, {"code": code}, frozenset(terms(f"{title} {words}").split())
    )


def _events() -> list[Document]:
    """The next date of each event: a weekly walk is found once."""
    today = centre_today()
    found: dict[str, Document] = {}
    for line in agenda.within(EVERYTHING, today, today + timedelta(days=COMING_DAYS)):
        if line.is_cancelled or line.is_over:
            continue
        words = ", ".join(filter(None, (when(line), line.place)))
        found.setdefault(line.title, _document(Group.EVENT, line.title, words, "events.show", line.code))
    return list(found.values())


def _results() -> list[Document]:
    cards = outcomes.commitments(list(State), theme_id=None, year=None, limit=MOST_RESULTS)
    cards += outcomes.declined(theme_id=None, year=None, limit=MOST_RESULTS)
    ends = {"commitment": "results.show", "idea": "ideas.show"}
    return [_document(Group.RESULT, card.said, card.did, ends[card.kind], card.code) for card in cards]
