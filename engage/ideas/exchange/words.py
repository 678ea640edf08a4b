"""What the codes of a table stand for, in the language of the reader."""

from __future__ import annotations

from engage.core.i18n import gettext
from engage.core.i18n import lazy_gettext as _l
from engage.core.sheets import SheetError
from engage.ideas.models import Progress, Publication
from engage.intake.models import Door, Reply

PUBLICATION = {
    Publication.WAITING: _l("To read"),
    Publication.PUBLIC: _l("Public"),
    Publication.TEAM: _l("Team only"),
    Publication.REFUSED: _l("Refused"),
    Publication.MERGED: _l("Brought together"),
    Publication.WITHDRAWN: _l("Withdrawn"),
}
PROGRESS = {
    Progress.RECEIVED: _l("Received"),
    Progress.STUDY: _l("Under study"),
    Progress.ACCEPTED: _l("Accepted"),
    Progress.DECLINED: _l("Not retained"),
    Progress.UNDER_WAY: _l("Under way"),
    Progress.DONE: _l("Done"),
}
DOORS = {
    Door.WEB: _l("Web site"),
    Door.KIOSK: _l("Kiosk"),
    Door.PAPER: _l("Paper"),
    Door.PHONE: _l("Phone"),
    Door.RECEPTION: _l("Reception desk"),
    Door.RELAY: _l("Relay"),
    Door.WORKSHOP: _l("Workshop"),
}
REPLIES = {
    Reply.NONE: _l("By the follow-up code only"),
    Reply.MAIL: _l("By e-mail"),
    Reply.PHONE: _l("By phone"),
    Reply.LETTER: _l("By letter"),
    Reply.RECEPTION: _l("At reception"),
}


def sentence(fault: SheetError) -> str:
    """What is wrong with a line, for people."""
    return gettext(fault.message, **fault.values)
