"""The glossary in the order of the alphabet, whole or what somebody looks for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from engage.core.i18n import language
from engage.pages.glossary import queries
from engage.pages.glossary.models import Term


def by_letter(asked: str = "") -> list[tuple[str, Sequence[Term]]]:
    """Each letter with its terms, in the language of the page, else in French."""
    terms = queries.everything(language()) or queries.everything(queries.FIRST)
    if asked.strip():
        terms = queries.found(terms, asked)
    return [(letter, list(some)) for letter, some in groupby(terms, key=lambda term: term.folded[:1].upper())]
