"""How a sheet says who answered, and which numbers of a text were never released."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import ngettext
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.results.sheet.pictures import Picture
from engage.surveys.results.sheet.queries import Told

NUMBER = re.compile(r"\d+(?:[.,]\d+)?\s?%|\b\d+ (?:sur|out of) \d+")
WAYS = {
    ChannelKind.LINK: _l("on the internet"),
    ChannelKind.POSTER: _l("on the internet"),
    ChannelKind.SLIPS: _l("with a ticket"),
    ChannelKind.KIOSK: _l("on the kiosk"),
    ChannelKind.PAPER: _l("on paper"),
    ChannelKind.PHONE: _l("by phone"),
    ChannelKind.EVENT: _l("at an event"),
    ChannelKind.IDEA: _l("on the internet"),
}


def answered(told: Told) -> str:
    """“180 people answered”, with how many were asked where that is known."""
    if told.population:
        return _(
            "%(count)s people answered, of %(asked)s who were asked.",
            count=told.responses,
            asked=told.population,
        )
    return ngettext("%(num)s person answered.", "%(num)s people answered.", told.responses)


def doors(told: Told) -> str:
    """By which ways, never how many by each; empty where nobody knows."""
    ways = list(dict.fromkeys(str(WAYS[one]) for one in told.doors))
    if not ways:
        return ""
    *before, last = ways
    said = _("%(first)s and %(last)s", first=", ".join(before), last=last) if before else last
    return _("They answered %(ways)s.", ways=said)


def unreleased(text: str, offers: Iterable[Picture]) -> list[str]:
    """Shares written by hand that none of the figures released says."""
    known = {f"{one.tenths} {word} 10" for one in offers for word in ("sur", "out of")}
    return [found for found in NUMBER.findall(text) if found not in known]
