"""The box of paper in the hall: opened, its slips typed or set aside, closed when none is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engage.accounts.models import Account
from engage.demo.plot import Event
from engage.ideas.models import Batch, Idea
from engage.ideas.paper import actions as paper


class Boxes:
    """The boxes opened so far, by the key of their story; `by` types what they hold."""

    def __init__(self, by: Account) -> None:
        self.by = by
        self.batches: dict[str, Batch] = {}
        self.deeds: dict[str, Callable[[Event], object]] = {
            "open": self.open,
            "set_aside": self.set_aside,
            "close": self.close,
        }

    def open(self, event: Event) -> None:
        facts = event.facts
        self.batches[event.key] = paper.open_batch(
            opened_on=facts["on"],
            opened_by=facts["opened_by"],
            slips=facts["slips"],
            submission_key=f"demo-box-{event.key}-0123456",
            by=self.by,
        )

    def enter(self, box: str, *, submission_key: str, **said: Any) -> Idea:
        idea, _code = paper.enter(self.batches[box], submission_key=submission_key, by=self.by, **said)
        return idea

    def set_aside(self, event: Event) -> None:
        key = f"demo-aside-{event.key}-{event.facts['number']}-012345"
        paper.discard(self.batches[event.key], reason=event.facts["why"], submission_key=key, by=self.by)

    def close(self, event: Event) -> None:
        paper.close_batch(self.batches[event.key], by=self.by)
