"""What members of the group that is asked to read are told, each by their channel."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.groups.meeting.telling import way
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind
from engage.pages.rounds.models import RoundReader


def invited(reader: RoundReader, address: str | None) -> None:
    """`address`: where letters to them go. Who has no e-mail is asked to read on paper."""
    account = reader.account
    if account is None:
        return
    channel, where = way(account, address)
    page = link("rounds.index") if channel is Channel.MAIL else ""
    with speaking(account.language):
        outbox.write(
            key=f"reading round {reader.code}",
            kind=Kind.NEWS,
            channel=channel,
            address=where,
            person=account.first_name if page else account.full_name,
            subject=_("Would you read a page with us?"),
            body=render("rounds/mail/invited.txt", reader=reader, address=page),
            about=("reading_round", reader.round.code),
            whom=account.whom,
        )
