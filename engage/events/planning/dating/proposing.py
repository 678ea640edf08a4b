"""Days proposed as exceptions of a series: holidays, and days when the centre is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from engage.centre.queries import closing_days
from engage.core.heavy import load
from engage.core.i18n import gettext as _
from engage.events import kinds

SCHOOL = Path(kinds.__file__).parent / "content" / "school_holidays.yaml"
ZONES = ("A", "B", "C")
Breaks = tuple[tuple[str, date, date], ...]


def proposed(days: Iterable[date], school_zone: str) -> Mapping[date, str]:
    """Why each of these days may be left out, for those that may."""
    days = sorted(days)
    if not days:
        return {}
    reasons = _school(days, school_zone) | _closed(days) | _public(days)
    return {day: reasons[day] for day in days if day in reasons}


def _public(days: list[date]) -> dict[date, str]:
    """French public holidays, by the library `holidays`."""
    years = range(days[0].year, days[-1].year + 1)
    found = load("holidays").country_holidays("FR", years=years, language="fr")
    return {day: str(found[day]) for day in days if day in found}


def _closed(days: list[date]) -> dict[date, str]:
    rows = closing_days(days[0])
    return {
        day: row.reason or _("The centre is closed")
        for row in rows
        for day in days
        if row.first <= day <= row.last
    }


def _school(days: list[date], zone: str) -> dict[date, str]:
    return {
        day: name for name, first, last in _breaks().get(zone, ()) for day in days if first <= day <= last
    }


def known_until(school_zone: str) -> date:
    """The last day of the last school holidays that the file knows for this zone."""
    return max(last for _name, _first, last in _breaks()[school_zone])


@cache
def _breaks() -> Mapping[str, Breaks]:
    """School holidays by zone, first and last day included."""
    held = yaml.safe_load(SCHOOL.read_text(encoding="utf-8"))
    return {zone: tuple((one["name"], *one[zone]) for one in held) for zone in ZONES}
