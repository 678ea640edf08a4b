"""What happens when: the content files as one list of events, in the order of their days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
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


def act(at: datetime, deed: Callable[..., object], *facts: object) -> Event:
    """Something that is done at that moment."""
    return Event(at, "act", "", {"do": partial(deed, *facts)})


def events(
    calendar: Calendar, boxes: list[Facts], ideas: list[Facts], commitments: list[Facts]
) -> list[Event]:
    """All that happened, in the order of its days; of two acts of one moment, boxes come first."""
    found = [event for facts in boxes for event in _box(facts, calendar)]
    found += [event for facts in ideas for event in _idea(dict(facts), calendar)]
    found += [event for facts in commitments for event in _commitment(dict(facts), calendar)]
    return sorted([*found, *_calls(ideas, calendar)], key=lambda event: event.at)


def _box(facts: Facts, calendar: Calendar) -> list[Event]:
    """Opened in the morning of a working day; what is not typed is set aside in the afternoon."""
    key, on = facts["key"], calendar.day(facts["days"], working=True)
    found = [Event(calendar.moment(on, "10:30"), "open", key, facts | {"on": on})]
    aside = [{"number": number, "why": why} for number, why in enumerate(facts.get("set_aside", []))]
    found += [Event(calendar.moment(on, "14:30"), "set_aside", key, one) for one in aside]
    return [*found, Event(calendar.moment(on, "16:10"), "close", key, {})] if facts.get("closed") else found


def _calls(ideas: list[Facts], calendar: Calendar) -> list[Event]:
    """Once a week somebody calls, writes to, or speaks to those who have no e-mail."""
    oldest = max(facts.get("days", 0) for facts in ideas)
    days = range(oldest, CALLED_BEFORE_DAYS, -CALL_EVERY_DAYS)
    return [_at_work(calendar, ago, "call", f"call {ago}", {}) for ago in days]


def _idea(facts: Facts, calendar: Calendar) -> list[Event]:
    key, then = facts.pop("key"), facts.pop("then", [])
    supports, fans = facts.pop("supports", 0), facts.pop("fans", [])
    events = [_arrival(key, facts, calendar)]
    for place, step in enumerate(then):
        following = _step(key, place, facts["days"], dict(step), calendar)
        events.append(_next(events[-1], following, calendar))
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


def _next(before: Event, event: Event, calendar: Calendar) -> Event:
    """The event, some time after the one it follows, yet not in the future."""
    at = min(max(event.at, before.at + APART), calendar.present)
    return Event(at, event.deed, event.key, event.facts)


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
    acts = [("plan", days, step | {"from": days}) for step in steps]
    acts += [("join", days - one["day"], one) for one in joins]
    acts += [("tick", days - one["done"], one) for one in steps if "done" in one]
    acts += [("carry", days - one["day"], one) for one in then]
    made = _at_work(calendar, days, "commit", key, facts)
    later = [_at_work(calendar, ago, deed, key, one) for deed, ago, one in acts]
    return [made, *(_next(made, event, calendar) for event in later)]
