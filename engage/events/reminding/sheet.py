"""Whom to call before a date, on paper, in large print."""

from __future__ import annotations

from engage.centre import queries as centre
from engage.core.clock import now
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import moment
from engage.events.models import Occurrence
from engage.events.reminding.ways import Way
from engage.events.signing.models import SignUp


def data(date: Occurrence, calls: list[tuple[SignUp, Way]]) -> dict[str, object]:
    """For the template `call_list`: a box to tick for each of them."""
    place = date.place or date.event.place
    about = f"{date.event.title} · {moment(date.starts_at)}" + (f" · {place}" if place else "")
    printed = _("Printed on %(moment)s.", moment=moment(now()))
    return {
        "paper": "a4",
        "centre": centre.centre().name,
        "title": _("To call before this date"),
        "lead": f"{about}\n{printed}",
        "columns": {
            "done": _("Told"), "who": _("Who"), "how": _("How"), "what": _("What to say"), "by": _("By whom"),
        },
        "rows": [_row(sign_up, way) for sign_up, way in calls],
        "empty": _("Nobody is to be called before this date."),
    }  # fmt: skip


def _row(sign_up: SignUp, way: Way) -> dict[str, str]:
    party = ngettext("Signed up for %(num)s person.", "Signed up for %(num)s people.", sign_up.party)
    return {
        "who": sign_up.name or _("Somebody"),
        "how": way.address or _("At reception"),
        "what": f"{party}\n{_('Ask: do you still come?')}",
    }
