"""What meetings and what people say about them are called."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.meeting.models import Coming, Meeting

COMING = {
    Coming.COMING: ("done", _l("Comes")),
    Coming.EXCUSED: ("no", _l("Does not come")),
    Coming.CAME: ("done", _l("Was there")),
    Coming.ABSENT: ("no", _l("Was not there")),
}


def title(meeting: Meeting) -> str:
    """Its own title, else whose meeting it is."""
    return meeting.title or _("Meeting: %(group)s", group=meeting.group.name)
