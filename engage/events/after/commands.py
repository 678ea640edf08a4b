"""What the clock forgets of a date: ticks with the needs, forms once nobody answers, words with the list."""

from __future__ import annotations

from datetime import timedelta

from engage.centre.queries import centre
from engage.core.clock import now
from engage.core.db import db
from engage.core.jobs import Job
from engage.events.after import actions
from engage.events.after.needs import actions as needs
from engage.events.signing.commands import DAYS_IN_A_MONTH, NEEDS_KEPT


def forget_prepared() -> int:
    """30 days after a date nobody knows any more what was prepared for whom; how many ticks."""
    forgotten = needs.forget(now() - NEEDS_KEPT)
    db.session.commit()
    return forgotten


def forget_answers() -> int:
    """Erase what could still lead to who answered, then the words when lists are; of how many dates."""
    actions.forget_forms()
    actions.forget_agreements()
    kept = timedelta(days=centre().erase_after_months * DAYS_IN_A_MONTH)
    dates = actions.forget_words(now() - kept)
    db.session.commit()
    return dates


JOBS = [
    Job("forget what was prepared", forget_prepared, cron={"hour": 3, "minute": 49}),
    Job("forget what was said of dates", forget_answers, cron={"hour": 3, "minute": 57}),
]
