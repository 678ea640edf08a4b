"""The call list on paper: what its template needs, in words."""

from __future__ import annotations

from engage.centre import queries as centre
from engage.core.clock import now
from engage.core.i18n import gettext as _
from engage.core.render import moment
from engage.outbox.models import Channel
from engage.outreach import queries
from engage.outreach.queries import Reader


def data(readers: list[Reader]) -> dict[str, object]:
    """Everyone to tell, how to reach them, and the words on top of each column."""
    phones = queries.phones(readers)
    return {
        "paper": "a4",
        "centre": centre.centre().name,
        "title": _("To call, to write to, to tell"),
        "lead": _(
            "Printed on %(moment)s. Note who told each person, here, then on the site.", moment=moment(now())
        ),
        "columns": {
            "done": _("Told"), "who": _("Who"), "how": _("How"), "what": _("What to say"), "by": _("By whom"),
        },
        "rows": [_row(reader, phones) for reader in readers],
        "empty": _("Nobody is waiting for news."),
    }  # fmt: skip


def _row(reader: Reader, phones: dict[str, str]) -> dict[str, str]:
    return {
        "who": reader.name or _("Somebody"),
        "how": "\n".join(how(reader, phones)),
        "what": "\n\n".join(message.words for message in reader.messages),
    }


def how(reader: Reader, phones: dict[str, str]) -> list[str]:
    """The way to this person, then the address to use."""
    first = reader.messages[0]
    ways = {
        Channel.PHONE: _("By phone"),
        Channel.RECEPTION: _("At reception"),
        Channel.LETTER: _("By letter"),
        Channel.MAIL: _("Mail refused") if reader.is_refused else _("Mail that perhaps arrived"),
        Channel.SMS: _("SMS refused") if reader.is_refused else _("SMS that perhaps arrived"),
    }
    found = [ways[reader.channel], first.address or ""]
    if phone := phones.get(first.address_digest or ""):
        found.append(_("Phone: %(phone)s", phone=phone))
    return [line for line in found if line]
