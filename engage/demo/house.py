"""The invented health centre itself: its facts, its people, the tablet of its waiting room."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from engage.accounts import actions as accounts
from engage.accounts.models import Account, Role
from engage.accounts.queries import DEMO_DOMAIN
from engage.centre import actions as centre
from engage.centre.models import Centre, WayOut
from engage.core.clock import now
from engage.core.db import db
from engage.demo.past import Calendar, happening
from engage.ideas.moderation import actions as moderation
from engage.intake import actions as intake
from engage.pages.starter import actions as starter
from engage.themes import actions as themes

CONTENT = Path(__file__).parent / "content"


def read(name: str) -> Any:
    """The content file of that name."""
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


def story() -> tuple[list[dict[str, Any]], ...]:
    """The boxes of paper that were opened, what people said, and what the centre promised."""
    return read("boxes"), read("ideas") + read("waiting"), read("commitments")


def found(facts: dict[str, Any]) -> Centre:
    """The centre and the lists every new one starts with."""
    house = Centre(**facts, updated_at=now())
    db.session.add(house)
    themes.fill()
    moderation.fill_refusals()
    intake.fill_distress_phrases()
    db.session.flush()
    starter.install()
    return house


def welcome(calendar: Calendar) -> dict[str, Account]:
    """The people, by the name their button carries, each on the day they joined."""
    people = {}
    for facts in read("people"):
        with happening(calendar.moment(calendar.day(facts.pop("joined"), working=True), "09:15")):
            people[facts["field"]] = account(**facts)
    return people


def account(field: str, role: str, phone: str = "", **names: str) -> Account:
    account = accounts.create(role=Role(role), email=f"{field}@{DEMO_DOMAIN}", **names)
    accounts.correct(account, first_name=account.first_name, last_name=account.last_name, phone=phone)
    return account


def furnish(calendar: Calendar, people: dict[str, Account], told: dict[str, Any]) -> None:
    """What an administrator sets after that: referents, ways out, closing days, names not to publish."""
    by = people["admin"]
    for place, facts in enumerate(told["referents"]):
        person = people[facts.pop("person")]
        said = {"first_name": person.first_name, "account_id": person.id, "position": place, **facts}
        centre.add_referent(photo=None, by=by, **said)
    for kind, facts in told["contacts"].items():
        centre.give_contact(WayOut(kind), None, by=by, **facts)
    for days in told["closing"]:
        first, last = _next(days, calendar.today)
        centre.close_between(first=first, last=last, reason=days["reason"], by=by)
    for place, name in enumerate(told["staff_names"]):
        centre.name_staff(told["staff_names"][:place], name=name, by=by)
    intake.open_kiosk(told["kiosk"], by=people["yann"])


def _next(days: dict[str, str], today: date) -> tuple[date, date]:
    """The coming days `from` `to`, which say no year, and may end in the next one."""
    first, last = (date.fromisoformat(f"{today.year}-{days[name]}") for name in ("from", "to"))
    if last < first:
        last = last.replace(year=last.year + 1)
    if last < today:
        first, last = first.replace(year=first.year + 1), last.replace(year=last.year + 1)
    return first, last
