"""The ways of the desk, and how much waits behind each."""

from __future__ import annotations

from dataclasses import dataclass

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
    """An entry of the side navigation; its count is only asked for by a page that shows it."""

    endpoint: str
    label: str
    icon: str
    counted: str = ""

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
    private = _private_messages() if _reads_private_messages(person) else []
    ways = [*_for_all(), *private, *(_for_coordinators() if person.is_coordinator else [])]
    return [way for way in ways if way.endpoint in current_app.view_functions]


def _for_all() -> list[Way]:
    return [
        Way("desk.index", _("My day"), "day"),
        Way("noting.note", _("Note for somebody"), "pencil"),
        Way("ideas_desk.index", _("Ideas"), "idea", "ideas"),
        Way("commitments_desk.index", _("Commitments"), "commitment", "commitments"),
        Way("pathway_desk.index", _("People on the way"), "people", "pathway"),
        Way("events_desk.index", _("Events"), "event", "dates"),
        Way("group_desk.index", _("Groups"), "people", "groups"),
        Way("questionnaires_desk.index", _("Questionnaires"), "form"),
        Way("waves_desk.index", _("Surveys"), "survey", "waves"),
        Way("outreach_desk.index", _("Calls and letters"), "call-back", "calls"),
        Way("posting_desk.index", _("Papers to post"), "letter", "papers"),
        Way("paper_desk.index", _("Paper box"), "box", "batches"),
        Way("intake_desk.kiosks", _("Kiosks"), "tablet"),
        Way("sources_desk.index", _("Ways in"), "qr"),
        Way("exchange_desk.index", _("Bring in, take out"), "database"),
    ]


def _reads_private_messages(person: Account) -> bool:
    return remember(("private messages", person.id), lambda: may_intake.read_complaints(person))


def _private_messages() -> list[Way]:
    return [Way("intake_desk.complaints", _("Private messages"), "lock", "complaints")]


def _for_coordinators() -> list[Way]:
    return [
        Way("calls_desk.index", _("Calls to take part"), "users", "applications"),
        Way("people_desk.index", _("People"), "directory"),
        Way("partnering_desk.index", _("Partner patients"), "support", "expenses"),
        Way("relays_desk.index", _("Relays"), "helper"),
        Way("history.index", _("Journal"), "history"),
        Way("centre_desk.index", _("Settings"), "settings"),
    ]
