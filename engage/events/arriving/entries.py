"""What a device says that it noted, read from any bytes or refused plainly."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.words import clean
from engage.events.arriving.models import ArrivalKind
from engage.events.signing.models import MOST_PEOPLE

MOST_ENTRIES, MOST_BYTES = 200, 200_000
MOST_AT_ONCE = 5_000
LONGEST_AGO = timedelta(days=30)
IS_KEY = re.compile(r"[\w-]{16,64}\Z", re.ASCII)
IS_CODE = re.compile(r"[\w-]{0,64}\Z", re.ASCII)  # or such a key; no engine may meet anything else
LONGEST_NAME = 200
CAME, UNDONE, WALK_IN, COUNT = ArrivalKind


class Entry(NamedTuple):
    """One thing noted `ago`, by a key of its own. `party` 0: as many as signed up.

    `who` is the code of a sign-up, or the key with which somebody was noted who walked in; without it UNDONE
    takes heads away from those counted.
    """

    key: str
    kind: ArrivalKind
    who: str = ""
    party: int = 0
    name: str = ""
    ago: timedelta = timedelta(0)


class Said(NamedTuple):
    """What the paper list says of one sign-up: how many came, or whether they had excused themselves."""

    party: int = 0
    is_excused: bool = False


class Sent(NamedTuple):
    """What can be noted, and the keys of what makes no sense and must not be sent again."""

    entries: list[Entry]
    nonsense: list[str]


def read(body: bytes) -> Sent:
    """From JSON: {"now": …, "entries": [{"key", "kind", "who", "party", "name", "at"}]}, in milliseconds.

    How long ago something was noted is told by the device's own clock: it need not go right.
    Raises Refused for what is no such thing, or too much of it.
    """
    said = _object(body)
    listed, present = said.get("entries"), _number(said.get("now"))
    if not isinstance(listed, list) or present is None:
        raise _unreadable()
    if len(listed) > MOST_ENTRIES:
        raise Refused(_("This is too much at once."), status=413)
    found, nonsense = [], []
    for one in listed:
        entry = _entry(one, present) if isinstance(one, dict) else None
        if entry:
            found.append(entry)
        elif isinstance(one, dict) and isinstance(one.get("key"), str):
            nonsense.append(one["key"])
    return Sent(found, nonsense)


def _object(body: bytes) -> dict[str, Any]:
    if len(body) > MOST_BYTES:
        raise Refused(_("This is too much at once."), status=413)
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise _unreadable() from fault
    if not isinstance(said, dict):
        raise _unreadable()
    return said


def _unreadable() -> Refused:
    return Refused(_("What this device sent cannot be read."), status=422)


def _number(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
    return float(value) if is_number and math.isfinite(value) else None  # type: ignore[arg-type]


def _entry(one: Mapping[str, Any], present: float) -> Entry | None:
    """None for what nobody can have noted."""
    at, party = _number(one.get("at")), _number(one.get("party", 0))
    words = [one.get(name, "") for name in ("key", "kind", "who", "name")]
    if at is None or party is None or not all(isinstance(word, str) for word in words):
        return None
    key, kind, who, name = words
    if not IS_KEY.match(key) or kind not in set(ArrivalKind):
        return None
    ago = min(max(timedelta(0), timedelta(milliseconds=present - at)), LONGEST_AGO)
    return checked(Entry(key, ArrivalKind(kind), who, int(party), name, ago))


def checked(entry: Entry) -> Entry | None:
    """With a name as we keep names; None where the number of people makes no sense for what it is."""
    least, most = {
        CAME: (0, MOST_PEOPLE),
        UNDONE: (0, 0) if entry.who else (1, MOST_AT_ONCE),
        WALK_IN: (1, MOST_PEOPLE),
        COUNT: (1, MOST_AT_ONCE),
    }[entry.kind]
    names_nobody = not IS_CODE.match(entry.who) or (entry.kind is CAME and not entry.who)
    if names_nobody or not least <= entry.party <= most:
        return None
    return entry._replace(name=" ".join(clean(entry.name[: 2 * LONGEST_NAME]).split())[:LONGEST_NAME])
