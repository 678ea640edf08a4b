"""Workshops and events of the invented centre: a walk each week, dates to come, one that is over, a draft."""

from __future__ import annotations

import secrets
from datetime import time, timedelta
from typing import Any

from sqlalchemy import update

from engage.accounts.models import Account, Role
from engage.accounts.queries import DEMO_DOMAIN
from engage.core.clock import now
from engage.core.db import db
from engage.demo import house
from engage.demo.past import Calendar, happening, worked
from engage.events.after.models import Face, Feedback, Shown
from engage.events.joining import actions as joining
from engage.events.kinds import CompanionRole, EventKind, EventState, Need, SigningUp, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.planning import actions as planning
from engage.events.planning.dating import actions as dating
from engage.events.planning.dating import making
from engage.events.planning.dating.making import Hours
from engage.events.planning.ready import ready
from engage.events.programme.models import Programme, Slot, SlotKind, Speaker
from engage.events.signing import actions as signing
from engage.events.signing import places
from engage.events.signing import queries as signed
from engage.events.signing.models import Companion, SignUp
from engage.events.signing.taking import Wanted
from engage.intake.models import Reply
from engage.outbox.models import Message

Facts = dict[str, Any]
WEEK = 7
AT_ONCE = 200
HALF_A_YEAR = timedelta(days=182)
COUNTED = ("heads", "new_faces", "minutes_words")
TOLD_BEFORE = timedelta(days=3)


