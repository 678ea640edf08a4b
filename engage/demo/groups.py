"""Groups of the invented centre: a commission with a year of meetings, a working group, a reading panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time, timedelta
from typing import Any

from sqlalchemy import update

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.demo import house
from engage.demo.past import Calendar, worked
from engage.demo.plot import Event, act
from engage.groups import actions as groups
from engage.groups.belonging import actions as belonging
from engage.groups.belonging import lasting
from engage.groups.charter import actions as charters
from engage.groups.charter import queries as chartered
from engage.groups.charter.models import CharterAgreement
from engage.groups.meeting.models import AgendaItem, Attendance, Coming, Meeting
from engage.groups.models import Entry, Group, GroupKind, MemberKind, Membership, Side
from engage.groups.ready import first_end, ready
from engage.ideas.models import Idea
from engage.ideas.timeline.models import IdeaGroup

Facts = dict[str, Any]
STARTS, MINUTES = "18:00", 90
PREPARED = timedelta(days=9)
TAKEN_UP = 140


class Groups:
    """Made by the coordinator; what their members did is written down on its day."""

    def __init__(self, calendar: Calendar, people: dict[str, Account], ideas: Mapping[str, Idea]) -> None:
        self.calendar, self.people, self.ideas, self.by = calendar, people, ideas, people["chloe"]
        self.told = house.read("groups")
        self.groups: dict[str, Group] = {}
        self.members: dict[str, dict[str, Membership]] = {}
        self.meetings: dict[tuple[str, int], Meeting] = {}

    def events(self) -> Iterator[Event]:
        """What happened when, as the story tells it."""
        for facts in self.told["people"]:
            yield self._on(facts.pop("joined"), "09:20", self._welcome, facts)
        for facts in self.told["groups"]:
            key = facts["key"]
            yield self._on(facts["ago"], "10:00", self._create, facts)
            yield self._on(facts["ago"], "10:30", self._charter, key)
            for one in facts["members"]:
                yield self._on(one["ago"], "11:00", self._member, key, one)
                if "left" in one:
                    yield self._on(one["left"], "11:00", self._leave, key, one["who"])
            for meeting in facts["meetings"]:
                starts = self.starts(meeting)
                yield act(min(starts, self.calendar.present) - PREPARED, self._meet, key, meeting)
            for idea in facts.get("ideas", []):
                yield self._on(TAKEN_UP, "15:00", self._take_up, key, idea)

    def _on(self, ago: int, hour: str, deed: Any, *facts: Any) -> Event:
        return act(self.calendar.moment(self.calendar.day(ago), hour), deed, *facts)

    def starts(self, meeting: Facts) -> Any:
        """The moment at which this meeting starts."""
        return self.calendar.planned(worked(self.calendar.day(meeting["ago"])), STARTS)

    def _welcome(self, facts: Facts) -> None:
        self.people[facts["field"]] = house.account(**facts)

    def _create(self, facts: Facts) -> None:
        kind = GroupKind(facts["kind"])
        places = {Side(side): number for side, number in facts["places"].items()}
        words = {name: facts[name] for name in ("name", "aim", "mandate", "rhythm", "place")}
        starts_on = self.calendar.day(facts["ago"])
        dates = {"starts_on": starts_on, "ends_on": first_end(ready()[kind], starts_on)}
        led: Facts = {"entry": Entry(facts["entry"]), "referent_id": self.by.id}
        self.groups[facts["key"]] = groups.create(kind, places=places, by=self.by, **led, **words, **dates)
        self.members[facts["key"]] = {}

    def _charter(self, key: str) -> None:
        charter = charters.draft(self.groups[key], by=self.by)
        db.session.flush()
        charters.publish(charter, self.groups[key], version=charter.version, by=self.by)

    def _member(self, key: str, one: Facts) -> None:
        group, side, account = self.groups[key], Side(one["side"]), self.people.get(one["who"])
        term: Facts = {"side": side, "mandate_ends_on": group.ends_on, "by": self.by}
        if account is None:
            made = belonging.enter(group, phone="", **self.told["by_paper"], **term)
        else:
            made = belonging.begin(group, account=account, kind=MemberKind(one.get("kind", "member")), **term)
            lasting.choose(
                made, is_named=bool(one.get("named")), wants_digest=account.role is not Role.RELAY,
                wants_post=False, by=account,
            )  # fmt: skip
        self.members[key][one["who"]] = made
        self._agree(group, made, account)

    def _agree(self, group: Group, made: Membership, account: Account | None) -> None:
        charter = chartered.in_force(group)
        if charter and account:
            charters.agree(charter, made, by=account)
        elif charter:
            charters.note_paper(charter, made, by=self.by)
        # Written by a statement that no dressing reaches.
        signed = update(CharterAgreement).where(CharterAgreement.membership_id == made.id)
        db.session.execute(signed.values(agreed_at=made.begun_at))

    def _leave(self, key: str, who: str) -> None:
        belonging.end(self.members[key][who], by=self.people[who])

    def _meet(self, key: str, facts: Facts) -> None:
        """Planned nine days before, with its agenda; who says they come, says so then."""
        group, starts = self.groups[key], self.starts(facts)
        day = worked(self.calendar.day(facts["ago"]))
        hours = {"starts_at": starts, "ends_at": starts + timedelta(minutes=MINUTES)}
        noted = {"changed_at": starts - PREPARED, "made_by_id": self.by.id, **self.told["hall"]}
        title = f"{group.name}\u00a0: {_within(facts['agenda'][0])}"
        meeting = Meeting(
            group_id=group.id, title=title, place=group.place, day=day, starts=time.fromisoformat(STARTS),
            minutes=MINUTES, **hours, **noted,
        )  # fmt: skip
        db.session.add(meeting)
        db.session.flush()
        # A moment to come stays where it is, though the row is dressed as one of its day.
        db.session.execute(update(Meeting).where(Meeting.id == meeting.id).values(**hours))
        self.meetings[key, facts["ago"]] = meeting
        self._agenda(meeting, facts)
        for name, coming in _coming(facts, self.members[key]).items():
            row = Attendance(meeting_id=meeting.id, membership_id=self.members[key][name].id, coming=coming)
            row.needs, row.said_at = [], noted["changed_at"]
            db.session.add(row)

    def _agenda(self, meeting: Meeting, facts: Facts) -> None:
        kept = [(text, True, self.by) for text in facts["agenda"]]
        asked = [(one["text"], False, self.people[one["by"]]) for one in facts.get("proposed", [])]
        for position, (text, is_kept, by) in enumerate([*kept, *asked], start=1):
            item = AgendaItem(meeting_id=meeting.id, position=position, text=text, is_kept=is_kept)
            item.proposed_by_id, item.proposed_at = by.id, meeting.changed_at
            db.session.add(item)

    def _take_up(self, key: str, idea: str) -> None:
        taken = {"idea_id": self.ideas[idea].id, "taken_up_at": self.calendar.present, "by_id": self.by.id}
        db.session.add(IdeaGroup(group_id=self.groups[key].id, **taken))


def _within(point: str) -> str:
    """The first point of an agenda, inside a sentence."""
    return point[0].lower() + point[1:]


def _coming(facts: Facts, members: Mapping[str, Membership]) -> dict[str, Coming]:
    """Who came, to a meeting that is over; else who says they will."""
    if "heard" in facts:
        away = facts.get("absent", [])
        return {name: Coming.EXCUSED if name in away else Coming.CAME for name in members}
    said = dict.fromkeys(facts.get("coming", []), Coming.COMING)
    return said | dict.fromkeys(facts.get("excused", []), Coming.EXCUSED)
