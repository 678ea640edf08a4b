"""Plain functions that put a thing in the database, with sensible values for all that a test does not say."""

from __future__ import annotations

import secrets
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.centre.models import Centre, Referent
from engage.commitments.models import Commitment, Rung
from engage.core import fulltext, keys
from engage.core.clock import local, now
from engage.core.db import db
from engage.events.kinds import EventKind, EventState
from engage.events.models import Event, Occurrence
from engage.events.programme.models import Programme, Slot, SlotKind
from engage.groups.models import Group, GroupKind, GroupPlaces, MemberKind, Membership, MembershipWish, Side
from engage.ideas.models import Idea, Publication
from engage.intake.models import Door
from engage.pages.directory import actions as directory
from engage.pages.directory.models import Entry, EntryKind
from engage.pages.glossary import actions as glossary
from engage.pages.glossary.models import Term
from engage.themes.models import Theme

THEMES = [("reach", "Nous joindre", "phone"), ("appointments", "Rendez-vous", "appointment")]


def _saved(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def centre(**values: Any) -> Centre:
    facts = {
        "name": "Maison de santé des Tilleuls",
        "tagline": "Votre voix compte ici",
        "phone": "04 00 00 00 00",
        "updated_at": now(),
    }
    made: Centre = _saved(Centre(**facts | values))
    return made


def themes() -> list[Theme]:
    return [
        _saved(Theme(code=code, label=label, icon=icon, position=place))
        for place, (code, label, icon) in enumerate(THEMES)
    ]


def account(first_name: str = "Amina", role: Role = Role.MEMBER, **values: Any) -> Account:
    email = values.pop("email", f"{first_name.lower()}.{secrets.token_hex(4)}@exemple.fr")
    facts = {
        "first_name": first_name,
        "role": role,
        "email": email,
        "email_digest": keys.digest("email", email) if email else None,
        "created_at": now(),
    }
    made: Account = _saved(Account(**facts | values))
    return made


def referent(account: Account, **values: Any) -> Referent:
    facts = {
        "first_name": account.first_name,
        "title": "Votre référente participation",
        "phone": "04 00 00 00 00",
    }
    made: Referent = _saved(Referent(account_id=account.id, **facts | values))
    return made


def idea(text: str = "Un banc devant la porte, pour attendre assis.", **values: Any) -> Idea:
    facts = {
        "text": text,
        "submission_key": secrets.token_urlsafe(16),
        "door": Door.WEB,
        "wants_public": True,
        "received_at": now(),
    }
    if values.get("publication") is Publication.PUBLIC:
        facts["published_at"] = now()
    made: Idea = _saved(Idea(**facts | values))
    return made


def commitment(title: str = "Un banc devant la porte", **values: Any) -> Commitment:
    facts = {"title": title, "due_on": now().date(), "rung": Rung.CONSULTATION, "created_at": now()}
    made: Commitment = _saved(Commitment(**facts | values))
    return made


def theme(code: str = "reach") -> Theme:
    return db.session.scalars(select(Theme).filter_by(code=code)).one()


def findable(idea: Idea) -> Idea:
    """Put the words of the idea where the search looks for them."""
    for kind in ("idea", "idea-desk") if idea.is_public else ("idea-desk",):
        fulltext.put(kind, idea.code, f"{idea.title} {idea.text}")
    db.session.flush()
    return idea


def event(title: str = "Marche du jeudi", **values: Any) -> Event:
    """An event that everybody sees, unless `state` says otherwise."""
    facts = {"kind": EventKind.WALK, "state": EventState.PUBLISHED, "title": title, "created_at": now()}
    made: Event = _saved(Event(**facts | values))
    return made


def occurrence(
    event: Event, *, starts_at: datetime | None = None, minutes: int = 90, **values: Any
) -> Occurrence:
    """A date of this event, in a week unless said; people sign up until it starts."""
    starts_at = starts_at or now().replace(second=0, microsecond=0) + timedelta(days=7)
    wall = local(starts_at, "Europe/Paris")
    facts = {
        "event_id": event.id,
        "day": wall.date(),
        "starts": wall.time(),
        "minutes": minutes,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes),
        "closes_at": starts_at,
        "capacity": event.capacity,
        "reserved": event.reserved_places,
        "changed_at": now(),
    }
    made: Occurrence = _saved(Occurrence(**facts | values))
    return made


def slot(event: Event, starts: time = time(10), ends: time = time(11), **values: Any) -> Slot:
    """A slot of the programme of this event, which has one from now on."""
    if db.session.get(Programme, event.id) is None:
        _saved(Programme(event_id=event.id, audiences=[], committee=[], notes=[]))
    facts = {
        "event_id": event.id,
        "position": starts.hour * 60 + starts.minute + 1,
        "starts": starts,
        "ends": ends,
        "kind": SlotKind.WORKSHOP,
        "title": "Équilibre",
        "topics": [],
    }
    made: Slot = _saved(Slot(**facts | values))
    return made


def group(name: str = "Commission d’usagers", *, places: int = 10, **values: Any) -> Group:
    """A group that runs, with as many places for each side."""
    facts = {
        "kind": GroupKind.COMMISSION,
        "name": name,
        "aim": "Dire ce que vivent les patients, et en décider ensemble.",
        "starts_on": now().date(),
        "created_at": now(),
    }
    made: Group = _saved(Group(**facts | values))
    for side in Side:
        _saved(GroupPlaces(group_id=made.id, side=side, places=places))
    return made


def membership(group: Group, account: Account, **values: Any) -> Membership:
    """Somebody who belongs to the group; with `ended_at`, who did."""
    facts = {"side": Side.PATIENT, "kind": MemberKind.MEMBER, "begun_at": now()}
    made: Membership = _saved(Membership(group=group, account=account, **facts | values))
    _saved(MembershipWish(membership_id=made.id))
    return made


def term(term: str = "MSP", **values: Any) -> Term:
    """A word of the glossary."""
    facts = {"expansion": "", "definition": "Une équipe de soignants qui travaillent ensemble.", "forms": []}
    made: Term = glossary.define(term=term, by=None, **facts | values)
    return made


def entry(name: str = "Aide aux repas", **values: Any) -> Entry:
    """A person or service of the directory."""
    facts = {
        "kind": EntryKind.ASSOCIATION,
        "does": "Elle livre des repas chez vous.",
        "phone": "04 00 00 00 01",
    }
    return directory.add(by=None, name=name, **facts | values)
