"""What helps who writes: words of others that were taken, findings that stay for a reason, pictures."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.core.db import INSERT, db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal import actions as journal
from engage.pages import pictures
from engage.pages.models import Page, PageDraft, PagePicture
from engage.pages.writing import queries
from engage.pages.writing.models import PlainWord
from engage.pages.writing.relecture import Found
from engage.uploads import actions as uploads
from engage.uploads.pictures import CheckedPhoto

MOST_WORDS = 60


def learn(words: str, replacement: str) -> None:
    """Remember that somebody said `replacement` instead of `words`: the assistant proposes it from now on."""
    words, replacement = " ".join(words.lower().split()), " ".join(replacement.split())
    if not words or not replacement or len(words) > MOST_WORDS or words == replacement.lower():
        return
    table: Any = PlainWord.__table__
    put = INSERT[db.engine.dialect.name](table).values(words=words, replacement=replacement, times=1)
    once_more = {"times": table.c.times + 1}
    db.session.execute(put.on_conflict_do_update(index_elements=["words", "replacement"], set_=once_more))


def kept_with(draft: PageDraft, found: Found, reason: str) -> list[Any]:
    """What is kept in this draft, with one finding more. Raises Refused where it may not stay."""
    if not found.may_stay:
        raise Refused(_("This stands in the way of publication: it cannot stay as it is."))
    rest = [one for one in draft.kept if (one["rule"], one["text"]) != (found.finding.rule, found.words)]
    return [*rest, {"rule": str(found.finding.rule), "text": found.words, "reason": reason}]


def add_picture(page: Page, *, name: str, photo: CheckedPhoto, alt: str, by: Account) -> None:
    """A picture that the texts of this page may show; the same one twice is one.

    Raises Refused when another has its name.
    """
    if (held := pictures.named(page, name)) is not None:
        if (held.upload.alt, held.upload.size) == (alt, len(photo.data)):
            return
        raise Refused(_("A picture of this page has this name already. Please choose another one."))
    db.session.add(PagePicture(page_id=page.id, name=name, upload=uploads.keep(photo, alt=alt)))
    db.session.flush()
    journal.record("picture of a page added", "page", page.slug, by=by, note=name)


def remove_picture(page: Page, picture: PagePicture, *, by: Account) -> None:
    """Raises Refused while a text of the page shows it, an old version too: those never change."""
    if queries.shows(page, f"(image:{picture.name})"):
        raise Refused(_("A text or an old version of this page shows this picture: it must stay."))
    upload = picture.upload
    db.session.delete(picture)
    db.session.flush()
    uploads.erase(upload)
    journal.record("picture of a page removed", "page", page.slug, by=by, note=picture.name)
