"""Where people find a wave, by each way that leads to its page."""

from __future__ import annotations

from engage.core.render import link
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Wave

ASKED_BY = "par"
CAME_BY = {ChannelKind.POSTER: "affiche", ChannelKind.EVENT: "evenement", ChannelKind.IDEA: "idee"}
"""What an address says of how a person came; it counts, and it names nobody."""


def address(wave: Wave, kind: ChannelKind = ChannelKind.LINK) -> str:
    """The whole address, as it is copied, printed or scanned."""
    plain = f"{link('home.index')}questionnaires/{wave.code}"
    return f"{plain}?{ASKED_BY}={CAME_BY[kind]}" if kind in CAME_BY else plain


def ticket_address(wave: Wave, code: str) -> str:
    """The ticket stands behind the sign that browsers keep to themselves: no log of a server sees it."""
    return f"{address(wave)}#{code}"


def shown(wave: Wave) -> str:
    """As somebody types it from paper."""
    return address(wave).split("://")[-1]
