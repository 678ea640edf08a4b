"""Over the whole URL map: a relay sees the people they spoke for, and nobody else's data."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import or_, select
from werkzeug.routing import Rule

from engage.accounts.models import STAFF_ROLES, Account, Role
from engage.core.clock import now
from engage.core.config import DEFAULT_LIMITS, Settings
from engage.core.db import Encrypted, Model, db
from engage.events.signing.models import SignUp
from engage.groups.models import Membership, MembershipWish
from engage.ideas.models import Idea
from engage.intake import actions as intake
from engage.involvement.carrying import actions as carrying
from tests import make
from tests.browser import Visitor
from tests.events.signing.people import signed
from tests.laws.code import none
from tests.laws.rooms import Rooms, furnish
from tests.laws.rooms_relays import brought

# What an address brings that only its reader was sent: a relay has none of them.
GIVEN_TO_ITS_READER = {"given", "token"}
WRONG = "zzzzzzzz"
SAYS_WHO = {"name", "contact", "person", "email", "phone", "address", "companion_names", "needs_words"}
LED_BY = {
    "sign_up", "event_member", "involvement_person", "application", "message", "partner_training",
    "partner_mission", "partner_expense",
}  # fmt: skip
SHORTEST = 4


@pytest.fixture
def engine_name() -> str:
    """Who sees what does not depend on the database."""
    return "sqlite"


@pytest.fixture
def rooms(app: Flask, chloe: Visitor) -> Rooms:
    """One of everything, and no limit to how often a door is tried."""
    settings: Settings = app.extensions["engage_settings"]
    settings.limits |= dict.fromkeys(DEFAULT_LIMITS, "100000/minute")
    with app.app_context():
        return furnish(1)


@pytest.fixture
def secrets(app: Flask, rooms: Rooms) -> dict[str, str]:
    """What would betray somebody, and whose it is: their names, contacts and codes."""
    with app.app_context():
        open_to_all = {"04 00 00 00 00", *_named_by_choice()}
        found = {value: where for where, value in _betraying() if len(value) >= SHORTEST}
    return {value: where for value, where in found.items() if value not in open_to_all}


def _named_by_choice() -> Iterator[str]:
    """Who agreed to be named on the page of a group, and the team that signs for what it does."""
    named = select(Membership.account_id).join(MembershipWish).where(MembershipWish.is_named)
    rows = select(Account).where(or_(Account.role.in_(STAFF_ROLES), Account.id.in_(named)))
    for account in db.session.scalars(rows):
        yield from (account.full_name, account.first_name)


def _betraying() -> Iterator[tuple[str, str]]:
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            says_who = isinstance(column.type, Encrypted) and column.name in SAYS_WHO
            if says_who or (column.name == "code" and table.name in LED_BY):
                for value in db.session.scalars(select(column).where(column.is_not(None))):
                    yield f"{table.name}.{column.name}", str(value)
    for account in db.session.scalars(select(Account).where(Account.role.in_([Role.MEMBER, Role.PARTNER]))):
        yield "account", account.full_name
    for model in (Idea, SignUp):
        for key in db.session.scalars(select(model.submission_key)):
            yield f"follow-up code of {model.__tablename__}", intake.code_of(key)


@pytest.fixture
def relay(app: Flask, secrets: dict[str, str]) -> Visitor:
    """Signed in after the secrets were gathered: what they bring themselves is theirs to see."""
    with app.app_context():
        account = make.account("Nadia", Role.RELAY)
        brought(account, "Huguette Lavigne")
        date = make.occurrence(make.event("Café du mercredi"))
        coming = signed(date, "Odette Marchal", entered_by=account)
        carrying.carry("sign-up", coming.code, relay=account, person="Odette Marchal", consented_at=now())
        db.session.commit()
        return Visitor(app, account.id)


def _address(app: Flask, rooms: Rooms, rule: Rule) -> str:
    arguments: dict[str, Any] = rooms.arguments(rule)
    arguments |= dict.fromkeys(GIVEN_TO_ITS_READER & arguments.keys(), WRONG)
    with app.test_request_context():
        return app.url_map.bind("localhost").build(str(rule.endpoint), arguments)


def _shown(visitor: Visitor, address: str) -> str:
    """All the words of the answer, and where it leads, without its own address, which a page may repeat."""
    response = visitor.client.get(address)
    content = response.get_data()
    response.close()
    if content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    leads_to: str = response.headers.get("Location", "")
    return (content.decode("utf-8", "replace") + leads_to).replace(address, "")


def _readable(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]


def test_no_address_shows_a_relay_anybody_elses_name_contact_or_code(
    app: Flask, rooms: Rooms, relay: Visitor, secrets: dict[str, str]
) -> None:
    found = []
    for rule in _readable(app):
        address = _address(app, rooms, rule)
        words = _shown(relay, address)
        seen = [(where, value) for value, where in secrets.items() if value in words and value not in address]
        found += [f"{rule.rule} ({rule.endpoint}) shows {where}: {value}" for where, value in seen]
    none(found)


def test_the_same_walk_finds_what_the_team_may_see(
    app: Flask, rooms: Rooms, chloe: Visitor, secrets: dict[str, str]
) -> None:
    """Else the test above would be content with secrets that stand nowhere."""
    words = " ".join(
        _shown(chloe, _address(app, rooms, rule))
        for rule in _readable(app)
        if rule.rule.startswith("/equipe")
    )
    seen = {where for value, where in secrets.items() if value in words}
    assert {"sign_up.name", "account", "message.code"} <= seen


def test_every_address_of_the_team_is_shut_to_a_relay(app: Flask, rooms: Rooms, relay: Visitor) -> None:
    found = []
    for rule in app.url_map.iter_rules():
        if not (rule.rule + "/").startswith("/equipe/"):
            continue
        for method in {"GET", "POST"} & (rule.methods or set()):
            data = {"csrf_token": relay.token()} if method == "POST" else None
            answer = relay.client.open(rooms.address(app, rule), method=method, data=data)
            answer.close()
            if answer.status_code not in (403, 404):
                found.append(f"{method} {rule.rule}: {answer.status_code}")
    none(found)


def test_those_they_spoke_for_are_there(relay: Visitor) -> None:
    relay.get("/relais")
    assert "Huguette Lavigne" in relay.page
    assert "Odette Marchal" in relay.page
