"""When people may say how a date was, and how many of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from engage.core.clock import now
from engage.events.models import Occurrence

LASTS = timedelta(days=14)
LEAST = 5
"""With fewer answers than this, somebody could guess who said what: nothing of them is shown."""


def ends_at(occurrence: Occurrence) -> datetime:
    return occurrence.ends_at + LASTS


def is_open(occurrence: Occurrence) -> bool:
    """From the start of a date until two weeks after its end."""
    return not occurrence.is_cancelled and occurrence.starts_at <= now() < ends_at(occurrence)
