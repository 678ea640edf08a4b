"""A group with its people, and meetings of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from engage.accounts.models import Account, Role
from engage.core.clock import local, now
from engage.core.db import db
from engage.groups.meeting.models import AgendaItem, Meeting
from engage.groups.models import Autonomy, Group, MemberKind, Membership
from tests import make
from tests.browser import Visitor

ZONE = "Europe/Paris"


def meeting(group: Group, *, starts_at: datetime | None = None, minutes: int = 90, **values: Any) -> Meeting:
    """A meeting in a week, unless said."""
    starts_at = starts_at or now().replace(second=0, microsecond=0) + timedelta(days=7)
    wall = local(starts_at, ZONE)
    facts = {
        "day": wall.date(),
        "starts": wall.time(),
        "minutes": minutes,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes),
        "changed_at": now(),
        "place": "Salle des Tilleuls",
    }
    row = Meeting(group=group, **facts | values)
    db.session.add(row)
    db.session.flush()
    return row


def point(of: Meeting, text: str = "Le parking", *, kept: bool = True, **values: Any) -> AgendaItem:
    facts = {"position": 1, "is_kept": kept, "proposed_at": now()}
    row = AgendaItem(meeting_id=of.id, text=text, **facts | values)
    db.session.add(row)
    db.session.flush()
    return row


def belongs(group: Group, name: str, kind: MemberKind = MemberKind.MEMBER, **values: Any) -> Membership:
    """Somebody with an account, in the group for a month."""
    email = values.pop("email", f"{name.lower()}@exemple.fr")
    person = make.account(name, Role.PARTNER, email=email, phone=values.pop("phone", None))
    begun = values.pop("begun_at", now() - timedelta(days=30))
    return make.membership(group, person, kind=kind, begun_at=begun, **values)


@dataclass
class Circle:
    """A group led by its members: Lea chairs, Sam writes, Zoe is a member, Max stands in for Zoe."""

    group: Group
    lea: Membership
    sam: Membership
    zoe: Membership
    max: Membership

    @staticmethod
    def made(*, begun_at: datetime | None = None, **values: Any) -> Circle:
        group = make.group(**{"autonomy": Autonomy.OWN_AGENDA} | values)
        since: dict[str, Any] = {"begun_at": begun_at} if begun_at else {}
        zoe = belongs(group, "Zoe", **since)
        return Circle(
            group,
            belongs(group, "Lea", MemberKind.CO_CHAIR, **since),
            belongs(group, "Sam", MemberKind.SECRETARY, **since),
            zoe,
            belongs(group, "Max", MemberKind.SUBSTITUTE, substitute_for_id=zoe.id, **since),
        )


def account(membership: Membership) -> Account:
    assert membership.account is not None
    return membership.account


def visitor(app: Flask, membership: Membership) -> Visitor:
    return Visitor(app, membership.account_id)
