"""What the groups of the invented centre wrote down, decided and set themselves to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from engage.core.db import db
from engage.demo.groups import Groups
from engage.demo.past import worked
from engage.demo.plot import Event, act
from engage.groups.autonomy.models import AutonomyMove
from engage.groups.deciding.models import Decision, Way
from engage.groups.meeting.models import Meeting
from engage.groups.minutes.models import Minutes as MinutesRow
from engage.groups.minutes.models import MinutesState, Task
from engage.groups.models import Autonomy, MemberKind

Facts = dict[str, Any]
WRITTEN = timedelta(days=1)
TO_CORRECT = timedelta(days=7)
DONE_IN = timedelta(days=14)


class Minutes:
    """One a meeting that is over, as they stand today."""

    def __init__(self, groups: Groups) -> None:
        self.groups, self.calendar, self.by = groups, groups.calendar, groups.by

    def events(self) -> Iterator[Event]:
        """The day after each meeting."""
        for facts in self.groups.told["groups"]:
            for meeting in facts["meetings"]:
                if "heard" in meeting:
                    at = min(self.groups.starts(meeting) + WRITTEN, self.calendar.present)
                    yield act(at, self._write, facts["key"], meeting)

    def _write(self, key: str, facts: Facts) -> None:
        meeting = self.groups.meetings[key, facts["ago"]]
        at = meeting.starts_at + WRITTEN
        pen = [one for one in self.groups.members[key].values() if one.kind is MemberKind.SECRETARY]
        row = MinutesRow(meeting_id=meeting.id, state=MinutesState.SHARED, written_at=at, shared_at=at)
        row.heard, row.decided = facts["heard"], facts["decided"]
        row.public_words, row.correct_until = facts.get("public", ""), meeting.day + TO_CORRECT
        row.written_by_id = pen[0].account_id if pen else self.by.id
        if not facts.get("shared"):
            row.state, row.approved_by_id = MinutesState.APPROVED, self.by.id
            row.approved_at = row.published_at = at + TO_CORRECT
        db.session.add(row)
        for one in facts.get("decisions", []):
            self._decide(meeting, one)
        for one in facts.get("tasks", []):
            self._task(meeting, one)

    def _decide(self, meeting: Meeting, told: Facts) -> None:
        options, counts = told.get("options", []), told["counts"]
        keyed = {str(place): counts[label] for place, label in enumerate(options)}
        if told["way"] == Way.SCORES:
            keyed = {"ballots": counts["ballots"], "sums": keyed}
        held = {"group_id": meeting.group_id, "meeting_id": meeting.id, "opened_by_id": self.by.id}
        words = {name: told[name] for name in ("question", "words")}
        decision = Decision(way=Way(told["way"]), options=options, counts=keyed or counts, **held, **words)
        decision.opened_at, decision.closed_at = meeting.starts_at, meeting.ends_at
        decision.is_adopted, decision.is_public = told["adopted"], told["public"]
        decision.moves_autonomy = told.get("moves", "")
        if "review_in" in told:
            decision.review_on = meeting.day + timedelta(days=told["review_in"])
        db.session.add(decision)
        db.session.flush()
        if decision.moves_autonomy:
            self._move(meeting, decision)

    def _move(self, meeting: Meeting, decision: Decision) -> None:
        step = Autonomy(decision.moves_autonomy)
        meeting.group.autonomy = step
        moved = {"decision_id": decision.id, "at": meeting.ends_at, "by_id": self.by.id}
        db.session.add(AutonomyMove(group_id=meeting.group_id, step=step, **moved))

    def _task(self, meeting: Meeting, told: Facts) -> None:
        task = Task(group_id=meeting.group_id, meeting_id=meeting.id, text=told["text"])
        task.made_at, task.owner_id = meeting.ends_at, self.groups.people[told["owner"]].id
        task.due_on = worked(self.calendar.day(-told["due_in"])) if "due_in" in told else None
        task.done_at = meeting.ends_at + DONE_IN if told.get("done") else None
        db.session.add(task)
