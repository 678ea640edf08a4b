"""What a person may set right about themselves."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms.validators import InputRequired, Optional

from engage.core.forms import Form, LineField, PhoneField, Written
from engage.core.i18n import lazy_gettext as _l


class CorrectForm(Form):
    first_name = LineField(_l("First name"), [Written()], render_kw={"autocomplete": "given-name"})
    last_name = LineField(_l("Last name"), [Optional()], render_kw={"autocomplete": "family-name"})
    phone = PhoneField(_l("Phone"))


class EraseForm(Form):
    sure = BooleanField(
        _l("Yes, erase my account for good"), [InputRequired(_l("Tick the box if you are sure."))]
    )
