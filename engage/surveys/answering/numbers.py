"""How many answered, by each way: never a number from one to four."""

from __future__ import annotations

from dataclasses import dataclass

from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Channel

FEW = 5
# Here the team types a whole answer at once: nobody is left half-way.
TYPED = {ChannelKind.PAPER, ChannelKind.PHONE}


@dataclass(frozen=True)
class Line:
    """One way in: how many answered, and of how many, where that is known."""

    kind: ChannelKind
    said: str
    share: str


def said(completed: int) -> str:
    """How many answers, in words."""
    if not completed:
        return _("no answer yet")
    if completed < FEW:
        return _("fewer than five answers")
    return ngettext("%(num)s answer", "%(num)s answers", completed)


def line(channel: Channel) -> Line:
    return Line(channel.kind, said(channel.completed), _share(channel))


def _share(channel: Channel) -> str:
    """A response rate only where it is known how many were handed out, and that number can be."""
    completed = channel.completed
    if completed < FEW:
        return ""
    if channel.handed_out and channel.handed_out >= completed:
        return _(
            "%(percent)s%% of %(handed)s handed out",
            percent=round(100 * completed / channel.handed_out),
            handed=channel.handed_out,
        )
    if channel.kind in TYPED or channel.kind is ChannelKind.SLIPS:
        return ""
    begun = max(channel.started, completed)
    return _("%(completed)s finished of %(begun)s begun", completed=completed, begun=begun)
