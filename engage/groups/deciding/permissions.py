"""Who asks a group for a decision, who has a voice, and who writes down what came out."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups import permissions as may_group
from engage.groups import queries
from engage.groups.deciding.models import Decision
from engage.groups.deciding.queries import TEAM_DECIDES
from engage.groups.models import Group


def ask(me: Account | None, group: Group) -> bool:
    """Who sets the agenda of the group, or writes down its decisions."""
    return may_group.set_agenda(me, group) or may_group.close_decision(me, group)


def withdraw(me: Account | None, decision: Decision) -> bool:
    """Who may ask may take back a question that is still open."""
    return not decision.is_closed and ask(me, decision.group)


def vote(me: Account | None, decision: Decision) -> bool:
    """Every member who is not paused."""
    return may_group.take_part(me, decision.group)


def close(me: Account | None, decision: Decision) -> bool:
    return not decision.is_closed and may_group.close_decision(me, decision.group)


def publish(me: Account | None, decision: Decision) -> bool:
    """Who closes decisions shows them to everyone, or to the group alone again.

    What a group that ended still shows, the coordination keeps to it.
    """
    if decision.group.is_closed:
        return decision.is_public and may_group.manage(me)
    return decision.is_closed and may_group.close_decision(me, decision.group)


def review(me: Account | None, decision: Decision) -> bool:
    """Who closes decisions notes what became of them."""
    return decision.is_closed and may_group.close_decision(me, decision.group)


def speak_for(me: Account | None, group: Group) -> bool:
    """Take up a subject in the group's name, let it go, answer: who closes its decisions."""
    return may_group.close_decision(me, group)


def spoken_for(me: Account | None) -> list[Group]:
    """Every group that goes on for which I may speak; no group is asked about where it cannot be."""
    if me is None:
        return []
    held = {one.id: one for one in queries.mine(me)}
    if me.is_staff:
        every = (one for one in queries.everything() if one.autonomy in TEAM_DECIDES)
        held |= {one.id: one for one in every if may_group.goes_with(me, one)}
    return [group for group in sorted(held.values(), key=lambda one: one.name) if speak_for(me, group)]
