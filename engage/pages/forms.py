"""What forms of several rooms share: a key that tells a second click, and a table that somebody sends."""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import IO, Any

from flask import request
from wtforms import BooleanField, HiddenField
from wtforms.validators import Regexp, StopValidation

from engage.core import limits
from engage.core.clock import now
from engage.core.forms import KEY, Form, SheetField
from engage.core.i18n import lazy_gettext as _l
from engage.core.sheets import SheetError
from engage.pages.bringing import NOTHING, Plan, said

CLICKS = timedelta(days=1)


class OnceForm(Form):
    """A form of which a second click leaves nothing twice: the page that shows it gives it a key."""

    submission_key = HiddenField(validators=[Regexp(KEY, flags=re.ASCII)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.submission_key.data:
            self.submission_key.data = secrets.token_urlsafe(24)

    def is_first(self) -> bool:
        """Whether these words come from this page for the first time; undone when the deed is refused."""
        said = sorted(pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token")
        return limits.first_time("click", f"{request.path} {said}", until=now() + CLICKS)


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
