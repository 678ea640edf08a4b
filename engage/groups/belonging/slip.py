"""The printed slip of an invitation into a group."""

from __future__ import annotations

from engage.accounts.joining.queries import plain
from engage.accounts.joining.slip import grouped
from engage.centre.queries import centre
from engage.core import pdf as paper
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.render import day, link
from engage.groups.belonging.models import GroupInvitation
from engage.groups.belonging.telling import name_of

__all__ = ["grouped", "pdf"]


def _parts(invitation: GroupInvitation) -> list[dict[str, str]]:
    name, group = name_of(invitation), invitation.group
    hello = _("We would like to have you with us.")
    if name:
        hello = _("%(name)s, we would like to have you with us.", name=name)
    begin = _("Scan the picture, or open the address. Write the code, then press the button.")
    return [
        {"heading": group.name, "text": f"{hello} {group.aim}"},
        {"heading": _("How to answer"), "text": begin},
    ]


def pdf(invitation: GroupInvitation, code: str, *, lang: str) -> bytes:
    """A slip on A5, to be handed over to one person."""
    house = centre()
    picture = {
        "rows": qr.matrix(link("belonging.arrive", code=plain(code))),
        "alt": _("Code to scan to open the invitation"),
    }
    facts = {
        "paper": "a5",
        "centre": house.name,
        "title": _("Your invitation to a group"),
        "code_label": _("Your invitation code"),
        "code": grouped(code),
        "code_hint": _("For you alone. It serves once, until %(day)s.", day=day(invitation.expires_at)),
        "parts": _parts(invitation),
        "scan": _("On your phone or computer:"),
        "address": link("belonging.enter").partition("://")[2],
        "qr": picture,
        "contact": _("A question? Ring us:"),
        "phone": house.phone,
    }
    return paper.render("invitation_slip", facts, lang=lang)
