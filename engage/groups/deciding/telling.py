"""What the members of a group are told, each by their channel; never who is paused."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString

from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import speaking
from engage.core.render import render
from engage.groups.deciding.models import Decision, Way
from engage.groups.meeting.queries import readers
from engage.groups.meeting.telling import way
from engage.groups.models import Group
from engage.outbox import actions as outbox
from engage.outbox.models import Kind


def opened(decision: Decision) -> None:
    """Members are asked for their ballot; the other ways of deciding happen in a meeting."""
    if decision.way is Way.SCORES:
        subject = _l("Your group asks for your opinion")
        key = f"ballot {decision.code}"
        tell(decision.group, subject, "deciding/mail/opened.txt", key=key, decision=decision)


def tell(group: Group, subject: LazyString, template: str, *, key: str, **context: Any) -> None:
    """Write to every member, in their language; the same `key` never tells one person twice."""
    for _membership, account, address in readers(group):
        with speaking(account.language):
            channel, where = way(account, address)
            body = render(template, group=group, person=account.first_name, **context)
            outbox.write(
                key=f"{key}:{account.actor_id}",
                kind=Kind.NEWS,
                channel=channel,
                subject=str(subject),
                body=body,
                address=where,
                person=account.full_name,
                about=("group", group.code),
                whom=account.whom,
            )
