"""The charter on paper: to read, and to sign by hand."""

from __future__ import annotations

from engage.centre import queries as centre_queries
from engage.core.i18n import gettext as _
from engage.core.render import day
from engage.groups.charter.models import Charter
from engage.groups.charter.words import parts
from engage.groups.models import Group


def sheet(charter: Charter, group: Group) -> dict[str, object]:
    published = day(charter.published_at) if charter.published_at else ""
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "title": _("Charter: %(group)s", group=group.name),
        "lead": _("Version %(number)d, %(day)s", number=charter.number, day=published),
        "parts": [{"heading": title, "lines": text.splitlines()} for title, text in parts(charter)],
        "agree": _("I have read this charter, and I agree"),
        "blanks": [_("Name:"), _("Date:"), _("Signature:")],
        "keep": _("Give one copy back to the team, keep the other one."),
    }
