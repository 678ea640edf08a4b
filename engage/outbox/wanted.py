"""Whether a message still serves: asked of the feature that wrote it, in the moment before it leaves."""

from __future__ import annotations

from collections.abc import Callable

from engage.outbox.models import Kind, Message

Check = Callable[[Message], bool]
_checks: dict[Kind, Check] = {}


def ask(kind: Kind, check: Check) -> None:
    """Let a feature say of each message of this kind whether it is still to be told."""
    _checks[kind] = check


def is_wanted(message: Message) -> bool:
    check = _checks.get(message.kind)
    return check is None or check(message)
