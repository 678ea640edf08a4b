"""What the team does with the words of the glossary."""

from __future__ import annotations

import re

from sqlalchemy import delete, select

from engage.accounts.models import Account
from engage.core import cache, fulltext
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.words import fold
from engage.journal.actions import record
from engage.pages.glossary.models import Term
from engage.pages.glossary.queries import ref

KIND = "term"


def define(
    *, term: str, expansion: str, definition: str, forms: list[str], language: str = "fr", by: Account | None
) -> Term:
    """Add a word. Raises Refused when it is defined already in this language."""
    _refuse_second(term, language)
    row = Term(
        language=language,
        slug=_free_slug(term, language),
        term=term,
        folded=fold(term),
        expansion=expansion,
        definition=definition,
        forms=forms,
        changed_at=now(),
        changed_by_id=by.id if by else None,
    )
    db.session.add(row)
    db.session.flush()
    _index(row)
    record("word defined", KIND, row.slug, by=by)
    return row


def edit(
    term_: Term, *, term: str, expansion: str, definition: str, forms: list[str], version: int, by: Account
) -> None:
    """Say it better; its address stays. Raises Refused when somebody else has changed it meanwhile."""
    if term_.version != version:
        raise Refused(_("Someone else has just changed this word. Please look again before you send."))
    if fold(term) != term_.folded:
        _refuse_second(term, term_.language)
    term_.term, term_.folded, term_.expansion = term, fold(term), expansion
    term_.definition, term_.forms = definition, forms
    term_.changed_at, term_.changed_by_id = now(), by.id
    _index(term_)
    record("word edited", KIND, term_.slug, by=by)


def remove(term: Term, *, by: Account) -> None:
    """Take it out of the glossary."""
    db.session.execute(delete(Term).filter_by(id=term.id))
    fulltext.drop(KIND, ref(term))
    cache.forget()
    record("word removed", KIND, term.slug, by=by)


def _index(term: Term) -> None:
    fulltext.put(KIND, ref(term), " ".join([term.term, term.expansion, *term.forms, term.definition]))
    cache.forget()


def _refuse_second(term: str, language: str) -> None:
    if db.session.scalar(select(Term.id).filter_by(language=language, folded=fold(term))):
        raise Refused(_("“%(term)s” is explained already. Change the words that stand there.", term=term))


def _free_slug(term: str, language: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", fold(term)).strip("-") or "mot"
    taken = set(db.session.scalars(select(Term.slug).filter_by(language=language)))
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )
