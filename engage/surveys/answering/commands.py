"""What the clock does with answers: mixes them, and wipes the traces of their order."""

from __future__ import annotations

from engage.core import traces
from engage.core.db import db
from engage.core.jobs import Job
from engage.surveys.answering import actions, queries

EVERY_SECONDS = 600
# All that held a word on its way: also the drafts of those who were still answering.
TOUCHED = (
    "draft",
    "survey_typed_sheet",
    "survey_pending",
    "survey_response",
    "survey_answer",
    "survey_verbatim",
    "survey_ticket",
    "survey_result_notice",
    # What the team made of words: where a name stood in them, and what they are about.
    "verbatim_reading",
    "verbatim_theme",
)

ALWAYS_REWRITTEN = ("draft", "survey_pending", "survey_typed_sheet")


def settle() -> int:
    """Move every block that is whole, each wave in a unit of its own; how many responses."""
    moved, is_over = 0, False
    for wave in queries.to_settle():
        moved += actions.settle(wave)
        is_over = is_over or wave.settled_at is not None
        db.session.commit()
    db.session.remove()
    if moved or is_over:
        traces.forget(TOUCHED, rewritten=TOUCHED if is_over else ALWAYS_REWRITTEN)
    return moved


def erase() -> int:
    """Erase the answers of every wave whose day has come; how many waves."""
    waves = queries.to_erase()
    for wave in waves:
        actions.erase(wave)
        db.session.commit()
    db.session.remove()
    if waves:
        traces.forget(TOUCHED, rewritten=TOUCHED)
    return len(waves)


JOBS = [
    Job("settle answers", settle, every_seconds=EVERY_SECONDS),
    Job("erase answers", erase, cron={"hour": 4, "minute": 10}),
]
