"""The words of the glossary: one by its address, all of them, and every writing by which one is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import abort
from sqlalchemy import select

from engage.core import fulltext
from engage.core.cache import remember
from engage.core.db import db
from engage.core.i18n import language as page_language
from engage.core.words import fold
from engage.pages.glossary.models import Term
from engage.pages.languages import direction

KEPT_SECONDS = 60
FIRST = "fr"


class Meaning(NamedTuple):
    slug: str
    term: str
    expansion: str
    definition: str
    language: str

    @property
    def direction(self) -> str:
        return direction(self.language)


class Writing(NamedTuple):
    """One writing of a term, as the team wrote it: the term, what it stands for, or another form."""

    form: str
    meaning: Meaning


def everything(language: str | None = None) -> Sequence[Term]:
    """The terms of a language in the order of the alphabet; of all languages without one."""
    asked = select(Term).order_by(Term.folded, Term.language)
    return db.session.scalars(asked.filter_by(language=language) if language else asked).all()


def get(slug: str, language: str | None = None) -> Term:
    """The term at this address in the language of the page, else in the first one that has it; 404."""
    wanted = language or page_language()
    found = db.session.scalars(select(Term).filter_by(slug=slug)).all()
    held = sorted(found, key=lambda term: (term.language != wanted, term.language != FIRST, term.language))
    return held[0] if held else abort(404)


def get_in(language: str, slug: str) -> Term:
    """The term at this address in this very language; 404."""
    return held(language, slug) or abort(404)


def held(language: str, slug: str) -> Term | None:
    return db.session.scalars(select(Term).filter_by(language=language, slug=slug)).one_or_none()


def writings(language: str) -> Sequence[Writing]:
    """Every writing of every term, kept for a minute."""
    return remember(("glossary", language), lambda: _writings(language), seconds=KEPT_SECONDS)


def _writings(language: str) -> list[Writing]:
    return [
        Writing(form, Meaning(term.slug, term.term, term.expansion, term.definition, term.language))
        for term in everything(language)
        for form in (term.term, term.expansion, *term.forms)
        if form
    ]


def found(terms: Sequence[Term], asked: str) -> Sequence[Term]:
    """Those of `terms` that hold every word of `asked`, or begin as it does."""
    refs = set(db.session.scalars(fulltext.matching("term", asked)))
    start = fold(asked).strip()
    return [term for term in terms if ref(term) in refs or start in term.folded]


def ref(term: Term) -> str:
    """Its name in the search: the address, with the language where that is another than the first."""
    return term.slug if term.language == FIRST else f"{term.slug}:{term.language}"
