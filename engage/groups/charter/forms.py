"""What the team types of a charter."""

from __future__ import annotations

from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from engage.core.forms import AreaField, Form, Written
from engage.core.i18n import lazy_gettext as _l
from engage.groups.charter.words import PARTS

PART_LENGTH = 2000


class CharterForm(Form):
    we_promise = AreaField(PARTS["we_promise"], [Written()], max_length=PART_LENGTH)
    you_promise = AreaField(PARTS["you_promise"], [Written()], max_length=PART_LENGTH)
    confidentiality = AreaField(PARTS["confidentiality"], [Written()], max_length=PART_LENGTH)
    image_rights = AreaField(PARTS["image_rights"], [Written()], max_length=PART_LENGTH)
    expenses = AreaField(PARTS["expenses"], [Written()], max_length=PART_LENGTH)
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class VersionForm(Form):
    """A deed about what was read: which version that was."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class AgreeForm(Form):
    """`number` is the version that stands above the button."""

    number = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    agrees = BooleanField(
        _l("I have read this charter, and I agree"), [InputRequired(_l("Tick the box if you agree."))]
    )
