"""The ways of the desk, and how much waits behind each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import current_app

from engage.accounts.models import Account
from engage.accounts.session import me
from engage.core.cache import remember
from engage.core.i18n import gettext as _
from engage.desk import queries
from engage.intake import permissions as may_intake

COUNTED_SECONDS = 15


@dataclass(frozen=True)
class Way:
    """An entry of the side navigation; its count is only asked for by a page that shows it.

    `room` is the heading above it and its neighbours; the first ones have none.
    """

    endpoint: str
    label: str
    icon: str
    counted: str = ""
    room: str = ""

    @property
    def count(self) -> int:
        return waits(self.counted) if self.counted else 0


def waits(thing: str) -> int:
    """How many of this thing wait; counted once for all of them, and again after some seconds."""
    return remember("desk_counts", queries.counts, seconds=COUNTED_SECONDS)[thing]


def staff_nav() -> list[Way]:
    """The ways this person may go; a feature that is taken out of the site takes its way with it."""
    person = me()
    if person is None or not person.is_staff:
        return []
    ways = [way for rooms in (_first, _said, _meeting, _explaining, _people, _house) for way in rooms(person)]
    return [way for way in ways if way.endpoint in current_app.view_functions]


def _in(room: str, *ways: Way) -> list[Way]:
    return [replace(way, room=room) for way in ways]


def _first(_person: Account) -> list[Way]:
    return [
        Way("desk.index", _("My day"), "day"),
        Way("noting.note", _("Note for somebody"), "pencil"),
        Way("outreach_desk.index", _("Calls and letters"), "call-back", "calls"),
        Way("posting_desk.index", _("Papers to post"), "letter", "papers"),
    ]


def _said(person: Account) -> list[Way]:
    private = Way("intake_desk.complaints", _("Private messages"), "lock", "complaints")
    return _in(
        _("What people say"),
        Way("ideas_desk.index", _("Ideas"), "idea", "ideas"),
        Way("commitments_desk.index", _("Commitments"), "commitment", "commitments"),
        *([private] if _reads_private_messages(person) else []),
        Way("questionnaires_desk.index", _("Questionnaires"), "form"),
        Way("waves_desk.index", _("Surveys"), "survey", "waves"),
        Way("paper_desk.index", _("Paper box"), "box", "batches"),
    )


def _meeting(person: Account) -> list[Way]:
    calls = Way("calls_desk.index", _("Calls to take part"), "users", "applications")
    return _in(
        _("Where people meet"),
        Way("events_desk.index", _("Events"), "event", "dates"),
        Way("group_desk.index", _("Groups"), "people", "groups"),
        *([calls] if person.is_coordinator else []),
    )


def _explaining(_person: Account) -> list[Way]:
    return _in(
        _("What we explain"),
        Way("pages_desk.index", _("Pages"), "book", "pages"),
        Way("guide_desk.index", _("Whom to call?"), "phone"),
        Way("directory_desk.index", _("Directory"), "directory"),
        Way("glossary_desk.index", _("Words explained"), "question"),
        Way("search_desk.index", _("Searches without an answer"), "search"),
    )


def _people(person: Account) -> list[Way]:
    steered = [
        Way("partnering_desk.index", _("Partner patients"), "support", "expenses"),
        Way("relays_desk.index", _("Relays"), "helper"),
        Way("people_desk.index", _("People"), "directory"),
    ]
    return _in(
        _("Who takes part"),
        Way("pathway_desk.index", _("People on the way"), "people", "pathway"),
        Way("sources_desk.index", _("Ways in"), "qr"),
        *(steered if person.is_coordinator else []),
    )


def _house(person: Account) -> list[Way]:
    steered = [
        Way("history.index", _("Journal"), "history"),
        Way("centre_desk.index", _("Settings"), "settings"),
    ]
    return _in(
        _("The house"),
        Way("intake_desk.kiosks", _("Kiosks"), "tablet"),
        Way("exchange_desk.index", _("Bring in, take out"), "database"),
        *(steered if person.is_coordinator else []),
    )


def _reads_private_messages(person: Account) -> bool:
    return remember(("private messages", person.id), lambda: may_intake.read_complaints(person))
