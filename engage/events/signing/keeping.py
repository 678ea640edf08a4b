"""What must outlive the list of a date: asked for in the unit that makes it anonymous, or not at all."""

from __future__ import annotations

from collections.abc import Callable

from engage.events.models import Occurrence

_keepers: list[Callable[[Occurrence], None]] = []


def before_forgetting(keep: Callable[[Occurrence], None]) -> None:
    """Let a package write down what it needs of a list."""
    _keepers.append(keep)


def keep(occurrence: Occurrence) -> None:
    for one in _keepers:
        one(occurrence)
