"""Rounds are opened, people invited, lines marked, papers typed in; then the team closes, and may allow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core import traces
from engage.core.clock import now
from engage.core.db import INSERT, db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups import queries as groups
from engage.groups.meeting import queries as meeting
from engage.groups.models import Group
from engage.journal import actions as journal
from engage.pages.models import Body, PageVersion
from engage.pages.rounds import codes, queries, telling
from engage.pages.rounds.models import LineMark, ReaderKind, ReadingRound, RoundReader, Understanding

LEAST_CONCERNED = 2
Marks = Mapping[int, tuple[Understanding, str]]


def begin(
    version: PageVersion, *, body: Body, group: Group | None, closes_on: date, by: Account
) -> ReadingRound:
    """A round of one frozen text; members of the group who take no break are invited and told. Twice is once.

    Raises Refused for a text without lines, a day that is over, and while another round reads the same text.
    """
    if not queries.text(version, body).strip():
        raise Refused(_("This text is empty: there is nothing to read yet."))
    if closes_on < centre_today():
        raise Refused(_("Please choose a day to come."))
    when = {"group_id": group.id if group else None, "opened_by_id": by.id, "closes_on": closes_on}
    if (held := queries.running(version, body)) is not None:
        if all(getattr(held, name) == said for name, said in when.items()):
            return held
        raise Refused(_("A round already reads this text. Close it before you open another one."))
    made = ReadingRound(version=version, body=body, group=group, changed="", opened_at=now(), **when)
    db.session.add(made)
    db.session.flush()
    if group is not None:
        _invite_group(made, group)
    journal.record("reading round opened", "page", version.page.slug, by=by, note=_which(version))
    return made


def _which(version: PageVersion) -> str:
    return f"{version.language} {version.number}"


def _invite_group(round_: ReadingRound, group: Group) -> None:
    resting = groups.paused_ids(group)
    told = {one.membership.id: one.address for one in meeting.readers(group)}
    for member in groups.members(group):
        if member.account is not None and member.id not in resting:
            made = RoundReader(round=round_, account=member.account, invited_at=now())
            db.session.add(made)
            db.session.flush()
            if member.id in told:
                telling.invited(made, told[member.id])


def invite(round_: ReadingRound, *, name: str, by: Account) -> RoundReader:
    """Somebody without account, by a code for the paper they are given. Raises Refused once it is closed."""
    _ensure_not_closed(round_)
    made = RoundReader(round=round_, name=name or None, invited_at=now())
    db.session.add(made)
    db.session.flush()
    made.secret_digest = codes.digest(codes.code_of(made))
    db.session.flush()
    return made


def dismiss(reader: RoundReader, *, by: Account) -> None:
    """Take an invitation back. Raises Refused once they have read to the end: what they said counts."""
    _ensure_not_closed(reader.round)
    if reader.finished_at is not None:
        raise Refused(_("This person has read to the end. What they said is kept."))
    traces.overwrite_deleted()
    db.session.delete(reader)
    db.session.flush()


def _lock(round_: ReadingRound) -> None:
    """As it stands now; nobody closes it before this unit ends."""
    db.session.flush()
    db.session.refresh(round_, ["closed_at", "closes_on", "allowed_at"], with_for_update=True)


def _ensure_not_closed(round_: ReadingRound) -> None:
    _lock(round_)
    if round_.closed_at is not None:
        raise Refused(_("This round is closed. Thank you!"))


def _ensure_open(reader: RoundReader) -> None:
    _ensure_not_closed(reader.round)
    if not queries.is_open(reader.round):
        raise Refused(_("This round is over. Thank you! You may still bring your sheet to the desk."))


def introduce(reader: RoundReader, *, kind: ReaderKind) -> None:
    """What the reader says of themselves: the only thing that is ever said of them."""
    _ensure_open(reader)
    reader.kind = kind


def mark(reader: RoundReader, line: int, *, mark: Understanding, remark: str) -> None:
    """What the reader says of one line; said again, the last word counts. Raises Refused once it is over."""
    _ensure_open(reader)
    if line not in {one.number for one in queries.lines(reader.round)}:
        raise Refused(_("This text has no such line."))
    _keep(reader, line, mark, remark)


def _keep(reader: RoundReader, line: int, mark: Understanding, remark: str) -> None:
    said = {"mark": mark, "remark": remark}
    asked = INSERT[db.engine.dialect.name](LineMark.__table__).values(reader_id=reader.id, line=line, **said)
    once = asked.on_conflict_do_update(index_elements=["reader_id", "line"], set_=said)
    db.session.connection().execute(once)


def finish(reader: RoundReader, *, overall: str) -> None:
    """Raises Refused while a line waits, or the reader has not said who they are. Twice is once."""
    if reader.finished_at is not None:
        return
    _ensure_open(reader)
    waiting = {one.number for one in queries.lines(reader.round)} - queries.marks(reader).keys()
    if waiting or reader.kind is None:
        raise Refused(_("Some lines still wait for your answer."))
    reader.overall, reader.finished_at = overall, now()


def enter(reader: RoundReader, *, kind: ReaderKind | None, marks: Marks, overall: str, by: Account) -> None:
    """What this person ticked on paper; typed in again, the last sheet counts. A line left out counts not.

    Raises Refused for a sheet without any tick, and for somebody who answered on the screen.
    """
    _ensure_not_closed(reader.round)
    if reader.finished_at is not None and not reader.on_paper:
        raise Refused(_("This person has answered on the screen already."))
    known = {one.number for one in queries.lines(reader.round)}
    said = {line: one for line, one in marks.items() if line in known}
    if not said:
        raise Refused(_("Please enter at least one line of the sheet."))
    db.session.execute(delete(LineMark).where(LineMark.reader_id == reader.id))
    for line, (understood, remark) in said.items():
        _keep(reader, line, understood, remark)
    reader.kind, reader.overall, reader.on_paper, reader.finished_at = kind, overall, True, now()


def close(round_: ReadingRound, *, by: Account) -> None:
    """Nobody answers any more. Twice is once."""
    _lock(round_)
    if round_.closed_at is None:
        round_.closed_at = now()
        page = round_.version.page.slug
        journal.record("reading round closed", "page", page, by=by, note=_which(round_.version))


def say_changed(round_: ReadingRound, *, changed: str, by: Account) -> None:
    """What the readers made change."""
    round_.changed = changed


def allow(round_: ReadingRound, *, by: Account) -> None:
    """From now on this version says that it is easy to read; no score ever does that. Twice is once.

    Raises Refused before the round is closed, with fewer than two readers concerned, for the long text.
    """
    _lock(round_)
    if round_.allowed_at is not None:
        return
    if round_.body is not Body.SHORT:
        raise Refused(_("Only the short text can be called easy to read."))
    if round_.closed_at is None:
        raise Refused(_("Please close the round first."))
    if queries.concerned(round_) < LEAST_CONCERNED:
        raise Refused(_("At least 2 readers concerned must have read it to the end."))
    round_.allowed_at = now()
    page = round_.version.page.slug
    journal.record("easy to read allowed", "page", page, by=by, note=_which(round_.version))


def take_back(round_: ReadingRound, *, by: Account) -> None:
    """The version is a short one again. Twice is once."""
    if round_.allowed_at is not None:
        round_.allowed_at = None
        page = round_.version.page.slug
        journal.record("easy to read taken back", "page", page, by=by, note=_which(round_.version))
