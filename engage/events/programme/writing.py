"""From a day to its YAML: what is always said, then only what is not the usual; always the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from engage.centre.queries import zone
from engage.core.yamltext import dump
from engage.events.kinds import SigningUp
from engage.events.programme.document import WORDS, Day, Timed, Voice

Plain = dict[str, Any]


def write(day: Day) -> str:
    """The one YAML text of a day; reading it gives the day back."""
    return dump(plain(day))


def _told(*pairs: tuple[str, Any]) -> Plain:
    """Without what is empty: a name that says nothing is left out."""
    return {name: value for name, value in pairs if value not in ("", None, False, [], {})}


def plain(day: Day) -> Plain:
    words = {name: day.words.get(name, "") for name in WORDS}
    said = day.programme
    return {
        "title": day.title,
        **_told(("neutral_title", words.pop("neutral_title")), ("theme", said.subject)),
        **_told(("organiser", day.organiser), ("proposed_by", words.pop("proposed_by"))),
        "kind": str(day.kind),
        "date": day.day,
        "starts": f"{day.starts:%H:%M}",
        "ends": f"{datetime.combine(day.day, day.starts) + timedelta(minutes=day.minutes):%H:%M}",
        "timezone": zone(),
        **_told(
            ("place", _told(("name", day.place), ("address", day.address))),
            ("remote", said.is_remote),
            *words.items(),
            ("sign_up", "" if day.signing_up is SigningUp.OPTIONAL else str(day.signing_up)),
            ("capacity", day.capacity),
            ("audiences", list(said.audiences)),
        ),
        "programme": [_slot(slot) for slot in said.slots],
        **_told(("steering_committee", _voices(said.committee)), ("notes", list(said.notes))),
    }


def _slot(slot: Timed) -> Plain:
    return {
        "starts": f"{slot.starts:%H:%M}",
        "ends": f"{slot.ends:%H:%M}",
        "kind": str(slot.kind),
        **_told(("number", slot.number)),
        "title": slot.title,
        **_told(
            ("text", slot.text),
            ("topics", list(slot.topics)),
            ("speakers", _voices(slot.speakers)),
            ("room", slot.room),
            ("takes_sign_up", slot.takes_sign_up),
            ("capacity", slot.capacity),
        ),
    }


def _voices(voices: Iterable[Voice]) -> list[Plain]:
    return [
        {"name": one.name}
        | _told(("role", one.role), ("organisation", one.organisation), ("remote", one.is_remote))
        for one in voices
    ]
