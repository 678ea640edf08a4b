"""What the team does with a commitment."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from engage.accounts.models import Account
from engage.commitments.models import Commitment, CommitmentChange, CommitmentStep, Rung, State
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal.actions import record

NEXT = {
    State.PLANNED: {State.UNDER_WAY, State.DONE, State.ABANDONED},
    State.UNDER_WAY: {State.PLANNED, State.DONE, State.ABANDONED},
    State.DONE: {State.UNDER_WAY},
    State.ABANDONED: {State.PLANNED},
}
MOST_STEPS = 20


def _change(commitment: Commitment, words: str, by: Account) -> None:
    change = CommitmentChange(
        commitment_id=commitment.id,
        at=now(),
        by_id=by.id,
        by_role=by.job or by.role,
        state=commitment.state,
        words=words,
    )
    db.session.add(change)


def make(
    *, title: str, said: str, summary: str, theme_id: int | None, owner_id: int | None, due_on: date,
    rung: Rung, by: Account, group_id: int | None = None,
) -> Commitment:  # fmt: skip
    """Promise something in public."""
    commitment = Commitment(
        title=title,
        said=said,
        summary=summary,
        theme_id=theme_id,
        owner_id=owner_id,
        group_id=group_id,
        due_on=due_on,
        rung=rung,
        created_at=now(),
    )
    db.session.add(commitment)
    db.session.flush()
    _change(commitment, summary, by)
    record("commitment made", "commitment", commitment.code, by=by)
    return commitment


def ensure_version(commitment: Commitment, version: int) -> None:
    """Raises Refused when someone changed it since the page was opened."""
    if commitment.version != version:
        raise Refused(_("Someone else has just changed this commitment. Please look again before you send."))


def edit(
    commitment: Commitment, *, title: str, said: str, summary: str, theme_id: int | None,
    owner_id: int | None, due_on: date, rung: Rung, version: int, by: Account,
    group_id: int | None = None,
) -> None:  # fmt: skip
    """Mend the words, the owner or the date."""
    ensure_version(commitment, version)
    if commitment.due_on != due_on:
        commitment.reminded_on = None
    commitment.title, commitment.said, commitment.summary = title, said, summary
    commitment.theme_id, commitment.owner_id, commitment.group_id = theme_id, owner_id, group_id
    commitment.due_on, commitment.rung = due_on, rung
    record("commitment edited", "commitment", commitment.code, by=by)


def move(commitment: Commitment, *, state: State, words: str, version: int, by: Account) -> None:
    """Say how far it is. Raises Refused for a leap that makes no sense, or an end without its reason."""
    ensure_version(commitment, version)
    if state not in NEXT[commitment.state]:
        raise Refused(_("This commitment cannot go there from where it is."))
    if state is State.ABANDONED and not words:
        raise Refused(_("Please say why: people who asked for this will read it."))
    commitment.state = state
    commitment.reason = words if state is State.ABANDONED else ""
    commitment.finished_at = None if commitment.is_open else now()
    _change(commitment, words, by)
    record(f"commitment {state}", "commitment", commitment.code, by=by)


def add_step(commitment: Commitment, *, text: str, due_on: date | None, by: Account) -> CommitmentStep:
    """Add one thing to do, after the others."""
    counted = select(func.count(), func.coalesce(func.max(CommitmentStep.position), 0))
    count, last = db.session.execute(counted.where(CommitmentStep.commitment_id == commitment.id)).one()
    if count >= MOST_STEPS:
        raise Refused(_("There are already %(most)d steps. Please remove one first.", most=MOST_STEPS))
    step = CommitmentStep(commitment_id=commitment.id, position=last + 1, text=text, due_on=due_on)
    db.session.add(step)
    record("step added", "commitment", commitment.code, by=by)
    return step


def tick_step(commitment: Commitment, step: CommitmentStep, *, done_on: date | None, by: Account) -> None:
    """Done on this day, or (None) not done after all."""
    step.done_on = done_on
    record("step done" if done_on else "step reopened", "commitment", commitment.code, by=by)


def remove_step(commitment: Commitment, step: CommitmentStep, *, by: Account) -> None:
    db.session.delete(step)
    record("step removed", "commitment", commitment.code, by=by)
