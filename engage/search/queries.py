"""What answers a few words, however they are spelt, in groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import select

from engage.core import fulltext
from engage.core.cache import remember
from engage.core.db import db
from engage.core.i18n import language
from engage.core.words import terms
from engage.pages import markup
from engage.pages import queries as pages
from engage.pages.directory.models import Entry
from engage.pages.glossary.models import Term
from engage.search import documents
from engage.search.documents import Document, Group
from engage.search.models import EmptySearch

INDEXED = (Group.PAGE, Group.ENTRY, Group.TERM)
LONGEST = 100  # characters of a question
MOST_WORDS = 8
MOST_WEIGHED = 60
MOST_IN_A_GROUP = 6
VOCABULARY_SECONDS = 300
SHORTEST_MISSPELT = 4
ALIKE = 0.7
MOST_ALIKE = 3
FIRST = "fr"


class Asked(NamedTuple):
    """For each term of a question the terms of the site that it may mean: its own, or those near."""

    meant: tuple[tuple[str, ...], ...]
    known: bool

    @property
    def words(self) -> str:
        return " ".join(term for alike in self.meant for term in alike)

    def hits(self, held: Iterable[str]) -> int:
        found = set(held)
        return sum(not found.isdisjoint(alike) for alike in self.meant)


class Answer(NamedTuple):
    """The groups that hold something, best first in each; `is_guess`: no word was spelt as on the site."""

    groups: dict[Group, list[Document]]
    is_guess: bool


def find(question: str) -> Answer:
    """What answers `question`; in the language of the page where there is a choice."""
    asked = _asked(terms(question[:LONGEST]).split()[:MOST_WORDS])
    held = [*_indexed(asked), *documents.held()]
    weighed = [(asked.hits(one.terms), asked.hits(one.title_terms), one) for one in held]
    most = max((hits for hits, _title, _one in weighed), default=0)
    # Who typed three words means them all; a page with one of three answers only when none has more.
    enough = max(1, most - 1 if most > 2 else most)
    kept = [row for row in weighed if row[0] >= enough]
    groups: dict[Group, list[Document]] = {group: [] for group in Group}
    for _hits, _title, one in sorted(kept, key=lambda row: (-row[0], -row[1])):
        groups[one.group].append(one)
    shown = {group: ones[:MOST_IN_A_GROUP] for group, ones in groups.items() if ones}
    if Group.PAGE in shown:  # what few are shown is drawn, not what many were weighed
        shown[Group.PAGE] = [_drawn(one) for one in shown[Group.PAGE]]
    return Answer(shown, not asked.known)


def _drawn(page: Document) -> Document:
    return page._replace(words=str(markup.inline(page.words).striptags()))


def _asked(words: Sequence[str]) -> Asked:
    known = _vocabulary()
    meant = tuple((word,) if word in known else _near(word, known) for word in words)
    return Asked(tuple(alike for alike in meant if alike), any(word in known for word in words))


def _vocabulary() -> frozenset[str]:
    """What each question must not read again: new words are known after five minutes at most."""
    indexed = remember("search vocabulary", lambda: fulltext.vocabulary(INDEXED), seconds=VOCABULARY_SECONDS)
    return indexed.union(*(one.terms for one in documents.held()))


def _near(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """The words of the site that this one was meant to be, the nearest first; of few letters none."""
    if len(word) < SHORTEST_MISSPELT:
        return ()
    begun = tuple(sorted(one for one in known if one.startswith(word)))[:MOST_ALIKE]
    near = process.extract(
        word, known, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=MOST_ALIKE
    )
    return tuple(dict.fromkeys([*(str(one) for one, _score, _key in near), *begun]))


def _indexed(asked: Asked) -> list[Document]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, ref, said in fulltext.best(INDEXED, asked.words, MOST_WEIGHED):
        found[kind][ref] = said
    return [
        *_pages(found[Group.PAGE]),
        *_entries(found[Group.ENTRY]),
        *_terms(found[Group.TERM]),
    ]


def _pages(found: Mapping[str, str]) -> list[Document]:
    """Each page once: in the language of the site, else in the one it was found in."""
    slugs = {ref.partition(":")[0] for ref in found}
    versions: dict[str, Document] = {}
    wanted = sorted(pages.titled(slugs), key=lambda one: (one.language != language(), one.language != FIRST))
    for version in wanted:
        slug = version.page.slug
        said = " ".join(said for ref, said in found.items() if ref.partition(":")[0] == slug)
        one = Document(
            Group.PAGE,
            version.title,
            version.message,
            "pages.show",
            {"slug": slug},
            frozenset(said.split()),
            version.language,
        )
        versions.setdefault(slug, one)
    return [versions[slug] for ref in found if (slug := ref.partition(":")[0]) in versions]


def _entries(found: Mapping[str, str]) -> list[Document]:
    rows = select(Entry).where(Entry.code.in_(found), Entry.withdrawn_at.is_(None))
    return [
        Document(
            Group.ENTRY,
            entry.name,
            " ".join(filter(None, (entry.does, entry.phone))),
            "directory.show",
            {"code": entry.code},
            frozenset(found[entry.code].split()),
            FIRST,
        )
        for entry in (db.session.scalars(rows) if found else ())
    ]


def _terms(found: Mapping[str, str]) -> list[Document]:
    slugs = [ref.partition(":")[0] for ref in found]
    rows = select(Term).where(Term.slug.in_(slugs))
    shown = {term.slug: term for term in db.session.scalars(rows)} if found else {}
    return [
        Document(
            Group.TERM,
            f"{term.term} : {term.expansion}" if term.expansion else term.term,
            term.definition,
            "glossary.show",
            {"slug": term.slug},
            frozenset(said.split()),
            term.language,
        )
        for ref, said in found.items()
        if (term := shown.get(ref.partition(":")[0]))
    ]


def empty(most: int) -> Sequence[EmptySearch]:
    """Words that found nothing, those asked most often first."""
    rows = select(EmptySearch).order_by(EmptySearch.times.desc(), EmptySearch.last_on.desc())
    return db.session.scalars(rows.limit(most)).all()
