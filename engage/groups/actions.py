"""What the team does with a group itself: made, put right, given places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.models import Group, GroupKind, GroupPlaces, Side
from engage.journal import actions as journal


def create(kind: GroupKind, *, places: Mapping[Side, int], by: Account, **facts: Any) -> Group:
    """A new group, with a number of places for every side, zero for those it does not keep any for."""
    group = Group(kind=kind, created_at=now(), **facts)
    _refuse_term(group)
    db.session.add(group)
    db.session.flush()
    rows = [GroupPlaces(group_id=group.id, side=side, places=places.get(side, 0)) for side in Side]
    db.session.add_all(rows)
    journal.record("group created", "group", group.code, by=by, note=group.name)
    db.session.flush()
    return group


def edit(group: Group, *, version: int, by: Account, **facts: Any) -> None:
    """Put its facts right. Raises Refused when somebody else did since the page was opened."""
    if group.version != version:
        raise Refused(_("Someone else has just changed this group. Please look again before you send."))
    for name, value in facts.items():
        setattr(group, name, value)
    _refuse_term(group)
    journal.record("group changed", "group", group.code, by=by)


def _refuse_term(group: Group) -> None:
    if group.ends_on and group.ends_on < group.starts_on:
        raise Refused(_("A group cannot end before it begins. Choose a later day."))


def set_places(group: Group, places: Mapping[Side, int], *, by: Account) -> None:
    """As many places as said; who is in stays in, even when there are more of them than places."""
    db.session.flush()
    for side in Side:  # always in this order: two who do this wait for each other, not forever
        row = update(GroupPlaces).filter_by(group_id=group.id, side=side)
        db.session.execute(row.values(lock=GroupPlaces.lock + 1, places=places[side]))
    said = ", ".join(f"{side} {places[side]}" for side in Side)
    journal.record("group places changed", "group", group.code, by=by, note=said)
