"""Who asks a group for a decision, who has a voice, and who writes down what came out."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups import permissions as may_group
from engage.groups import queries
from engage.groups.belonging import queries as belonging
from engage.groups.deciding.models import Decision
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
    """Who closes decisions shows them to everyone, or to the group alone again."""
    return decision.is_closed and may_group.close_decision(me, decision.group)


def review(me: Account | None, decision: Decision) -> bool:
    """Who closes decisions notes what became of them."""
    return publish(me, decision)


def speak_for(me: Account | None, group: Group) -> bool:
    """Take up a subject in the group's name, let it go, answer: who closes its decisions, and the team."""
    return not group.is_closed and bool(me and (me.is_staff or may_group.close_decision(me, group)))


def spoken_for(me: Account | None) -> list[Group]:
    """Every group that goes on for which I may speak."""
    if me is None:
        return []
    held = queries.everything() if me.is_staff else [one.group for one in belonging.active(me)]
    return [group for group in held if speak_for(me, group)]
