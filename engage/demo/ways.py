"""By which doors people came to take part, who applied, and what a partner patient gave."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from engage.accounts.models import Account
from engage.accounts.queries import DEMO_DOMAIN
from engage.core.db import db
from engage.demo import house
from engage.demo.past import Calendar, worked
from engage.demo.plot import Event, act
from engage.groups.calling import actions as calls
from engage.groups.calling.applying import actions as applying
from engage.groups.calling.models import Call
from engage.groups.models import Group, Side
from engage.groups.partnering.models import (
    Agreement,
    Expense,
    ExpenseKind,
    ExpenseState,
    Mission,
    PartnerFile,
    Training,
)
from engage.intake.models import Door, Reply
from engage.involvement import actions as pathway
from engage.involvement.carrying import actions as carrying
from engage.involvement.models import (
    NextStep,
    PathwayNote,
    Person,
    RelayKind,
    Source,
    SourceKind,
    Stage,
)
from engage.involvement.sources import actions as sources

Facts = dict[str, Any]
SHEET = ("title", "what", "time", "duration", "training", "costs", "companion", "who_decides", "places")
AN_ANSWER = timedelta(days=9)
LATELY = 14


class Ways:
    """What the coordinator sets up, and what came of it."""

    def __init__(self, calendar: Calendar, people: dict[str, Account], groups: dict[str, Group]) -> None:
        self.calendar, self.people, self.groups, self.by = calendar, people, groups, people["chloe"]
        self.told = house.read("groups")
        self.sources: dict[str, Source] = {}
        self.met: dict[str, Person] = {}
        self.calls: dict[str, Call] = {}

    def events(self) -> Iterator[Event]:
        """What happened when, as the story tells it."""
        for name, facts in self.told["relays"].items():
            yield self._on(facts["ago"], self._relay, name, facts)
        for facts in self.told["sources"]:
            yield self._on(facts["ago"], self._source, facts)
        for facts in self.told["pathway"]:
            yield from self._person(facts)
        for facts in self.told["calls"]:
            yield self._on(facts["ago"], self._call, facts)
            for one in facts["applications"]:
                yield self._on(one["ago"], self._apply, facts["title"], one)
        for name, facts in self.told["partners"].items():
            yield self._on(1, self._partner, name, facts)

    def _on(self, ago: int, deed: Any, *facts: Any) -> Event:
        return act(self._at(ago), deed, *facts)

    def _at(self, ago: int) -> datetime:
        return self.calendar.moment(self.calendar.day(ago), "16:20")

    def _relay(self, name: str, facts: Facts) -> None:
        kind, house_of = RelayKind(facts["kind"]), facts["organisation"]
        carrying.describe(self.people[name], kind=kind, organisation=house_of, by=self.by)

    def _source(self, facts: Facts) -> None:
        if "relay" in facts:
            self.sources[facts["key"]] = sources.give(self.people[facts["relay"]], by=self.by)
            return
        kind = SourceKind(facts["kind"])
        self.sources[facts["key"]] = sources.make(kind=kind, label=facts["label"], by=self.by)

    def _said(self, one: Facts) -> Facts:
        reply = Reply(one["reply"])
        address = f"{one['name'].split()[0].lower()}@{DEMO_DOMAIN}"
        return {
            "submission_key": secrets.token_urlsafe(16), "name": one["name"], "reply": reply,
            "contact": one.get("contact") or (address if reply is Reply.MAIL else None), "language": "fr",
        }  # fmt: skip

    def _person(self, one: Facts) -> Iterator[Event]:
        yield self._on(one["ago"], self._meet, one)
        for stage, ago in one["stages"]:
            yield self._on(ago, self._move, one["name"], Stage(stage))
        yield self._on(min(one["ago"], LATELY), self._go_on, one)

    def _meet(self, one: Facts) -> None:
        source, door, said = self.sources.get(one.get("source", "")), Door(one["door"]), self._said(one)
        own = self.people.get(one.get("account", ""))
        self.met[one["name"]] = pathway.meet(
            stage=Stage.CONTACT, account=own, source=source, door=door, by=self.by, **said
        )

    def _move(self, name: str, stage: Stage) -> None:
        pathway.move(self.met[name], stage, by=self.by)

    def _go_on(self, one: Facts) -> None:
        """What the team knows, and does next."""
        person = self.met[one["name"]]
        if "note" in one:
            row = PathwayNote(person_id=person.id, at=self.calendar.present, by_id=self.by.id)
            row.words = one["note"]
            db.session.add(row)
        if "next" in one:
            words, days = one["next"]
            row_next = NextStep(person_id=person.id, owner_id=self.by.id, made_at=self.calendar.present)
            row_next.words, row_next.due_on = words, worked(self.calendar.day(-days))
            db.session.add(row_next)
        if "paused_in" in one:
            pathway.pause(person, self.calendar.day(-one["paused_in"]), by=self.by)
        db.session.flush()

    def _call(self, facts: Facts) -> None:
        closes_on = self.calendar.day(-facts["closes_in"])
        said = {name: facts[name] for name in SHEET}
        said |= {"group_id": self.groups[facts["group"]].id, "side": Side(facts["side"])}
        call = calls.create(by=self.by, closes_on=closes_on, questions=facts["questions"], **said)
        calls.publish(call, by=self.by)
        self.calls[facts["title"]] = call

    def _apply(self, call: str, one: Facts) -> None:
        talks = bool(one.get("talk"))
        source = self.sources[one["source"]]
        said = {"wants_to_talk": talks, "answers": one.get("answers", ["", ""]), **self._said(one)}
        applying.apply(self.calls[call], source=source, door=Door.WEB, **said)

    def _partner(self, name: str, facts: Facts) -> None:
        account = self.people[name]
        own = PartnerFile(account_id=account.id, agreement=Agreement(facts["agreement"]))
        own.skills, own.ceiling, own.agreed_on = facts["skills"], facts["ceiling"], self.calendar.day(300)
        db.session.add(own)
        for one in facts["training"]:
            day = worked(self.calendar.day(one.pop("ago")))
            db.session.add(Training(account_id=account.id, day=day, **one))
        for one in facts["missions"]:
            self._mission(account, one)
        for one in facts["expenses"]:
            self._expense(account, one)

    def _mission(self, account: Account, one: Facts) -> None:
        day = worked(self.calendar.day(one["ago"]))
        row = Mission(
            account_id=account.id, submission_key=secrets.token_urlsafe(16), title=one["title"],
            first_day=day, last_day=day, minutes=one["minutes"],
        )  # fmt: skip
        if one.get("confirmed"):
            row.confirmed_at, row.confirmed_by_id = self._at(one["ago"] - 3), self.by.id
        db.session.add(row)

    def _expense(self, account: Account, one: Facts) -> None:
        claimed, state = self._at(one["ago"]), ExpenseState(one.get("state", "claimed"))
        row = Expense(
            account_id=account.id, submission_key=secrets.token_urlsafe(16), kind=ExpenseKind(one["kind"]),
            day=worked(self.calendar.day(one["ago"])), amount=one["amount"], state=state, claimed_at=claimed,
        )  # fmt: skip
        row.words = one["words"]
        if state is not ExpenseState.CLAIMED:
            row.answered_at, row.answered_by_id = claimed + AN_ANSWER, self.by.id
            row.paid_on = (claimed + 2 * AN_ANSWER).date() if state is ExpenseState.PAID else None
        db.session.add(row)
