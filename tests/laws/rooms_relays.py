"""Rooms of relays and partner patients: a way in, words to bring back, a file with something in each part."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from engage.accounts.models import Account, Role
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.events.joining import actions as groups
from engage.groups.partnering.models import Expense, ExpenseKind, Mission, Training
from engage.ideas.models import Idea
from engage.intake.models import Door
from engage.involvement.carrying import actions as carrying
from engage.involvement.models import RelayKind, SourceKind
from engage.involvement.sources import actions as sources
from engage.outbox.actions import address_digest
from engage.outbox.models import Channel, Kind, Message
from engage.uploads import actions as uploads
from engage.uploads.pictures import CheckedPhoto
from tests import make
from tests.events.signing.people import signed, wanted
from tests.laws.insiders import insider


def _telling(idea: Idea) -> Message:
    """What waits for the relay who brought this idea."""
    row = Message(
        key=secrets.token_hex(8), kind=Kind.NEWS, channel=Channel.RECEPTION, person="Lucette",
        address_digest=address_digest(Channel.RECEPTION, f"idea {idea.code}"), subject="Une idée",
        body="Elle avance.", message_id=secrets.token_hex(8), about_kind="idea", about_ref=idea.code,
        created_at=now(), not_before=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def brought(relay: Account, person: str) -> Message:
    """An idea that this relay brought for `person`, and the answer that waits."""
    idea = make.idea(f"Dit par {person}.", door=Door.RELAY, entered_by_id=relay.id)
    carrying.carry("idea", idea.code, relay=relay, person=person, consented_at=now())
    return _telling(idea)


def _brought_by(relay: Account, number: int) -> None:
    """A sign-up, somebody in a group, an idea and its answer, all by the same relay."""
    brought(relay, f"Gilberte {number}")
    signed(make.occurrence(make.event()), f"Odile {number}", entered_by=relay)
    walks = make.occurrence(make.event(is_joined_once=True))
    groups.join(walks.event, by=relay, **wanted(f"Yvette {number}"))


def _file(partner: Account, number: int) -> dict[tuple[str, str], Any]:
    """A partner patient with a training, a mission and an expense with its receipt, years apart."""
    today, own = centre_today() - timedelta(days=366 * (number - 1)), {"account_id": partner.id}
    training = Training(**own, title="Animer", day=today, minutes=60)
    mission = Mission(
        **own,
        submission_key=secrets.token_hex(16),
        title="Relire",
        first_day=today,
        last_day=today,
        minutes=9,
    )
    receipt = uploads.keep(CheckedPhoto(b"\xff\xd8\xff", "image/jpeg", 1, 1))
    expense = Expense(
        **own, submission_key=secrets.token_hex(16), kind=ExpenseKind.MEAL, day=today, amount=900,
        claimed_at=now(), receipt=receipt,
    )  # fmt: skip
    db.session.add_all([training, mission, expense])
    db.session.flush()
    return {
        ("partnering", "number"): today.year, ("partnering.remove_training", "code"): training.code,
        ("partnering", "code"): mission.code, ("partnering_desk", "code"): mission.code,
        ("partnering_desk", "actor"): partner.actor_id, ("spending", "code"): expense.code,
        ("spending_desk", "code"): expense.code,
    }  # fmt: skip


def held(number: int, owner: Account) -> dict[tuple[str, str], Any]:
    """One more of each."""
    poster = sources.make(kind=SourceKind.POSTER, label=f"Affiche {number}", by=owner)
    relay = make.account(f"Nadia {number}", Role.RELAY)
    carrying.describe(relay, kind=RelayKind.PHARMACIST, organisation="Pharmacie", by=owner)
    sources.give(relay, by=owner)
    waiting = brought(relay, f"Lucette {number}")
    _brought_by(insider("Nora"), number)
    _file(make.account(f"Benoît {secrets.token_hex(4)}", Role.PARTNER), number)
    return {
        ("sources", "code"): poster.code, ("sources_desk", "code"): poster.code,
        ("relay_space", "code"): waiting.code, ("relays_desk", "actor"): relay.actor_id,
        **_file(insider("Basile"), number),
    }  # fmt: skip
