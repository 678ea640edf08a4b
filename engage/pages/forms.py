"""A table that somebody sends."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, Any

from wtforms import BooleanField
from wtforms.validators import StopValidation

from engage.core.forms import Form, SheetField
from engage.core.i18n import lazy_gettext as _l
from engage.core.sheets import SheetError
from engage.pages.bringing import NOTHING, Plan, said


class SheetForm(Form):
    """A CSV file as `read` takes it; `plan` says what each of its lines would bring."""

    file = SheetField()
    replace = BooleanField(_l("Where the file says it otherwise, take the words of the file"))

    def __init__(self, read: Callable[[IO[bytes]], Plan]) -> None:
        super().__init__()
        self.read, self.plan = read, Plan([], [])

    def validate_file(self, sent: Any) -> None:
        try:
            self.plan = self.read(io.BytesIO(sent.content))
        except SheetError as fault:
            raise StopValidation(said(fault)) from fault
        if self.plan.faults:
            raise StopValidation(str(NOTHING))
