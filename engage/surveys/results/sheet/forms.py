"""What the coordination chooses and writes for the sheet."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from engage.commitments.forms import RUNGS
from engage.commitments.models import Rung
from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l

TEXT = 400  # what leaves room for the rest on one page


class VersionForm(Form):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ComposeForm(VersionForm):
    figures = SelectMultipleField(_l("Figures to show"), validate_choice=False)
    quotes = SelectMultipleField(_l("Words to show"), validate_choice=False)
    heard = AreaField(_l("What we heard"), max_length=TEXT)
    promised = AreaField(_l("What we commit to"), max_length=TEXT)


class AboutForm(Form):
    """`about` names a question of the wave, or a theme of the words."""

    about = SelectField(_l("What it answers"))

    def offer(self, abouts: Iterable[tuple[str, str]]) -> None:
        self.about.choices = options([("", _("The whole survey")), *abouts])


class TieForm(AboutForm):
    commitment = SelectField(_l("Commitment"), [InputRequired(_l("Choose a commitment."))])


class PromiseForm(AboutForm):
    title = LineField(_l("We commit to…"), [Written()])
    said = AreaField(_l("What people said"), [Optional()], max_length=500)
    due_on = DateField(_l("By when"), [InputRequired(_l("Please give a date."))])
    rung = SelectField(_l("How people are involved"), choices=options(RUNGS), coerce=Rung)


class WithdrawForm(VersionForm):
    reason = AreaField(_l("Why you take it down"), [Written()], max_length=300)
