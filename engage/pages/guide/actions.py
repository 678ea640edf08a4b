"""Writing the guide, and putting it before readers."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import INSERT, db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.yamltext import Invalid
from engage.journal import actions as journal
from engage.pages.guide import queries
from engage.pages.guide.checking import problems
from engage.pages.guide.models import GuideDraft, GuideVersion
from engage.pages.guide.parsing import stored
from engage.pages.guide.tree import Tree, plain


def begin(language: str, tree: Tree, *, by: Account | None) -> GuideDraft:
    """The draft of this language; begun twice, it is the one that is there."""
    if held := queries.draft(language):
        return held
    row = {"language": language, "version": 1, "tree": plain(tree), "edited_at": now()}
    put = INSERT[db.engine.dialect.name](GuideDraft.__table__).values(
        **row, edited_by_id=by.id if by else None
    )
    db.session.execute(put.on_conflict_do_nothing())
    journal.record("guide begun", "guide", language, by=by)
    return db.session.get_one(GuideDraft, language)


def edit(draft: GuideDraft, tree: Tree, *, version: int, by: Account) -> None:
    """Twice is once.

    Raises Refused when somebody else changed the draft since it was read, or it grew too large.
    """
    said = _kept(tree)
    if said == draft.tree:
        return
    _refuse_old(draft, version)
    draft.tree, draft.edited_at, draft.edited_by_id = said, now(), by.id
    journal.record("guide edited", "guide", draft.language, by=by)


def _kept(tree: Tree) -> dict[str, Any]:
    """What the database keeps, once it is sure that it can be read again."""
    said = plain(tree)
    try:
        stored(said)
    except Invalid as invalid:
        raise Refused(str(invalid.faults[0])) from invalid
    return said


def _refuse_old(draft: GuideDraft, version: int) -> None:
    if draft.version != version:
        raise Refused(
            _("Someone else has just changed the guide. Your words are below: look again, then send.")
        )


def bring_in(language: str, tree: Tree, *, by: Account | None) -> GuideDraft:
    """The draft becomes what a file says; nothing is published by it."""
    draft = begin(language, tree, by=by)
    draft.tree, draft.edited_at, draft.edited_by_id = plain(tree), now(), by.id if by else None
    journal.record("guide edited", "guide", language, by=by)
    return draft


def publish(draft: GuideDraft, *, version: int, by: Account) -> GuideVersion:
    """What readers see already is published once.

    Raises Refused for a guide with a dead end, a circle, too many questions, or an end without a human.
    """
    last = queries.last(draft.language)
    if last is not None and last.tree == draft.tree:
        return last
    _refuse_old(draft, version)
    if found := problems(stored(draft.tree)):
        raise Refused(_("The guide is not ready: %(first)s", first=found[0].sentence))
    made = put_before_readers(draft, author=by.full_name)
    journal.record("guide published", "guide", draft.language, by=by, note=str(made.number))
    return made


def put_before_readers(draft: GuideDraft, *, author: str) -> GuideVersion:
    """A version of this draft, for good; the caller has checked it."""
    draft.edited_at = now()  # of two who publish at once, the second one meets a changed draft
    db.session.flush()
    last = queries.last(draft.language)
    number = last.number + 1 if last else 1
    made = GuideVersion(
        language=draft.language, number=number, tree=draft.tree, author=author, published_at=now()
    )
    db.session.add(made)
    db.session.flush()
    return made


def restore(draft: GuideDraft, old: GuideVersion, *, version: int, by: Account) -> None:
    """The draft says again what an old version said; nothing is published by it. Twice is once.

    Raises Refused when somebody else changed the draft since it was read.
    """
    if draft.tree == old.tree:
        return
    _refuse_old(draft, version)
    draft.tree, draft.edited_at, draft.edited_by_id = old.tree, now(), by.id
    journal.record("guide restored", "guide", draft.language, by=by, note=str(old.number))
