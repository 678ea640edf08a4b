"""Members hear that there is a version to read, each by their channel."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.groups import queries as groups
from engage.groups.belonging import queries as belonging
from engage.groups.charter.models import Charter
from engage.groups.models import Group, Membership
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind


def to_read(charter: Charter, group: Group) -> None:
    """Whoever takes a rest is asked when they are back: the page of the group says it."""
    for membership in groups.members(group):
        if belonging.may_be_told(membership):
            _tell(charter, group, membership)


def _tell(charter: Charter, group: Group, membership: Membership) -> None:
    account = membership.account
    if account is None:
        return
    channel = Channel.MAIL if account.email else Channel.PHONE if account.phone else Channel.RECEPTION
    with speaking(account.language):
        outbox.write(
            key=f"charter {charter.id} {membership.code}",
            kind=Kind.NEWS,
            channel=channel,
            address=account.email or account.phone,
            person=account.full_name,
            subject=_("%(group)s: the charter to read", group=group.name),
            body=render("charter/mail/read.txt", name=account.first_name, group=group, charter=charter,
                        address=link("charters.show", code=group.code)),
            about=("group", group.code),
            whom=account.whom,
        )  # fmt: skip
