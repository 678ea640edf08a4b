"""What members of a group hear, each in their language and by their channel; never who is paused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engage.accounts.models import Account
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.groups.meeting import queries
from engage.groups.meeting.models import Meeting
from engage.groups.meeting.queries import Reader
from engage.groups.meeting.words import title
from engage.groups.models import Membership
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind

KIND = "meeting"


def way(account: Account, address: str | None) -> tuple[Channel, str | None]:
    """By mail, else by phone, else by letter where they gave an address, else when they come by."""
    if account.email:
        return Channel.MAIL, account.email
    if account.phone:
        return Channel.PHONE, account.phone
    return (Channel.LETTER, address) if address else (Channel.RECEPTION, None)


def planned(meetings: Sequence[Meeting]) -> None:
    """Who lives by letter is not written to twice: the agenda is posted to them."""
    first = meetings[0]
    for reader in queries.readers(first.group):
        if way(reader.account, reader.address)[0] is not Channel.LETTER:
            key = f"planned {reader.membership.code}"
            _tell(
                reader,
                first,
                key,
                "planned",
                lambda: _("New date: %(title)s"),
                kind=Kind.NEWS,
                dates=meetings,
            )


def changed(meeting: Meeting) -> None:
    """Once for each change, which `sequence` counts."""
    for reader in queries.readers(meeting.group):
        key = f"changed {meeting.sequence} {reader.membership.code}"
        _tell(reader, meeting, key, "changed", lambda: _("%(title)s: day, hour or place have changed"))


def cancelled(meeting: Meeting) -> None:
    for reader in queries.readers(meeting.group):
        key = f"cancelled {reader.membership.code}"
        _tell(reader, meeting, key, "cancelled", lambda: _("Cancelled: %(title)s"))


def asked_to_stand_in(meeting: Meeting, holder: Membership, substitute: Membership) -> None:
    """The substitute hears that they are expected; once, however often the holder taps."""
    for reader in queries.readers(meeting.group):
        if reader.membership.id == substitute.id:
            name = holder.account.first_name if holder.account else ""
            key = f"stands in {holder.code} {substitute.code}"
            _tell(reader, meeting, key, "stand_in", lambda: _("You stand in: %(title)s"), other=name)


def left_without(meeting: Meeting, holder: Membership, substitute: Membership) -> None:
    """The substitute cannot come after all: the holder may come, or ask somebody else."""
    for reader in queries.readers(meeting.group):
        if reader.membership.id == holder.id:
            name = substitute.account.first_name if substitute.account else ""
            key = f"left without {holder.code} {substitute.code}"
            _tell(reader, meeting, key, "left_without", lambda: _("Nobody stands in: %(title)s"), other=name)


def _tell(
    reader: Reader, meeting: Meeting, key: str, mail: str, subject: Callable[[], str],
    *, kind: Kind = Kind.ALERT, **facts: Any,
) -> None:  # fmt: skip
    channel, address = way(reader.account, reader.address)
    page = link("meetings.show", code=meeting.code) if channel is Channel.MAIL else ""
    with speaking(reader.account.language):
        named = {"title": title(meeting), "meeting": meeting, "name": reader.account.first_name}
        outbox.write(
            key=f"meeting {meeting.code} {key}",
            kind=kind,
            channel=channel,
            subject=subject() % {"title": title(meeting)},
            body=render(f"meeting/mail/{mail}.txt", **named | facts, page=page),
            address=address,
            person=reader.account.full_name,
            about=(KIND, meeting.code),
            whom=reader.account.whom,
        )
