"""What the team does with the words of the glossary."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from engage.accounts.models import Account
from engage.core import cache, fulltext
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.words import fold
from engage.journal.actions import record
from engage.pages.bringing import Plan
from engage.pages.glossary.models import Term
from engage.pages.glossary.queries import ref

KIND = "term"


def define(
    *, term: str, expansion: str, definition: str, forms: list[str], language: str = "fr", by: Account | None
) -> Term:
    """Add a word; the same words twice are one. Raises Refused when it is defined otherwise."""
    values = {"term": term, "expansion": expansion, "definition": definition, "forms": forms}
    held = db.session.scalars(select(Term).filter_by(language=language, folded=fold(term))).one_or_none()
    if held and _is_said(held, values):
        return held
    row = _new(language, values, by)
    record("word defined", KIND, row.slug, by=by)
    return row


def edit(
    word: Term, *, term: str, expansion: str, definition: str, forms: list[str], version: int, by: Account
) -> None:
    """Say it better; its address stays. Twice is once.

    Raises Refused when somebody else has changed it meanwhile.
    """
    values = {"term": term, "expansion": expansion, "definition": definition, "forms": forms}
    if _is_said(word, values):
        return
    if word.version != version:
        raise Refused(_("Someone else has just changed this word. Please look again before you send."))
    if fold(term) != word.folded and _is_taken(term, word.language):
        raise _second(term)
    _say(word, values, by)
    record("word edited", KIND, word.slug, by=by)


def remove(term: Term, *, by: Account) -> None:
    """Take it out of the glossary."""
    db.session.execute(delete(Term).filter_by(id=term.id))
    fulltext.drop(KIND, ref(term))
    cache.forget()
    record("word removed", KIND, term.slug, by=by)


def bring_in(plan: Plan, *, replace: bool, by: Account | None) -> int:
    """Write what a file brings; how many lines. What the team wrote stays, unless `replace`.

    Raises Refused when a line of it cannot be read.
    """
    lines = plan.to_write(replace=replace)
    for line in lines:
        if line.held:
            _say(line.held, line.values, by)
        else:
            _new(line.values["language"], line.values, by)
    if lines:
        record("words brought in", KIND, "", by=by, note=str(len(lines)))
    return len(lines)


def _new(language: str, values: dict[str, Any], by: Account | None) -> Term:
    """One row, whoever else adds the same word at this moment."""
    slug = _free_slug(values["term"], language)
    row = insert_once(Term, version=1, language=language, slug=slug, **_columns(values, by))
    if row is None:
        raise _second(values["term"])
    _index(row)
    return row


def _say(row: Term, values: dict[str, Any], by: Account | None) -> None:
    """Raises Refused when somebody takes the same word at this moment."""
    try:
        with db.session.begin_nested():
            for name, value in _columns(values, by).items():
                setattr(row, name, value)
            db.session.flush()
    except IntegrityError:
        raise _second(values["term"]) from None
    _index(row)


def _is_said(row: Term, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _columns(values: dict[str, Any], by: Account | None) -> dict[str, Any]:
    said = {name: values[name] for name in ("term", "expansion", "definition", "forms")}
    stamp = {"changed_at": now(), "changed_by_id": by.id if by else None}
    return said | stamp | {"folded": fold(values["term"])}


def _index(term: Term) -> None:
    fulltext.put(KIND, ref(term), " ".join([term.term, term.expansion, *term.forms, term.definition]))
    cache.forget()


def _is_taken(term: str, language: str) -> bool:
    found = db.session.scalar(select(Term.id).filter_by(language=language, folded=fold(term)))
    return found is not None


def _second(term: str) -> Refused:
    return Refused(_("“%(term)s” is explained already. Change the words that stand there.", term=term))


def _free_slug(term: str, language: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", fold(term)).strip("-") or "mot"
    taken = set(db.session.scalars(select(Term.slug).filter_by(language=language)))
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