class Events:
    """Planned by the coordinator; people sign up by every door."""

    def __init__(self, calendar: Calendar, people: dict[str, Account]) -> None:
        self.calendar, self.people, self.by = calendar, people, people["chloe"]

    def fill(self) -> None:
        """All of them, as they stand today."""
        told = house.read("events")
        self._walk(told["walk"])
        for facts in told["dates"]:
            self._past(facts) if facts["in"] < 0 else self._coming(facts)
        self._draft(**told["draft"])
        for change in signed.untold(AT_ONCE):
            signing.tell_newcomer(change)
        theirs = update(Message).where(Message.about_kind.in_(("sign-up", "member")))
        db.session.execute(theirs.values(created_at=self.calendar.present - TOLD_BEFORE))

    def _draft(self, kind: str, **more: Any) -> Event:
        held = ready()[EventKind(kind)]
        words: Facts = {**held.words, "rung": held.rung, "signing_up": held.signing_up}
        words |= {"capacity": held.capacity, "is_joined_once": held.is_joined_once, "is_step_free": True}
        words |= {"organiser": "Maison de santé", "referent_id": self.by.id, **more}
        asked = list(held.questions) if kind == "workshop" else []
        return planning.create(
            EventKind(kind), questions=asked, photo=None, photo_alt="", by=self.by, **words
        )

    def _walk(self, facts: Facts) -> None:
        event = self._draft("walk", place=facts["place"])
        held = ready()[EventKind.WALK]
        hours = Hours(starts=held.starts, minutes=held.minutes, closes_hours=0)
        ahead = (facts["weekday"] - self.calendar.today.weekday()) % WEEK or WEEK
        first = self.calendar.day(-ahead)
        dating.add_series(event, f"FREQ=WEEKLY;UNTIL={first + HALF_A_YEAR:%Y%m%d}", first, hours, by=self.by)
        db.session.flush()
        planning.publish(event, by=self.by)
        over = [self._made(event, WEEK * weeks - ahead, hours) for weeks in range(1, facts["weeks_ago"] + 1)]
        for number, date in enumerate(over):
            self._close(date, [one for place, one in enumerate(facts["members"]) if (place + number) % 4])
        for one in facts["members"]:
            account = self.people.get(one.get("account", ""))
            joining.join(event, account=account, **self._wanted(one, account))

    def _coming(self, facts: Facts) -> None:
        event, hours = self._event(facts)
        (date,) = dating.add_dates(event, [worked(self.calendar.day(-facts["in"]))], hours, by=self.by)
        db.session.flush()
        self._programme(event, facts.get("programme", []))
        planning.publish(event, by=self.by)
        for one in facts["who"]:
            account = self.people.get(one.get("account", ""))
            is_partner = bool(account and account.role is Role.PARTNER)
            signing.sign_up(date, account=account, is_partner=is_partner, **self._wanted(one, account))

    def _event(self, facts: Facts) -> tuple[Event, Hours]:
        own = ("title", "capacity", "place")
        event = self._draft(facts["kind"], **{name: facts[name] for name in own if name in facts})
        starts = time.fromisoformat(facts["starts"])
        return event, Hours(starts=starts, minutes=facts["minutes"], closes_hours=0)

    def _wanted(self, one: Facts, account: Account | None) -> Wanted:
        reply = Reply(one.get("reply", "mail"))
        address = f"{one['name'].split()[0].lower()}@{DEMO_DOMAIN}"
        known = one.get("contact") or (address if reply is Reply.MAIL else None)
        return Wanted(
            submission_key=secrets.token_urlsafe(16),
            name=one["name"],
            reply=reply,
            contact=account.email if account else known,
            companions=[(CompanionRole.OTHER, "")] * (one.get("party", 1) - 1),
            needs=[Need(need) for need in one.get("needs", [])],
            needs_words=one.get("words", ""),
            answers=[],
            language="fr",
        )

    def _programme(self, event: Event, slots: list[Facts]) -> None:
        if slots:
            db.session.add(Programme(event_id=event.id, audiences=[], committee=[], notes=[]))
        for position, facts in enumerate(slots, 1):
            told = dict(facts)
            hours = {name: time.fromisoformat(told.pop(name)) for name in ("starts", "ends")}
            voices = [Speaker(position=n, **one) for n, one in enumerate(told.pop("speakers", []), 1)]
            places, kind = told.pop("places", None), SlotKind(told.pop("kind"))
            chosen = {"takes_sign_up": places is not None, "capacity": places, "title": None, "topics": []}
            db.session.add(
                Slot(
                    event_id=event.id, position=position, kind=kind, speakers=voices, **hours, **chosen | told
                )
            )

    def _made(self, event: Event, ago: int, hours: Hours) -> Occurrence:
        date = making.made(event, self.calendar.day(ago), hours)
        db.session.add(date)
        db.session.flush()
        return date

    def _past(self, facts: Facts) -> None:
        event, hours = self._event(facts)
        event.state, event.signing_up = EventState.PUBLISHED, SigningUp.OPTIONAL
        date = self._made(event, -facts["in"], hours)
        self._close(date, facts["who"])
        date.head_count, date.new_faces, date.minutes_words = (facts[name] for name in COUNTED)
        said = [*facts["said"]]
        for face, number in facts["faces"].items():
            words = [one["words"] for one in said if one["face"] == face]
            for place in range(number):
                self._feedback(date, Face(face), words[place] if place < len(words) else None)

    def _feedback(self, date: Occurrence, face: Face, words: str | None) -> None:
        db.session.add(Feedback(occurrence_id=date.id, face=face, words=words, state=Shown.SHOWN))

    def _close(self, date: Occurrence, people: list[Facts]) -> None:
        """Who came, and who did not, as the list said in the evening."""
        with happening(date.starts_at - timedelta(days=2)):
            for one in people:
                came = SignUpState.ATTENDED if one.get("came", True) else SignUpState.ABSENT
                account = self.people.get(one.get("account", ""))
                db.session.add(self._guest(date, one, account, came))
        date.day_closed_at = date.ends_at
        places.write_back(date)

    def _guest(self, date: Occurrence, one: Facts, account: Account | None, state: SignUpState) -> SignUp:
        wanted = self._wanted(one, account)
        person = signed.person_digest(account, wanted["name"], wanted["contact"], wanted["reply"])
        return SignUp(
            submission_key=wanted["submission_key"], occurrence_id=date.id, person_digest=person,
            account_id=account and account.id, name=wanted["name"], reply=wanted["reply"],
            contact=wanted["contact"], party=one.get("party", 1), state=state, needs=[], created_at=now(),
            companions=[Companion(role=CompanionRole.OTHER) for _one in wanted["companions"]],
        )  # fmt: skip
