"""What a group committed to, for its page."""

from __future__ import annotations

from flask import url_for

from engage.commitments import queries
from engage.commitments.forms import STATES
from engage.core.i18n import gettext as _
from engage.core.render import month
from engage.groups.models import Group
from engage.groups.registry import Subject


def of_group(group: Group) -> list[Subject]:
    """Its commitments, open ones first, with how far each is."""
    words = dict(STATES)
    return [
        Subject(
            "commitment",
            one.code,
            one.title,
            url_for("results.show", code=one.code),
            _("%(state)s, for %(month)s", state=words[one.state.value], month=month(one.due_on))
            if one.is_open
            else str(words[one.state.value]),
        )
        for one in queries.of_group(group)
    ]
