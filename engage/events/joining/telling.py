"""What members of a group hear: that they belong to it, and that they left it; once each."""

from __future__ import annotations

from collections.abc import Sequence
from hmac import compare_digest

from engage.core import keys
from engage.core.clock import now
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.events.joining.models import Member
from engage.events.signing.models import SignUp
from engage.intake.models import Reply
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind

SIGNS = 32
CHANNELS = {Reply.MAIL: Channel.MAIL, Reply.PHONE: Channel.PHONE, Reply.LETTER: Channel.LETTER}


def seal(code: str) -> str:
    """What proves that we wrote this address for the member `code`."""
    return keys.digest("member link", code)[:SIGNS]


def is_ours(code: str, given: str) -> bool:
    return compare_digest(seal(code).encode(), given.encode())


def joined(member: Member) -> None:
    """Only mailed: whoever joins sees the same on the page, and nobody calls them for that."""
    if member.reply is Reply.MAIL:
        _tell(member, "joined", "joining/mail/joined.txt", Kind.CONFIRMATION)


def left(member: Member, *, by_team: bool, dates: int) -> None:
    """A mail confirms it to who left; whom the team took out is told by their channel."""
    if by_team or member.reply is Reply.MAIL:
        kind = Kind.ALERT if by_team else Kind.CONFIRMATION
        _tell(member, "left", "joining/mail/left.txt", kind, by_team=by_team, dates=dates)


def changed(member: Member, behind: Sequence[SignUp], *, by_team: bool) -> None:
    """What stands from now on, and the dates that could not follow; who did it themselves is only mailed."""
    if by_team or member.reply is Reply.MAIL:
        what = f"changed {now().isoformat()}"
        _tell(member, what, "joining/mail/changed.txt", Kind.CONFIRMATION, behind=behind, by_team=by_team)


def _tell(member: Member, what: str, template: str, kind: Kind, **facts: object) -> None:
    channel = CHANNELS.get(member.reply, Channel.RECEPTION)
    with speaking(member.language):
        page = link("groups.arrive", code=member.code, given=seal(member.code))
        outbox.write(
            key=f"member {member.code} {what}",
            kind=kind,
            channel=channel,
            subject=_("%(title)s: your group", title=member.event.discreet_title),
            body=render(template, member=member, page=page if channel is Channel.MAIL else "", **facts),
            address=member.contact,
            person=member.name or "",
            about=("member", member.code),
            whom=member.person_digest or member.code,
        )
