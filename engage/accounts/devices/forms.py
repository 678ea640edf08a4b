"""Which sign-in to end."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from engage.core.forms import Form


class EndForm(Form):
    sign_in_id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
