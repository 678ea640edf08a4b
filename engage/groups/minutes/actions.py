"""Minutes are written, shared, corrected for seven days and approved; tasks are given and done."""

from __future__ import annotations

from datetime import date, timedelta

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.render import day
from engage.groups import queries as groups
from engage.groups.meeting.models import Meeting
from engage.groups.meeting.queries import lock
from engage.groups.minutes import queries
from engage.groups.minutes.models import Correction, Minutes, MinutesState, Task
from engage.groups.models import Group
from engage.journal import actions as journal
from engage.outbox import actions as outbox
from engage.outbox.models import Kind

DAYS_TO_CORRECT = 7
MOST_OPEN_TASKS = 200


class Overtaken(Refused):
    """Somebody else wrote these minutes meanwhile: both texts are shown side by side."""


def write(meeting: Meeting, *, heard: str, decided: str, in_full: str, version: int, by: Account) -> Minutes:
    """Keep the text; `version` is the one that this person began from, 0 when there was none.

    Raises Overtaken when somebody else kept theirs since, Refused when the minutes are approved.
    """
    lock(meeting)
    minutes = queries.of(meeting)
    if (minutes.version if minutes else 0) != version:
        raise Overtaken(_("Somebody else has written in these minutes while you were writing."))
    if minutes is None:
        minutes = Minutes(meeting_id=meeting.id)
        minutes.meeting = meeting
        db.session.add(minutes)
    elif minutes.state is MinutesState.APPROVED:
        raise Refused(_("These minutes are approved: they do not change any more."))
    minutes.heard, minutes.decided, minutes.in_full = heard, decided, in_full
    minutes.written_by_id, minutes.written_at = by.id, now()
    db.session.flush()
    return minutes


def ensure_version(minutes: Minutes, version: int) -> None:
    """Raises Refused when the text changed since the page was opened."""
    if minutes.version != version:
        raise Refused(_("These minutes have just changed. Please read them again before you go on."))


def share(minutes: Minutes, *, version: int, by: Account) -> None:
    """Let the members read them; they have seven days to correct."""
    ensure_version(minutes, version)
    if minutes.state is not MinutesState.DRAFT:
        raise Refused(_("These minutes are shared already."))
    if not (minutes.heard or minutes.decided or minutes.in_full):
        raise Refused(_("There is nothing in these minutes yet. Three lines are enough."))
    minutes.state, minutes.shared_at = MinutesState.SHARED, now()
    minutes.correct_until = centre_today() + timedelta(days=DAYS_TO_CORRECT)
    journal.record("minutes shared", "meeting", minutes.meeting.code, by=by)


def correct(minutes: Minutes, *, words: str, by: Account) -> Correction:
    """Say what one would have written otherwise. Raises Refused before they are shared, and after 7 days."""
    until = minutes.correct_until
    if minutes.state is not MinutesState.SHARED or until is None or until < centre_today():
        raise Refused(_("The days to correct these minutes are over. Speak of it at the next meeting."))
    made = Correction(meeting_id=minutes.meeting_id, account_id=by.id, words=words, at=now())
    db.session.add(made)
    db.session.flush()
    return made


def answer(
    minutes: Minutes, correction: Correction, *, is_taken: bool, answer: str, by: Account
) -> None:  # fmt: skip
    """Say whether the correction is taken, and why not. The text itself is mended by hand."""
    if minutes.state is not MinutesState.SHARED:
        raise Refused(_("These minutes are approved: they do not change any more."))
    if not is_taken and not answer:
        raise Refused(_("Please say why it is not taken: who wrote it will read your words."))
    correction.is_taken, correction.answer, correction.answered_at = is_taken, answer, now()


def approve(minutes: Minutes, *, version: int, by: Account) -> None:
    """Freeze them. Raises Refused while members may still correct, or wait for an answer."""
    ensure_version(minutes, version)
    if minutes.state is not MinutesState.SHARED or minutes.correct_until is None:
        raise Refused(_("Share these minutes first: members have 7 days to correct them."))
    if centre_today() <= minutes.correct_until:
        until = day(minutes.correct_until)
        raise Refused(_("Members may correct these minutes until %(day)s, that day too.", day=until))
    if queries.unanswered(minutes):
        raise Refused(_("A correction waits for its answer. Answer it, then approve."))
    minutes.state, minutes.approved_at, minutes.approved_by_id = MinutesState.APPROVED, now(), by.id
    journal.record("minutes approved", "meeting", minutes.meeting.code, by=by)


def publish(minutes: Minutes, *, public_words: str, by: Account) -> None:
    """Show these words to everyone: written by hand, nothing of the minutes goes with them."""
    if minutes.state is not MinutesState.APPROVED:
        raise Refused(_("Approve these minutes first; then write the words for everyone."))
    minutes.public_words, minutes.published_at = public_words, now()
    journal.record("minutes published", "meeting", minutes.meeting.code, by=by)


def take_back(minutes: Minutes, *, by: Account) -> None:
    """Nobody outside reads the public words any more; they are kept for later."""
    minutes.published_at = None
    journal.record("minutes taken back", "meeting", minutes.meeting.code, by=by)


def add_task(
    group: Group, *, text: str, owner_id: int | None, due_on: date | None, by: Account,
    meeting: Meeting | None = None,
) -> Task:  # fmt: skip
    """Somebody of the group does something, until a day. Raises Refused for an owner who is not of it."""
    if owner_id and owner_id not in {one.account_id for one in groups.members(group)}:
        raise Refused(_("This person does not belong to the group any more. Please choose somebody else."))
    if len(queries.tasks(group)) >= MOST_OPEN_TASKS:
        raise Refused(_("There are %(most)d tasks to do already. Finish one first.", most=MOST_OPEN_TASKS))
    made = Task(
        group_id=group.id,
        meeting_id=meeting and meeting.id,
        text=text,
        owner_id=owner_id,
        due_on=due_on,
        made_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def finish_task(task: Task, *, is_done: bool, by: Account) -> None:
    """It is done, or not after all; a second time changes nothing."""
    task.done_at = (task.done_at or now()) if is_done else None
    if is_done:
        _forget_reminder(task)


def _forget_reminder(task: Task) -> None:
    """Nobody is told any more that it is late."""
    outbox.withdraw(("task", task.code), Kind.REMINDER)


def remove_task(task: Task, *, by: Account) -> None:
    _forget_reminder(task)
    db.session.delete(task)
