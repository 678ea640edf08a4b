"""Who may do what in a group: by role, by membership, and by the step of autonomy the group has reached.

"Team" is who goes with the group: its referent and the coordination.

| step | agenda set by | minutes shared and published by | decisions closed by |
|---|---|---|---|
| proposed by the team | team | team | team |
| co-led | team, co-chairs | team, secretary | team |
| own agenda | co-chairs, facilitators | team, secretary | team, co-chairs |
| own chair and minutes | co-chairs, facilitators | secretary, co-chairs | co-chairs |
| own decisions, budget line | co-chairs, facilitators | secretary, co-chairs | co-chairs |
"""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups import queries
from engage.groups.models import Autonomy, Group, MemberKind, Membership

STEPS = list(Autonomy)
CHAIR = frozenset({MemberKind.CO_CHAIR})
LEAD = frozenset({MemberKind.CO_CHAIR, MemberKind.FACILITATOR})
PEN = frozenset({MemberKind.SECRETARY})
NOBODY: frozenset[MemberKind] = frozenset()
AGENDA = [NOBODY, CHAIR, LEAD, LEAD, LEAD]
MINUTES = [NOBODY, PEN, PEN, PEN | CHAIR, PEN | CHAIR]
DECISIONS = [NOBODY, NOBODY, CHAIR, CHAIR, CHAIR]
TEAM_UNTIL = {"agenda": 1, "minutes": 2, "decisions": 2}


def _active(me: Account | None, group: Group) -> Membership | None:
    """My membership, unless I am paused: who pauses reads, and is asked nothing."""
    member = queries.membership(me, group)
    return None if me is None or queries.is_paused(me, group) else member


def _leads(me: Account | None, group: Group, kinds: list[frozenset[MemberKind]], what: str) -> bool:
    if group.is_closed or me is None:
        return False
    step = STEPS.index(group.autonomy)
    if goes_with(me, group) and step <= TEAM_UNTIL[what]:
        return True
    member = _active(me, group)
    return member is not None and member.kind in kinds[step]


def goes_with(me: Account | None, group: Group) -> bool:
    """For the team: the referent of this group and the coordination, not every account of the team."""
    return bool(me and me.is_staff and (me.is_coordinator or me.id == group.referent_id))


def see_private(me: Account | None, group: Group) -> bool:
    """Members, paused ones too, and who goes with the group; a former member sees what is public."""
    return goes_with(me, group) or queries.membership(me, group) is not None


def take_part(me: Account | None, group: Group) -> bool:
    """Propose for the agenda, add papers, say whether one comes, correct minutes, vote."""
    return not group.is_closed and _active(me, group) is not None


def set_agenda(me: Account | None, group: Group) -> bool:
    """Plan meetings, and say what is spoken of."""
    return _leads(me, group, AGENDA, "agenda")


def publish_minutes(me: Account | None, group: Group) -> bool:
    """Share minutes with the members, approve them, and write the words for others."""
    return _leads(me, group, MINUTES, "minutes")


def close_decision(me: Account | None, group: Group) -> bool:
    """Write down what came out of it."""
    return _leads(me, group, DECISIONS, "decisions")


def manage(me: Account | None) -> bool:
    """Create groups, change their facts, invite, end memberships, answer applications."""
    return bool(me and me.is_coordinator)


def create(me: Account | None) -> bool:
    return manage(me)


def edit(me: Account | None, group: Group) -> bool:
    return manage(me) and not group.is_closed


def set_places(me: Account | None, group: Group) -> bool:
    return edit(me, group)


def see_desk(me: Account | None) -> bool:
    """Which groups there are, who belongs to them and how they stand."""
    return bool(me and me.is_staff)
