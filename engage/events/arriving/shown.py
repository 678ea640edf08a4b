"""What the telephone at the door sees of a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from flask import Response, current_app, make_response, redirect, url_for

from engage.core import keys, qr
from engage.core.clock import now
from engage.core.i18n import gettext as _
from engage.core.render import link
from engage.core.words import fold
from engage.events.arriving import queries
from engage.events.arriving.models import DoorPass
from engage.events.arriving.queries import Guest
from engage.events.letters import LENGTH, letters, plain
from engage.events.models import Occurrence

COOKIE = "door"
SEAL_COOKIE = "door_list"
"""Its script may read it: it opens the list that the telephone keeps. The browser drops it with the pass."""


BLANK = "vide"


def milliseconds(moment: datetime) -> int:
    """As scripts count."""
    return round(moment.timestamp() * 1000)


def door(held: DoorPass, asked: Mapping[str, str]) -> dict[str, Any]:
    """The values of the page; `q` keeps those whose name or letters are asked for.

    Blank, nobody stands in it: what a telephone keeps of the page for where there is no network.
    """
    date, typed = held.occurrence, asked.get("q", "")[:200]
    guests, is_blank = queries.roster(date), BLANK in asked
    listed = [guest for guest in guests if fits(guest, typed) and not is_blank]
    return {
        "date": date,
        "held": held,
        "guests": listed,
        "told": _told(listed),
        "everybody": len(guests),
        "people": sum(guest.party for guest in guests if guest.is_here),
        "asked": typed,
        "ends": milliseconds(held.ends_at),
        "at": 0 if is_blank or typed else milliseconds(now()),
    }


def sealing(page: str, held: DoorPass, token: str) -> Response:
    """The page, kept by no browser as it is, and the key of the list, which goes when the pass ends."""
    answer, secure = make_response(page), current_app.config["SESSION_COOKIE_SECURE"]
    answer.headers["Cache-Control"] = "no-store"
    place = url_for("arriving.door", code=held.occurrence.code)
    kept = {"expires": held.ends_at, "samesite": "Strict", "secure": secure, "httponly": False}
    answer.set_cookie(SEAL_COOKIE, keys.digest("door list", token), path=place, **kept)
    return answer


def to_hand_over(occurrence: Occurrence, code: str) -> dict[str, Any]:
    """What another telephone scans or types: the code stands behind the "#", which no server is told."""
    address = link("arriving.claim", code=occurrence.code)
    return {
        "address": address.rsplit("://", maxsplit=1)[-1],
        "qr": qr.svg(f"{address}#{code}", label=_("Code to scan with the other phone")),
        "code": " ".join(code[place : place + 4] for place in range(0, len(code), 4)),
    }


def handed(held: DoorPass, code: str, token: str) -> Response:
    """To the door: the browser keeps the secret of the pass, and tells it to that page alone."""
    place = url_for("arriving.door", code=code)
    way, secure = redirect(place), current_app.config["SESSION_COOKIE_SECURE"]
    kept = {"expires": held.ends_at, "samesite": "Lax", "secure": secure, "httponly": True}
    way.set_cookie(COOKIE, token, path=place, **kept)
    return cast("Response", way)


def fits(guest: Guest, typed: str) -> bool:
    """Whether this is who is looked for: a part of the name, or the six letters."""
    words = fold(typed).split()
    return all(word in fold(guest.name) for word in words) or (
        len(plain(typed)) == LENGTH and plain(typed) == letters(guest.code)
    )


def state(occurrence: Occurrence) -> dict[str, Any]:
    """What the script hears after each word of its own."""
    people = _told(queries.roster(occurrence))
    return {"people": people, "counted": occurrence.head_count or 0, "at": milliseconds(now())}


def _told(guests: Sequence[Guest]) -> list[dict[str, Any]]:
    """The list for the script: no contact, no need, nobody's companions."""
    return [
        {
            "code": guest.code,
            "name": guest.name,
            "letters": guest.spoken,
            "party": guest.party,
            "whole": guest.whole,
            "state": guest.state.value,
        }
        for guest in guests
    ]
