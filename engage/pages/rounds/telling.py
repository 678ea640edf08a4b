"""A mail to the members of the group that is asked to read."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.groups.belonging.queries import may_be_told
from engage.groups.models import Membership
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind
from engage.pages.rounds.models import RoundReader


def invited(reader: RoundReader, member: Membership) -> None:
    """Who has no address finds it in the group, or reads on paper."""
    account = reader.account
    if account is None or not account.email or not may_be_told(member):
        return
    with speaking(account.language):
        outbox.write(
            key=f"reading round {reader.code}",
            kind=Kind.NEWS,
            channel=Channel.MAIL,
            address=account.email,
            person=account.first_name,
            subject=_("Would you read a page with us?"),
            body=render("rounds/mail/invited.txt", reader=reader, address=link("rounds.index")),
            about=("reading_round", reader.round.code),
        )
