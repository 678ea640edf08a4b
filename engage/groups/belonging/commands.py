"""What the clock does: asks whether mandates go on, ends those that do not, forgets old invitations."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job, stopping
from engage.groups.belonging import actions, lasting, queries

AT_ONCE = 50


def propose_renewals() -> int:
    """Ask those whose mandate ends within 60 days, each once; how many were asked."""
    asked = 0
    for member in queries.to_renew(AT_ONCE):
        if stopping.is_set():
            break
        asked += lasting.propose(member) is not None
        db.session.commit()
    return asked


def go_on_with_groups() -> int:
    """Begin the next mandates of who said yes before the term of their group was extended; how many."""
    begun = 0
    for renewal in queries.to_go_on(AT_ONCE):
        if stopping.is_set():
            break
        begun += lasting.go_on(renewal) is not None
        db.session.commit()
    return begun


def end_memberships() -> int:
    """End the mandates that nobody takes on, and what closed accounts left behind; how many."""
    ended = 0
    for member in queries.to_end(AT_ONCE):
        if stopping.is_set():
            break
        actions.end(member, by=None)
        db.session.commit()
        ended += 1
    return ended


def forget_invitations() -> int:
    """30 days after its end nothing is left of an invitation; how many were forgotten."""
    gone = actions.forget_invitations()
    db.session.commit()
    return gone


JOBS = [
    Job("propose renewals", propose_renewals, cron={"hour": 6, "minute": 11}),
    Job("go on with groups", go_on_with_groups, cron={"hour": 3, "minute": 7}),
    Job("end memberships", end_memberships, cron={"hour": 3, "minute": 11}),
    Job("forget group invitations", forget_invitations, cron={"hour": 3, "minute": 17}),
]
