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
)


def settle() -> int:
    """Move every block that is whole, each wave in a unit of its own; how many responses."""
    moved = 0
    for wave in queries.to_settle():
        moved += actions.settle(wave)
        db.session.commit()
    db.session.remove()
    if moved:
        traces.forget(TOUCHED)
    return moved


JOBS = [Job("settle answers", settle, every_seconds=EVERY_SECONDS)]
