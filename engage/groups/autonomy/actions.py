"""A group takes a step of autonomy, up or down, because it decided so."""

from __future__ import annotations

from sqlalchemy import update

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.autonomy import queries
from engage.groups.autonomy.models import AutonomyMove
from engage.groups.autonomy.steps import may_follow, rights
from engage.groups.deciding.models import Decision
from engage.groups.deciding.telling import tell
from engage.groups.models import Autonomy, Group
from engage.groups.words import STEPS as NAMES
from engage.journal import actions as journal


def move(group: Group, decision: Decision, *, by: Account) -> AutonomyMove:
    """Carry out this decision: the rights change at once, and every member hears of it.

    Raises Refused for a decision that is not adopted, is of another group, was carried out, is older than
    the last step, or leaps over one.
    """
    _lock(group)
    step = _decided(group, decision)
    if not may_follow(group.autonomy, step):
        raise Refused(_("One step up at a time, please: the group can decide the next one later."))
    made = insert_once(
        AutonomyMove, group_id=group.id, decision_id=decision.id, step=step, at=now(), by_id=by.id
    )
    if made is None:
        raise Refused(_("This decision was carried out already."))
    was, group.autonomy = group.autonomy, step
    db.session.flush()
    _tell(group, decision, was)
    journal.record("autonomy moved", "group", group.code, by=by, note=f"{was} → {step}")
    return made


def _lock(group: Group) -> None:
    """Two steps at once are taken one after the other, on every engine."""
    db.session.execute(
        update(Group).where(Group.id == group.id).values(autonomy=Group.autonomy),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(group)


def _decided(group: Group, decision: Decision) -> Autonomy:
    if decision.group_id != group.id or decision.moves_autonomy not in set(Autonomy):
        raise Refused(_("This decision is not about the autonomy of this group."))
    if not decision.is_closed or not decision.is_adopted:
        raise Refused(_("The group has not adopted this decision."))
    if decision not in queries.adopted(group):
        raise Refused(_("This decision was carried out already, or the group decided otherwise since."))
    return Autonomy(decision.moves_autonomy)


def _tell(group: Group, decision: Decision, was: Autonomy) -> None:
    tell(
        group,
        _l("Your group takes a step"),
        "autonomy/mail/moved.txt",
        key=f"autonomy {decision.code}",
        decision=decision,
        was=NAMES[was],
        step=NAMES[group.autonomy],
        rights=rights,
    )
