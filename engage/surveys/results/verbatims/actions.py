"""Reading free words: what to do with each, under which themes, and erasing for good."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete

from engage.accounts.models import Account
from engage.core import traces
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal import actions as journal
from engage.surveys.answering.models import Wave
from engage.surveys.results.verbatims import masking, queries
from engage.surveys.results.verbatims.codebook import shipped
from engage.surveys.results.verbatims.models import Decision, OwnCode, Reading, Tag
from engage.surveys.results.verbatims.queries import Desk, Heard


def open_words(desk: Desk, *, by: Account) -> None:
    """Note that `by` reads the words of this wave today; a second look of the day is the same one."""
    if not desk.is_open:
        raise Refused(_("These words cannot be read yet."))
    if not desk.has_looked:
        journal.record(queries.LOOKED, "wave", desk.wave.code, by=by)


def decide(
    heard: Heard,
    *,
    decision: Decision,
    themes: Sequence[str],
    hide: Sequence[str],
    version: int,
    by: Account,
) -> None:
    """Say what becomes of these words. Raises Refused when someone else did meanwhile, or erased them."""
    row = _held(heard, version)
    row.decision, row.by_id = decision, by.id
    row.masked = [list(span) for span in masking.spans(hide, heard.body)]
    _file(heard, themes)


def undo(heard: Heard, *, version: int, by: Account) -> None:
    """Put these words back among those to read; what was to be hidden, and the themes, stay."""
    row = _held(heard, version)
    row.decision, row.by_id = None, by.id


def _held(heard: Heard, version: int) -> Reading:
    """The row, new or as this person saw it."""
    row = queries.reading(heard.id)
    if heard.is_erased:
        raise Refused(_("These words have been erased. Nobody can bring them back."))
    if (row.version if row else 0) != version:
        raise Refused(_("Someone else has just decided about these words. Please look again."))
    if row is None:
        row = Reading(verbatim_id=heard.id)
        db.session.add(row)
    return row


def _file(heard: Heard, themes: Sequence[str]) -> None:
    known = {one.code for one in queries.book()}
    db.session.execute(delete(Tag).where(Tag.verbatim_id == heard.id))
    db.session.add_all(
        Tag(verbatim_id=heard.id, code=code) for code in dict.fromkeys(themes) if code in known
    )


def finish(wave: Wave, *, by: Account) -> int:
    """Leave the desk: what was deleted is erased for good; how many."""
    number = erase(wave)
    if number:
        journal.record("verbatims deleted", "wave", wave.code, by=by, note=str(number))
    return number


def erase(wave: Wave | None = None) -> int:
    """Empty deleted words, of this wave or of all; `traces.forget` must follow for the files."""
    found = queries.to_erase(wave)
    if found:
        traces.overwrite_deleted()
    for verbatim, reading in found:
        verbatim.body, reading.masked = "", []
        db.session.execute(delete(Tag).where(Tag.verbatim_id == verbatim.id))
    return len(found)


def add_code(*, theme: str, label: str, words: str, by: Account) -> OwnCode:
    """One more way to file words, for every wave from now on."""
    if theme not in {one.theme for one in shipped()}:
        raise Refused(_("This theme is not in the book."))
    if label.casefold() in {one.label("fr").casefold() for one in queries.book()}:
        raise Refused(_("The book has this theme already."))
    row = OwnCode(theme=theme, label=label, words="\n".join(_lines(words)))
    db.session.add(row)
    db.session.flush()
    journal.record("added", "verbatim_code", row.code, by=by, note=label)
    return row


def _lines(words: str) -> list[str]:
    """As typed, one a line or between commas."""
    parts = (part.strip() for line in words.splitlines() for part in line.split(","))
    return [part for part in parts if part]


def remove_code(row: OwnCode, *, by: Account) -> None:
    """Raises Refused while words are filed under it."""
    if queries.is_used(row.code):
        raise Refused(_("Words are filed under this theme: it stays in the book."))
    db.session.delete(row)
    journal.record("removed", "verbatim_code", row.code, by=by, note=row.label)
