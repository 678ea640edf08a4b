"""What who answers for a page is told."""

from __future__ import annotations

from engage.centre.queries import centre_today
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import render
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind
from engage.pages.models import Page


def to_read_again(page: Page, title: str) -> bool:
    """The day of review has come: a mail to the owner, once for this day."""
    page.reminded_on = centre_today()
    account = page.owner
    if account is None or not account.is_active:
        return False
    with speaking(account.language):
        facts = {"page": page, "title": title, "person": account.first_name}
        message = outbox.write(
            key=f"page {page.slug} to read again {page.review_on}",
            kind=Kind.WORK,
            channel=Channel.MAIL,
            subject=_("A page to read again: %(title)s", title=title),
            body=render("writing/mail/review.txt", **facts),
            address=account.email,
            person=account.full_name,
            about=("page", page.slug),
            whom=account.whom,
        )
    return message is not None
