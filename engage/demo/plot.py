"""What happens when: the content files as one list of events, in the order of their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from engage.demo.past import Calendar

Facts = dict[str, Any]
APART = timedelta(minutes=25)
ANY_HOUR = {"web"}
BY_AUTHOR = {"reply", "precision", "withdraw"}
DEVICES = 60
CALL_EVERY_DAYS = 7
CALLED_BEFORE_DAYS = 10


@dataclass(frozen=True)
class Event:
    """One act: its moment, its name, the story it belongs to, and what it needs to know."""

    at: datetime
    deed: str
    key: str
    facts: Facts


def of_ideas(ideas: list[Facts], calendar: Calendar) -> list[Event]:
    return [event for facts in ideas for event in _idea(dict(facts), calendar)]


def of_commitments(commitments: list[Facts], calendar: Calendar) -> list[Event]:
    return [event for facts in commitments for event in _commitment(dict(facts), calendar)]


def of_calls(calendar: Calendar, oldest: int) -> list[Event]:
    """Once a week somebody calls, writes to, or speaks to those who have no e-mail."""
    days = range(oldest, CALLED_BEFORE_DAYS, -CALL_EVERY_DAYS)
    return [_at_work(calendar, ago, "call", f"call {ago}", {}) for ago in days]


def _idea(facts: Facts, calendar: Calendar) -> list[Event]:
    key, then = facts.pop("key"), facts.pop("then", [])
    supports, fans = facts.pop("supports", 0), facts.pop("fans", [])
    events = [_arrival(key, facts, calendar)]
    for place, step in enumerate(then):
        events.append(_next(events[-1], _step(key, place, facts["days"], dict(step), calendar)))
    return events + _voices(events, key, supports, fans, calendar.present)


def _arrival(key: str, facts: Facts, calendar: Calendar) -> Event:
    if "minutes" in facts:
        return Event(calendar.present - timedelta(minutes=facts["minutes"]), "receive", key, facts)
    on = calendar.day(facts["days"], working=facts["door"] not in ANY_HOUR)
    return Event(calendar.moment(on, facts["hour"]), "receive", key, facts)


def _step(key: str, place: int, days: int, step: Facts, calendar: Calendar) -> Event:
    ago, deed = days - step.pop("day"), step.pop("do")
    if deed in BY_AUTHOR:
        return Event(calendar.moment(calendar.day(ago), "19:20"), deed, key, step)
    return _at_work(calendar, ago, deed, key, step, seed=f"{key} {place}")


def _at_work(calendar: Calendar, ago: int, deed: str, key: str, facts: Facts, *, seed: str = "") -> Event:
    """Some hour of a working day, always the same for the same story."""
    dice = Random(seed or key)
    hour = f"{dice.randrange(9, 17):02}:{dice.randrange(0, 60):02}"
    return Event(calendar.moment(calendar.day(ago, working=True), hour), deed, key, facts)


def _next(before: Event, event: Event) -> Event:
    """The event, not before the one it follows."""
    return Event(max(event.at, before.at + APART), event.deed, event.key, event.facts)


def _voices(events: list[Event], key: str, supports: int, fans: list[str], present: datetime) -> list[Event]:
    """Supports, from the day of publication on, by some of the same devices for every idea."""
    opened = next((event.at for event in events if event.deed == "publish"), None)
    if opened is None:
        return []
    closed = next((event.at for event in events if event.deed == "merge"), present)
    dice = Random(key)
    devices = [{"device": f"device {number}"} for number in dice.sample(range(DEVICES), supports)]
    voices = [*devices, *({"fan": name} for name in fans)]
    return [Event(_between(opened, closed, dice), "support", key, voice) for voice in voices]


def _between(first: datetime, last: datetime, dice: Random) -> datetime:
    """Some moment, more often an early one: people support what is new."""
    return first + (last - first) * dice.uniform(0.01, 0.99) ** 2


def _commitment(facts: Facts, calendar: Calendar) -> list[Event]:
    key, then, joins = facts.pop("key"), facts.pop("then"), facts.pop("joins", [])
    days, steps = facts["days"], facts.pop("steps")
    made = _at_work(calendar, days, "commit", key, facts)
    planned = [_next(made, _at_work(calendar, days, "plan", key, step | {"from": days})) for step in steps]
    later = [_at_work(calendar, days - one["day"], "join", key, one) for one in joins]
    later += [_at_work(calendar, days - one["done"], "tick", key, one) for one in steps if "done" in one]
    later += [_at_work(calendar, days - one["day"], "carry", key, one) for one in then]
    return [made, *planned, *(_next(made, event) for event in later)]
