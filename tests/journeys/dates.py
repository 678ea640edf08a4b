"""What the story of a date asks of people, of the clock, and of the server behind the pages."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select

from engage.core import cache
from engage.core.db import db
from engage.events.arriving.models import Arrival
from engage.events.kinds import SignUpState
from engage.events.models import Occurrence
from engage.events.reminding.commands import remind
from engage.events.signing.models import SignUp
from engage.intake.models import Door
from tests.journeys.conftest import Person

PARIS = ZoneInfo("Europe/Paris")


class Clock:
    """What the site takes for `datetime`: a story sets it forward, the browser lives on in its own time."""

    ahead = timedelta()
    combine = staticmethod(datetime.combine)

    def now(self, zone: tzinfo) -> datetime:
        return datetime.now(zone) + self.ahead

    def reach(self, app: Flask, moment: datetime) -> None:
        self.ahead = moment - datetime.now(UTC)
        with app.app_context():
            cache.forget()


def enter(somebody: Person, name: str) -> None:
    """By the button of the demo; days later, once more."""
    somebody.page.context.clear_cookies()
    somebody.open("/connexion")
    somebody.page.locator(f"form:has(input[value={name}]) button").click()
    somebody.page.wait_for_load_state()


def say_who(somebody: Person, name: str, way: str) -> None:
    somebody.write("Your name", name)
    somebody.page.locator(f"[name=reply][value={way}]").check()
    if way == "mail":
        somebody.write("Your e-mail address", address_of(name))


def address_of(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@exemple.fr"


def stand(somebody: Person, code: str) -> dict[str, SignUpState]:
    """Everybody of this date, as the server knows them."""
    with somebody.app.app_context():
        rows = select(SignUp).join(Occurrence).where(Occurrence.code == code).order_by(SignUp.id)
        return {sign_up.name or "": sign_up.state for sign_up in db.session.scalars(rows)}


def words_of(pdf: bytes) -> list[str]:
    """What stands on each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def by_their_mail(somebody: Person, name: str) -> None:
    """The address of the last mail only opens a page; its button lets in."""
    found = re.search(r"(/evenements/\S+)", somebody.mailed(address_of(name)))
    assert found
    somebody.open(found[1])
    somebody.press("Open my sign-up")


def at(somebody: Person, code: str, days: int, hour: time) -> datetime:
    """That hour in Paris, so many days after the date."""
    with somebody.app.app_context():
        day = db.session.scalars(select(Occurrence.day).filter_by(code=code)).one()
    return datetime.combine(day + timedelta(days=days), hour, PARIS)


def written(somebody: Person) -> int:
    """How many reminders and thanks the clock writes now."""
    with somebody.app.app_context():
        return remind()


def doors(somebody: Person, code: str) -> set[Door]:
    with somebody.app.app_context():
        rows = select(SignUp.door).join(Occurrence).where(Occurrence.code == code)
        return set(db.session.scalars(rows))


def arrivals(phone: Person, code: str) -> int:
    with phone.app.app_context():
        counted = select(func.count()).select_from(Arrival).join(Occurrence)
        return db.session.scalars(counted.where(Occurrence.code == code)).one()
