"""What the clock does for people on the way: one reminder ever, and forgetting who is silent for years."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job
from engage.involvement import actions, queries


def remind() -> int:
    """Write once to who said to be interested and with whom nothing happened since; how many."""
    told = [actions.remind(person) for person in queries.to_remind()]
    db.session.commit()
    return sum(told)


def forget() -> int:
    """Erase who was not heard of for 24 months; how many."""
    people = queries.not_heard_of()
    for person in people:
        actions.erase(person)
    db.session.commit()
    return len(people)


JOBS = [
    Job("remind people once", remind, cron={"hour": 8, "minute": 23}),
    Job("forget people not heard of", forget, cron={"hour": 3, "minute": 21}),
]
