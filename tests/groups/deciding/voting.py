"""A group that decides, and what its decisions are tried with."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.groups.deciding import actions
from engage.groups.deciding.models import Decision, Way
from engage.groups.models import Autonomy, Group, MemberKind, Membership
from tests import make

OPTIONS = ["Un banc", "Un abri", "Une horloge"]


def group(*, autonomy: Autonomy = Autonomy.OWN_DECISIONS) -> Group:
    return make.group(autonomy=autonomy)


def members(group: Group, number: int) -> list[Account]:
    """Some who belong to it; the first one chairs."""
    people = [make.account(f"Membre{place}", Role.PARTNER) for place in range(number)]
    for place, person in enumerate(people):
        make.membership(group, person, kind=MemberKind.MEMBER if place else MemberKind.CO_CHAIR)
    return people


def substitute(group: Group, holder: Account) -> Account:
    person = make.account("Remplaçante", Role.PARTNER)
    held = db.session.query(Membership).filter_by(account_id=holder.id).one()
    make.membership(group, person, kind=MemberKind.SUBSTITUTE, substitute_for_id=held.id)
    return person


def ask(group: Group, by: Account, way: Way = Way.SCORES, **values: Any) -> Decision:
    facts = {
        "question": "Que mettre devant la porte ?",
        "options": OPTIONS if way is Way.SCORES else [],
        "meeting_id": None,
        "moves_autonomy": "",
    }
    return actions.ask(group, way=way, by=by, **facts | values)


def close(decision: Decision, by: Account, counts: dict[str, Any] | None = None, **values: Any) -> Decision:
    none: dict[str, Any] = {"ballots": 0, "sums": {}}
    facts = {"words": "", "review_on": None, "version": decision.version}
    actions.close(decision, counts=none if counts is None else counts, by=by, **facts | values)
    return decision


def closed(group: Group, by: Account, **values: Any) -> Decision:
    """A decision that is made, as rows hold it."""
    facts = {"way": Way.CONSENT, "question": "Se réunir le mardi ?", "options": [], "is_adopted": True}
    kept = {"counts": {"objections": 0}, "opened_at": now(), "closed_at": now(), "opened_by_id": by.id}
    made = Decision(group_id=group.id, **facts | kept | values)
    made.group = group
    db.session.add(made)
    db.session.flush()
    return made
