"""Adding a paper to a group or to a meeting, showing it to everybody, taking it away."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.meeting.models import GroupDocument, Meeting
from engage.groups.models import Group
from engage.journal import actions as journal
from engage.uploads import actions as uploads
from engage.uploads.documents import CheckedPdf
from engage.uploads.pictures import CheckedPhoto


def add(
    group: Group, *, file: CheckedPdf | CheckedPhoto, title: str, meeting: Meeting | None = None, by: Account
) -> GroupDocument:
    """Only the group has it. Raises Refused for a group that is closed."""
    if group.is_closed:
        raise Refused(_("This group is closed: it keeps its papers, and takes no new one."))
    document = GroupDocument(
        group_id=group.id, meeting_id=meeting and meeting.id, upload=uploads.keep(file, alt=title),
        title=title, added_by_id=by.id, added_at=now(),
    )  # fmt: skip
    db.session.add(document)
    db.session.flush()
    return document


def publish(document: GroupDocument, group: Group, *, is_public: bool, by: Account) -> None:
    """Everybody has it, or the group alone again. Raises Refused to show more of a group that is closed."""
    if is_public and group.is_closed:
        raise Refused(_("This group has ended: it shows nothing new."))
    if document.is_public != is_public:
        document.is_public = is_public
        verb = "paper published" if is_public else "paper kept to the group"
        journal.record(verb, "paper", document.code, by=by)


def take_away(document: GroupDocument, *, by: Account) -> None:
    """It is gone, its file too."""
    upload = document.upload
    db.session.delete(document)
    db.session.flush()
    uploads.erase(upload)
    if document.added_by_id != by.id:
        journal.record("paper taken away", "paper", document.code, by=by)
