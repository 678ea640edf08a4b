"""What accounts need to know of the centre, which stands on a higher floor, and of the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from flask import current_app

from engage.core.config import Settings


class House(Protocol):
    """The centre, seen from below; `staff_second_factor` None leaves it to the settings."""

    name: str
    phone: str
    staff_second_factor: bool | None


def house() -> House:
    centre: Callable[[], House] = current_app.extensions["engage_centre"]
    return centre()


def settings() -> Settings:
    held: Settings = current_app.extensions["engage_settings"]
    return held


def second_factor_required() -> bool:
    """Whether the team must show a second factor: the centre says so, else the settings."""
    said = house().staff_second_factor
    return settings().staff_second_factor if said is None else said
