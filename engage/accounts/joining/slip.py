"""The printed slip of an invitation."""

from __future__ import annotations

from engage.accounts.house import House
from engage.accounts.joining import actions, queries
from engage.accounts.models import Invitation
from engage.core import pdf as paper
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.render import day, link

GROUP = 4


def grouped(code: str) -> list[str]:
    """The code in groups that are easy to copy and to say."""
    plain = queries.plain(code)
    return [plain[at : at + GROUP] for at in range(0, len(plain), GROUP)]


def _parts(first_name: str) -> list[dict[str, str]]:
    hello = _("We would like to have you with us.")
    if first_name:
        hello = _("%(name)s, we would like to have you with us.", name=first_name)
    begin = _(
        "Scan the picture, or open the address. Write the code. Then give your first name and your e-mail."
    )
    return [{"heading": _("You are invited"), "text": hello}, {"heading": _("How to begin"), "text": begin}]


def pdf(invitation: Invitation, code: str, house: House, *, lang: str) -> bytes:
    """A slip on A5, to be handed over."""
    picture = {
        "rows": qr.matrix(actions.link_to(queries.plain(code))),
        "alt": _("Code to scan to open the invitation"),
    }
    facts = {
        "paper": "a5",
        "centre": house.name,
        "title": _("Your invitation"),
        "code_label": _("Your invitation code"),
        "code": grouped(code),
        "code_hint": _("It serves once, until %(day)s.", day=day(invitation.expires_at)),
        "parts": _parts(invitation.first_name),
        "scan": _("On your phone or computer:"),
        "address": link("joining.enter").partition("://")[2],
        "qr": picture,
        "contact": _("A question? Ring us:"),
        "phone": house.phone,
    }
    return paper.render("invitation_slip", facts, lang=lang)
