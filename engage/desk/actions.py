"""Mails about work: each working morning, and before a promised day; each person may stop each of them."""

from __future__ import annotations

from datetime import date

from engage.accounts import queries as accounts_queries
from engage.accounts.models import Account
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext, speaking
from engage.core.render import link, render
from engage.desk import reminding
from engage.desk.todo import todos
from engage.ideas.models import Idea
from engage.ideas.moderation.listing import present_owner
from engage.intake import queries as intake_queries
from engage.outbox import actions as outbox
from engage.outbox import queries as outbox_queries
from engage.outbox.models import Channel, Kind


def set_mails(*, morning_mail: bool, due_mail: bool, by: Account) -> None:
    """Choose which mails I get; what I stopped from a mail starts again."""
    by.morning_mail, by.due_mail = morning_mail, due_mail
    for kind, wanted in ((Kind.MORNING, morning_mail), (Kind.WORK, due_mail)):
        if wanted and by.email:
            outbox.allow(by.email, kind)


def greet(today: date) -> int:
    """Write to each of the team for whom something waits, once a day; how many mails."""
    return sum(
        _greet(account, f"desk morning {today} {account.actor_id}") for account in accounts_queries.staff()
    )


def _greet(account: Account, key: str) -> bool:
    if not account.morning_mail or not account.email or outbox_queries.has_key(key):
        return False
    with speaking(account.language):
        waiting = todos(account)
        if not waiting:
            return False
        subject = ngettext(
            "%(num)s thing to do this morning", "%(num)s things to do this morning", len(waiting)
        )
        return _write(key, Kind.MORNING, account, subject, "desk/mail/morning.txt", todos=waiting)


def remind(today: date) -> int:
    """Write to who answers, or to who is on duty when nobody does, three days before; how many mails."""
    return sum(_remind(idea, today) for idea in reminding.due_soon(today))


def _remind(idea: Idea, today: date) -> bool:
    own = present_owner(idea)
    account = own or intake_queries.on_duty()
    if account is None or not account.due_mail or not account.email:
        return False
    idea.reminded_on = today
    with speaking(account.language):
        key = f"desk due {idea.code} {idea.due_on} {account.actor_id}"
        facts = {"idea": idea, "own": own is not None, "page": link("ideas_desk.show", code=idea.code)}
        return _write(key, Kind.WORK, account, _("An answer is due soon"), "desk/mail/due.txt", **facts)


def _write(key: str, kind: Kind, account: Account, subject: str, template: str, **facts: object) -> bool:
    body = render(template, account=account, desk=link("desk.index"), choose=link("desk.set_mails"), **facts)
    written = outbox.write(
        key=key,
        kind=kind,
        channel=Channel.MAIL,
        subject=subject,
        body=body,
        address=account.email,
        person=account.first_name,
    )
    return written is not None
