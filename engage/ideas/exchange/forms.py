"""Which file to bring in, and what to take out."""

from __future__ import annotations

import io
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional, StopValidation, ValidationError

from engage.core.forms import Form, LineField, SheetField, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.sheets import SheetError
from engage.ideas.exchange import plan
from engage.ideas.exchange.files import Format
from engage.ideas.exchange.queries import Wanted
from engage.ideas.exchange.words import DOORS, PROGRESS, PUBLICATION, sentence
from engage.ideas.models import Progress, Publication
from engage.intake.models import Door
from engage.themes import queries as themes

MOST_LINES = 500
FORMATS = {
    Format.XLSX: _l("Spreadsheet (XLSX)"),
    Format.CSV: _l("Plain table (CSV)"),
    Format.JSON: _l("For a program (JSON)"),
}


class IdeasField(SheetField):
    """A table of ideas that can be read as a whole."""

    def pre_validate(self, form: Any) -> None:
        """Raises StopValidation with a sentence that says what to do."""
        super().pre_validate(form)
        try:
            found = plan.read(io.BytesIO(self.content))
        except SheetError as fault:
            raise StopValidation(sentence(fault)) from fault
        if len(found.report()) > MOST_LINES:
            raise StopValidation(
                _("%(most)d lines at most at a time here. Cut the file in two.", most=MOST_LINES)
            )
        if not found.report():
            raise StopValidation(_("This file names its columns, but holds no idea."))


class FileForm(Form):
    file = IdeasField()


class BringInForm(Form):
    hold = BooleanField(_l("Let the team read each idea before everyone does"))
    skip_bad = HiddenField()

    @property
    def values(self) -> dict[str, Any]:
        return {"hold": bool(self.hold.data), "skip_bad": self.skip_bad.data == "yes"}


def _any(words: dict[Any, Any]) -> list[Any]:
    return options([("", _("No filter")), *words.items()])


class TakeOutForm(Form):
    """Which ideas, as which file; the contacts only for a reason."""

    kind = RadioField(
        _l("Which file?"),
        [InputRequired(_l("Choose a kind of file."))],
        choices=options(FORMATS.items()),
        default=Format.XLSX.value,
    )
    publication = SelectField(_l("Who may read them"), default="")
    progress = SelectField(_l("How far they are"), default="")
    theme = SelectField(_l("Theme"), default="")
    door = SelectField(_l("Door"), default="")
    since = DateField(_l("Received from"), [Optional()])
    until = DateField(_l("Received until"), [Optional()])
    with_contacts = BooleanField(_l("With first names and contacts"))
    reason = LineField(
        _l("What for?"),
        description=_l("Kept in the journal. Example: to call those who asked for a meeting."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.publication.choices = _any(PUBLICATION)
        self.progress.choices = _any(PROGRESS)
        self.theme.choices = _any({theme.code: themes.name(theme) for theme in themes.everything()})
        self.door.choices = _any(DOORS)

    def validate_until(self, field: DateField) -> None:
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(_("This day comes before the first one."))

    def validate_reason(self, field: LineField) -> None:
        if self.with_contacts.data and not field.data:
            raise ValidationError(_("Say why you need the contacts."))

    @property
    def wanted(self) -> Wanted:
        theme = themes.by_code(self.theme.data or "")
        return Wanted(
            publication=Publication(self.publication.data) if self.publication.data else None,
            progress=Progress(self.progress.data) if self.progress.data else None,
            theme_id=theme.id if theme else None,
            door=Door(self.door.data) if self.door.data else None,
            since=self.since.data,
            until=self.until.data,
        )
