"""What a reader ticks about free words, and the themes a centre adds."""

from __future__ import annotations

from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.surveys.results.verbatims.models import Decision


class VersionForm(Form):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class DecideForm(VersionForm):
    """`hide` holds "start-end" of each word ticked; the button pressed is the decision."""

    decision = SelectField(coerce=Decision, choices=options((str(one), str(one)) for one in Decision))
    themes = SelectMultipleField(validate_choice=False)
    hide = SelectMultipleField(validate_choice=False)


class CodeForm(Form):
    theme = SelectField(_l("Under which heading"))
    label = LineField(_l("Name of the theme"), [Written()])
    words = AreaField(_l("Words that suggest it"), [Optional()], max_length=500)
