"""What is printed of a date: its poster, and the slip of who signed up."""

from __future__ import annotations

from textwrap import shorten

from engage.centre import queries as centre_queries
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.render import day, link
from engage.events.agenda import words
from engage.events.agenda.lines import Line
from engage.events.agenda.queries import Shown
from engage.events.joining.models import Member
from engage.events.kinds import SigningUp
from engage.events.letters import letters, spoken
from engage.events.signing.sent import Received

SIZES = {"a4", "a5"}
LEAD, FACT = 280, 120  # characters that are still read on a wall


def _short(text: str, most: int) -> str:
    return shorten(text, most, placeholder=" …")


def _phone() -> tuple[str, str]:
    referent = centre_queries.referent()
    name = referent.first_name if referent and referent.phone else _("Reception")
    return name, (referent.phone if referent else "") or centre_queries.centre().phone


def _reach(address: str, alt: str, mark: str = "") -> dict[str, object]:
    """`mark`: what only the code to scan says, behind the address."""
    name, phone = _phone()
    return {
        "scan": _("Scan, or type:"),
        "address": address.rsplit("://", maxsplit=1)[-1],
        "qr": {"rows": qr.matrix(address + mark), "alt": alt},
        "contact": _("%(name)s answers your questions:", name=name),
        "phone": phone,
    }


def _place(line: Line) -> str:
    return ", ".join(part for part in (line.place, " ".join(line.address.split())) if part)


def poster(shown: Shown, size: str) -> dict[str, object]:
    line = shown.line
    return {
        "paper": size,
        "centre": centre_queries.centre().name,
        "kind": words.kind(line.kind),
        "title": line.title,
        "lead": _short(shown.what_short or shown.what, LEAD),
        "when": f"{day(line.day)}\n{words.hours(line)}" if words.is_within_a_day(line) else words.when(line),
        "place": _place(line),
        "facts": _facts(shown),
        "sign_up": _way_in(line),
        **_reach(link("events.typed", code=line.code), _("Code to scan, to the page of this date")),
    }


def _facts(shown: Shown) -> list[str]:
    line = shown.line
    facts = [
        _short(shown.for_whom, FACT),
        shown.cost or _("Free"),
        _("You come in without steps.") if line.is_step_free else "",
        _("There is a hearing loop.") if line.has_hearing_loop else "",
        _("To bring: %(things)s", things=_short(shown.to_bring, FACT)) if shown.to_bring else "",
    ]
    return [fact for fact in facts if fact]


def _way_in(line: Line) -> str:
    if line.signing_up is SigningUp.NONE:
        return _("No sign-up: come as you are.")
    if line.signing_up is SigningUp.OPTIONAL:
        return _("Sign up if you can. You may also just come.")
    return _("Sign up: by internet or by phone.")


def slip(sign_up: Received, line: Line, code: str) -> dict[str, object]:
    """What the paper to take home says: the date, the code, how to cancel. No need and no answer."""
    state = str(words.STATES[sign_up.state][1])
    place = _place(line)
    said = _("At the door, say your name or this code: %(letters)s", letters=spoken(sign_up.code))
    how = _("On the page “Follow my message”, type your code: you can cancel or change there. Or call us.")
    return {
        "paper": "a5",
        "centre": centre_queries.centre().name,
        "title": line.title,
        "code_label": _("Your follow-up code"),
        "code": code.split("-"),
        "code_hint": _("Keep this paper: its code opens your sign-up."),
        "parts": [
            {"heading": state, "text": words.when(line) + (f"\n{place}" if place else "") + f"\n{said}"},
            {"heading": _("If you cannot come"), "text": how},
        ],
        **_reach(
            link("intake.follow"),
            _("Code to scan, to the page where you follow your sign-up"),
            f"#{letters(sign_up.code)}",
        ),
    }


def group_slip(member: Member, code: str) -> dict[str, object]:
    """What the paper to take home says of a group that was joined once."""
    event = member.event
    place = ", ".join(part for part in (event.place, " ".join(event.address.split())) if part)
    how = _("On the page “Follow my message”, type your code: you miss a date there, or leave. Or call us.")
    expected = _("You are in the group: we expect you each time.")
    return {
        "paper": "a5",
        "centre": centre_queries.centre().name,
        "title": event.title,
        "code_label": _("Your follow-up code"),
        "code": code.split("-"),
        "code_hint": _("Keep this paper: its code opens your page of the group."),
        "parts": [
            {"heading": expected, "text": place},
            {"heading": _("One day you cannot come?"), "text": how},
        ],
        **_reach(link("intake.follow"), _("Code to scan, to the page where you follow your sign-up")),
    }
