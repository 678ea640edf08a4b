"""Who wants to hear nothing for a while: asked of the feature that knows, before something is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from engage.outbox.models import Channel, Kind

CAN_WAIT = (Kind.NEWS, Kind.REMINDER)


class Reader(NamedTuple):
    """To whom something would be written, as `write` is told."""

    channel: Channel
    address: str | None
    person: str
    whom: str


Check = Callable[[Reader], bool]
_checks: dict[str, Check] = {}


def ask(check: Check) -> None:
    """Let a feature say of each reader whether they take a pause."""
    _checks[check.__module__] = check


def is_resting(kind: Kind, reader: Reader) -> bool:
    """What can wait is not written to who takes a pause; a code, an answer or an alert is."""
    return kind in CAN_WAIT and any(check(reader) for check in _checks.values())
