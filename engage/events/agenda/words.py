"""How the agenda speaks: kinds, hours, places, and where a sign-up stands."""

from __future__ import annotations

from datetime import date, timedelta

from babel.dates import format_date
from markupsafe import Markup

from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.i18n import language, ngettext
from engage.core.i18n import lazy_gettext as _l
from engage.core.render import day, hour, moment
from engage.events.agenda.lines import Line
from engage.events.kinds import CompanionRole, EventKind, Need, SignUpState
from engage.events.letters import letters, spoken
from engage.events.words import KINDS, NEEDS, ROLES

STATES = {
    SignUpState.CONFIRMED: ("done", _l("You have your place")),
    SignUpState.WAITING: ("wait", _l("You are on the waiting list")),
    SignUpState.OFFERED: ("late", _l("A place is free for you")),
    SignUpState.CANCELLED: ("no", _l("Your sign-up is cancelled")),
    SignUpState.ATTENDED: ("done", _l("You came, thank you")),
    SignUpState.EXCUSED: ("no", _l("You told us that you could not come")),
    SignUpState.ABSENT: ("no", _l("We did not see you")),
    SignUpState.WALK_IN: ("done", _l("You came, thank you")),
}


door_letters = spoken


def door_code(code: str) -> Markup:
    """The same to be scanned, from the screen of who comes."""
    return qr.svg(letters(code), label=_("Code to show at the door"))


def kind(value: EventKind) -> str:
    return str(KINDS[value])


def role(value: CompanionRole) -> str:
    return str(ROLES[value])


def need(value: str) -> str:
    """A need as it is kept, in words."""
    return str(NEEDS[Need(value)])


def short_month(day: date) -> str:
    return format_date(day, "MMM", locale=language())


def weekday(day: date) -> str:
    return format_date(day, "EEEE", locale=language())


def hours(line: Line) -> str:
    """`de 10 h à 11 h 30`"""
    return _("from %(start)s to %(end)s", start=hour(line.starts_at), end=hour(line.ends_at))


def is_within_a_day(line: Line) -> bool:
    return line.ends_at - line.starts_at < timedelta(hours=24)


def when(line: Line, *, brief: bool = False) -> str:
    """`jeudi 26 novembre 2026, de 10 h à 11 h 30`; where the year is said elsewhere, without it."""
    if not is_within_a_day(line):
        return _("from %(start)s until %(end)s", start=moment(line.starts_at), end=moment(line.ends_at))
    on = day(line.day).removesuffix(f" {line.day.year}") if brief else day(line.day)
    return f"{on}, {hours(line)}"


def places(line: Line) -> str:
    """How much room there is, in words; nothing where nobody signs up."""
    if not line.takes:
        return ""
    if line.is_full:
        return _("Full: waiting list")
    if line.free is None:
        return _("There is room")
    return ngettext("%(num)s place left", "%(num)s places left", line.free)


def queue(line: Line) -> str:
    """What a full date means for who wants to come."""
    before = ngettext(
        "%(num)s sign-up is already waiting.", "%(num)s sign-ups are already waiting.", line.waiting
    )
    return _("You can join the waiting list.") + (f" {before}" if line.waiting else "")


def ahead(parties: int) -> str:
    """Who stands before somebody in the waiting line."""
    if not parties:
        return _("You are the first one on the waiting list.")
    return ngettext("%(num)s request comes before yours.", "%(num)s requests come before yours.", parties)


def look(line: Line) -> tuple[str, str]:
    """The kind of tag (of ui/status.html) and the word that say whether one can still come."""
    if line.is_cancelled:
        return "late", _("Cancelled")
    if line.is_over:
        return "no", _("Over")
    words = places(line)
    return ("wait" if line.is_full else "done", words) if words else ("", "")
