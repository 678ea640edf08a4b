"""What became of commitments, each act the real one, and each idea behind them carried along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from engage.accounts.models import Account
from engage.commitments import actions as commitments
from engage.commitments.models import Commitment, CommitmentStep, Rung, State
from engage.core.clock import local
from engage.core.db import db
from engage.demo.past import worked
from engage.demo.plot import Event
from engage.demo.stories import Stories
from engage.ideas.outcomes import actions as outcomes


class Promises:
    """The commitments made so far, by the key of their story."""

    def __init__(self, stories: Stories, by: Account) -> None:
        self.stories, self.by = stories, by
        self.commitments: dict[str, Commitment] = {}
        self.steps: dict[tuple[str, str], CommitmentStep] = {}
        self.deeds: dict[str, Callable[[Event], object]] = {
            "commit": self.commit,
            "plan": self.plan,
            "join": self.join,
            "tick": self.tick,
            "carry": self.carry,
        }

    def commit(self, event: Event) -> None:
        facts = event.facts
        made = outcomes.commit(
            [self.stories.ideas[key] for key in facts["ideas"]],
            title=facts["title"],
            said=facts["said"],
            summary=facts["summary"].strip(),
            theme_id=self.stories.themes[facts["theme"]],
            owner_id=self.stories.people[facts["owner"]].id,
            due_on=self._day(facts["days"], facts["due"]),
            rung=Rung(facts["rung"]),
            by=self.by,
        )
        db.session.flush()
        self.commitments[event.key] = made

    def _day(self, made: int, after: int) -> date:
        return worked(self.stories.calendar.day(made - after))

    def plan(self, event: Event) -> None:
        text, due_on = event.facts["text"], self._day(event.facts["from"], event.facts["due"])
        step = commitments.add_step(self.commitments[event.key], text=text, due_on=due_on, by=self.by)
        db.session.flush()
        self.steps[event.key, text] = step

    def tick(self, event: Event) -> None:
        step, on = (
            self.steps[event.key, event.facts["text"]],
            local(event.at, self.stories.calendar.zone).date(),
        )
        commitments.tick_step(self.commitments[event.key], step, done_on=on, by=self.by)

    def join(self, event: Event) -> None:
        idea = self.stories.ideas[event.facts["idea"]]
        outcomes.link(self.commitments[event.key], idea, by=self.by)

    def carry(self, event: Event) -> None:
        held, state = self.commitments[event.key], State(event.facts["state"])
        words = event.facts["text"].strip()
        outcomes.move(held, state=state, words=words, version=held.version, by=self.by)
