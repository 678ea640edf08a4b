"""Ideas come in from a file of workshops, and go out into a table."""

from __future__ import annotations

from collections.abc import Sequence

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.ideas import actions as ideas
from engage.ideas.exchange import queries
from engage.ideas.exchange.files import Format
from engage.ideas.exchange.plan import Line
from engage.ideas.exchange.queries import Wanted
from engage.ideas.models import Idea, Publication, StepKind, Visibility
from engage.ideas.timeline import actions as timeline
from engage.journal import actions as journal


def bring_in(lines: Sequence[Line], *, hold: bool, by: Account | None) -> int:
    """Make ideas of these lines; how many are new. Public at once; with `hold`, when the team has read them.

    No answer is promised for them: what was said in a workshop was answered there.
    """
    count = sum(_bring(line, hold=hold, by=by) for line in lines)
    if count:
        journal.record("imported", "ideas", "", by=by, note=f"{count}")
    return count


def _bring(line: Line, *, hold: bool, by: Account | None) -> bool:
    idea, _code = ideas.receive(
        text=line.text,
        title=line.title,
        door=line.door,
        theme_id=line.theme_id,
        submission_key=f"import {line.digest}",
        entered_by=by,
    )
    if idea.import_digest is not None:
        return False
    idea.import_digest, idea.due_on = line.digest, None
    idea.workshop, idea.workshop_table = line.workshop, line.table
    if not hold:
        _publish(idea, by)
    return True


def _publish(idea: Idea, by: Account | None) -> None:
    idea.publication, idea.published_at = Publication.PUBLIC, now()
    public = Publication.PUBLIC
    timeline.note(idea, StepKind.PUBLICATION, visibility=Visibility.PUBLIC, by=by, publication=public)
    timeline.index(idea)


def take_out(kind: Format, wanted: Wanted, *, by: Account | None) -> None:
    """Note that ideas leave the house, without contacts."""
    journal.record("exported", "ideas", "", by=by, note=_noted(kind, wanted))


def take_out_contacts(kind: Format, wanted: Wanted, *, reason: str, by: Account) -> None:
    """Note that ideas leave the house with their contacts, and why. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say why you need the contacts."))
    journal.record("exported with contacts", "ideas", "", by=by, note=f"{_noted(kind, wanted)}: {reason}")


def _noted(kind: Format, wanted: Wanted) -> str:
    return f"{kind}, {queries.count(wanted)}"
