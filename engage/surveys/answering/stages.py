"""Where a wave stands, from its plan to its published results."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from engage.core.clock import now
from engage.core.i18n import lazy_gettext as _l
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Wave
from engage.surveys.answering.queries import GRACE


class Stage(StrEnum):
    """Mixing: closed, and the last answers are not yet among the others. Finished: results published."""

    PLANNED = "planned"
    OPEN = "open"
    MIXING = "mixing"
    CLOSED = "closed"
    FINISHED = "finished"


STAGES = {
    Stage.PLANNED: _l("Planned, not open"),
    Stage.OPEN: _l("Open to answers"),
    Stage.MIXING: _l("Closed, answers being mixed"),
    Stage.CLOSED: _l("Closed, results to publish"),
    Stage.FINISHED: _l("Finished"),
}
MARKS = {
    Stage.PLANNED: "wait",
    Stage.OPEN: "way",
    Stage.MIXING: "wait",
    Stage.CLOSED: "late",
    Stage.FINISHED: "done",
}
CHANNELS = {
    ChannelKind.LINK: _l("Open link"),
    ChannelKind.POSTER: _l("Poster with a code to scan"),
    ChannelKind.SLIPS: _l("Slips that serve once"),
    ChannelKind.KIOSK: _l("Kiosk of the waiting room"),
    ChannelKind.PAPER: _l("Paper typed by the team"),
    ChannelKind.PHONE: _l("By phone, with the team"),
    ChannelKind.EVENT: _l("From an event"),
    ChannelKind.IDEA: _l("From an idea"),
}
PROMISES = {
    Anonymity.STRICT: _l("Strict anonymity"),
    Anonymity.CONFIDENTIAL: _l("Confidential"),
}


def stage(wave: Wave) -> Stage:
    if wave.finished_at:
        return Stage.FINISHED
    if wave.settled_at:
        return Stage.CLOSED
    present = now()
    if present < wave.opens_at:
        return Stage.PLANNED
    return Stage.OPEN if present <= wave.closes_at else Stage.MIXING


def last_answers_until(wave: Wave) -> datetime | None:
    """Until when answers begun before the end are still taken; None when none is taken that way now."""
    end = wave.closes_at + GRACE
    return end if wave.closes_at < now() <= end else None


_ALWAYS = ("retained_until",)
_CLOSED = (*_ALWAYS, "title", "results_on", "population", "minimum_cell", "anonymity")
_OPEN = (*_CLOSED, "purpose", "closes_at", "channels", "is_listed", "double_entry")
EDITABLE = {
    Stage.PLANNED: (*_OPEN, "opens_at"),
    Stage.OPEN: _OPEN,
    Stage.MIXING: _CLOSED,
    Stage.CLOSED: _CLOSED,
    Stage.FINISHED: _ALWAYS,
}
"""What may still be changed of a wave; what it asks never can."""
