"""From a YAML file to a day: every fault is said with its place, and nothing is half taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

from engage.centre.queries import zone
from engage.centre.wall_clock import moments
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.spot import Spot
from engage.core.yamltext import Invalid, load
from engage.events.kinds import EventKind, SigningUp
from engage.events.models import MOST_PLACES
from engage.events.programme import rules
from engage.events.programme.document import (
    MOST_SLOTS,
    MOST_SPEAKERS,
    MOST_TOPICS,
    WORDS,
    Day,
    Timed,
    Told,
    Voice,
)
from engage.events.programme.models import SlotKind

LINE, MOST_LINES, MOST_PEOPLE, MOST_NUMBER = 600, 40, 60, 99
HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
DAY: dict[str, bool] = {
    "title": True, "neutral_title": False, "theme": False, "organiser": False, "proposed_by": False,
    "kind": True, "date": True, "starts": True, "ends": True, "timezone": True, "place": False,
    "remote": False, "what": False, "what_short": False, "for_whom": False, "to_bring": False, "cost": False,
    "sign_up": False, "capacity": False, "audiences": False, "programme": True, "steering_committee": False,
    "notes": False,
}  # fmt: skip
SLOT: dict[str, bool] = {
    "starts": True, "ends": True, "kind": True, "number": False, "title": True, "text": False,
    "topics": False, "speakers": False, "room": False, "takes_sign_up": False, "capacity": False,
}  # fmt: skip
VOICE = {"name": True, "role": False, "organisation": False, "remote": False}


class _Taker:
    """Reads a field that is there, or gives what stands for one that is not."""

    def __init__(self, has: dict[str, Spot]) -> None:
        self.has = has

    def __call__(self, name: str, read: Callable[[Spot], Any], otherwise: Any) -> Any:
        return read(self.has[name]) if name in self.has else otherwise

    def line(self, name: str) -> str:
        return str(self(name, _line, ""))

    def lines(self, name: str, most: int = MOST_LINES) -> tuple[str, ...]:
        return tuple(self(name, lambda one: [_line(each) for each in one.items(most)], ()))

    def flag(self, name: str) -> bool:
        return bool(self(name, Spot.flag, False))


def _line(spot: Spot) -> str:
    return " ".join(spot.words(LINE).split())


def parse(raw: bytes) -> Day:
    """The day that a file says. Raises Invalid with all that is wrong."""
    loaded = load(raw)
    spot = Spot(loaded.data, loaded)
    found = _day(spot)
    if spot.faults:
        raise Invalid(spot.faults)
    return found


def _day(spot: Spot) -> Day:
    take = _Taker(spot.fields(DAY))
    take("timezone", _zone, "")
    starts, ends = take("starts", _hour, time()), take("ends", _hour, time())
    day, minutes = take("date", _date, date.min), rules.minute(ends) - rules.minute(starts)
    if not spot.faults:
        _check_hours(take.has["starts"], day, starts, minutes)
    place = _Taker(take("place", lambda one: one.fields({"name": False, "address": False}), {}))
    return Day(
        title=take.line("title"),
        kind=take("kind", lambda one: one.one_of(EventKind), EventKind.MEETING_DAY),
        day=day,
        starts=starts,
        minutes=minutes,
        programme=_programme(take, starts, minutes),
        organiser=take.line("organiser"),
        place=place.line("name"),
        address=place.line("address"),
        signing_up=take("sign_up", lambda one: one.one_of(SigningUp), SigningUp.OPTIONAL),
        capacity=take("capacity", lambda one: _whole(one, MOST_PLACES), None),
        words={name: take(name, Spot.words, "") for name in WORDS if name in take.has},
    )


def _check_hours(spot: Spot, day: date, starts: time, minutes: int) -> None:
    if minutes <= 0:
        spot.fail(_("It must end after it starts, on the same day."))
        return
    try:
        moments(day, starts, minutes, zone())
    except Refused as no:
        spot.fail(no.message)


def _programme(take: _Taker, starts: time, minutes: int) -> Told:
    return Told(
        subject=take.line("theme"),
        is_remote=take.flag("remote"),
        audiences=take.lines("audiences"),
        committee=take("steering_committee", lambda one: _voices(one, MOST_PEOPLE), ()),
        notes=take.lines("notes"),
        slots=take("programme", lambda one: _slots(one, starts, minutes), ()),
    )


def _slots(spot: Spot, starts: time, minutes: int) -> tuple[Timed, ...]:
    before = len(spot.faults)
    spots = spot.items(MOST_SLOTS, "title")
    found = tuple(_slot(one) for one in spots)
    if not found:
        spot.fail(_("There must be at least one slot."))
    if len(spot.faults) == before:
        for place, sentence in rules.faults(found, [(starts, minutes)] if minutes > 0 else []):
            spots[place].fail(sentence)
    return found


def _slot(spot: Spot) -> Timed:
    take = _Taker(spot.fields(SLOT))
    found = Timed(
        starts=take("starts", _hour, time()),
        ends=take("ends", _hour, time()),
        kind=take("kind", lambda one: one.one_of(SlotKind), SlotKind.OTHER),
        title=take("title", lambda one: None if one.value is None else _line(one), None),
        number=take("number", lambda one: _whole(one, MOST_NUMBER), None),
        text=take("text", Spot.words, ""),
        topics=take.lines("topics", MOST_TOPICS),
        speakers=take("speakers", lambda one: _voices(one, MOST_SPEAKERS), ()),
        room=take.line("room"),
        takes_sign_up=take.flag("takes_sign_up"),
        capacity=take("capacity", lambda one: _whole(one, MOST_PLACES), None),
    )
    if found.capacity and not found.takes_sign_up:
        spot.fail(_("Places are counted only where people sign up: add takes_sign_up: true."))
    return found


def _voices(spot: Spot, most: int) -> tuple[Voice, ...]:
    return tuple(_voice(one) for one in spot.items(most, "name"))


def _voice(spot: Spot) -> Voice:
    take = _Taker(spot.fields(VOICE))
    return Voice(take.line("name"), take.line("role"), take.line("organisation"), take.flag("remote"))


def _hour(spot: Spot) -> time:
    if isinstance(spot.value, str) and HOUR.match(spot.value):
        return time.fromisoformat(spot.value)
    spot.fail(_("An hour is expected here, such as 09:30."))
    return time()


def _date(spot: Spot) -> date:
    try:
        return date.fromisoformat(str(spot.value))
    except ValueError:
        spot.fail(_("A day is expected here, such as 2026-12-16."))
        return date.min


def _zone(spot: Spot) -> None:
    if spot.value != zone():
        spot.fail(_("This file is for another time zone. Here it is %(zone)s.", zone=zone()))


def _whole(spot: Spot, most: int) -> int:
    found = spot.value
    if isinstance(found, int) and not isinstance(found, bool) and 1 <= found <= most:
        return found
    spot.fail(_("A number between %(least)d and %(most)d.", least=1, most=most))
    return 1
