"""A table that somebody sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField
from wtforms.validators import StopValidation

from engage.core.forms import Form
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.sheets import SheetError
from engage.pages.bringing import NOTHING, Plan, said

MOST_BYTES = 1_000_000


class SheetForm(Form):
    """A CSV file; after validation `content` holds its bytes."""

    file = FileField(_l("The file (CSV)"), render_kw={"accept": ".csv,text/csv"})
    replace = BooleanField(_l("Where the file says it otherwise, take the words of the file"))
    content: bytes = b""

    def validate_file(self, sent: Any) -> None:
        if not isinstance(sent.data, FileStorage) or not sent.data.filename:
            raise StopValidation(_("Choose a file."))
        with sent.data.stream as stream:
            self.content = stream.read(MOST_BYTES + 1)
        if len(self.content) > MOST_BYTES:
            raise StopValidation(_("This file is too heavy: 1 MB at most here. Cut it in two."))


def planned(form: SheetForm, plan: Callable[[], Plan]) -> Plan | None:
    """The plan of a file; None, with the reason beside the field, when it cannot be read as a whole."""
    try:
        found = plan()
    except SheetError as fault:
        form.file.errors = [said(fault)]
        return None
    if found.faults:
        form.file.errors = [str(NOTHING)]
    return found
