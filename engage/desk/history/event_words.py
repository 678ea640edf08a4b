"""What the verbs of the journal say about events and their dates."""

from __future__ import annotations

from engage.core.i18n import gettext as _


def verbs() -> dict[str, str]:
    return {**_about_events(), **_about_the_day()}


def _about_events() -> dict[str, str]:
    return {
        "places changed": _("Number of places changed"),
        "date cancelled": _("Date cancelled"),
        "event created": _("Event created"),
        "event edited": _("Event changed"),
        "event published": _("Event published"),
        "event copied": _("Event copied"),
        "event cancelled": _("Event cancelled"),
        "event brought in": _("Event brought in from a file"),
        "programme changed": _("Programme of a day changed"),
        "sign-up changed": _("Sign-up changed for somebody"),
        "sign-up cancelled": _("Sign-up cancelled for somebody"),
        "member added": _("Somebody put into a group"),
        "member changed": _("Somebody’s place in a group changed"),
        "member removed": _("Somebody taken out of a group"),
        "member excused": _("One date missed, noted for somebody"),
        "member back": _("Somebody comes to a date after all"),
        "members viewed": _("List of a group opened"),
        "event discarded": _("Draft of an event thrown away"),
        "dates added": _("Dates added"),
        "dates moved": _("Dates changed"),
        "series added": _("Series of dates added"),
        "series ended": _("Series of dates ended"),
    }


def _about_the_day() -> dict[str, str]:
    """Of a date, on its day and after it."""
    return {
        "door opened": _("Door opened on a phone"),
        "door revoked": _("Phone taken from the door"),
        "arrivals entered": _("Arrivals typed from paper"),
        "day closed": _("Day of an event closed"),
        "day reopened": _("Day of an event opened again"),
        "guests viewed": _("List of who comes opened"),
        "guests written to": _("Message to everyone who comes"),
        "feedback erased": _("Words about a date erased, as promised"),
        "hours exported": _("Hours of partner patients taken out"),
        "guests exported": _("List of who comes taken out"),
        "attendance certified": _("Certificates of attendance printed"),
        "feedback shown": _("Words about a date shown"),
        "feedback hidden": _("Words about a date kept to the team"),
        "minutes written": _("Minutes of a date written"),
        "event photo added": _("Picture of a date added"),
        "event photo removed": _("Picture of a date erased"),
        "commitment tied": _("Commitment linked to a date"),
        "commitment untied": _("Commitment taken off a date"),
    }
