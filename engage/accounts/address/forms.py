"""The new address."""

from __future__ import annotations

from wtforms.validators import InputRequired

from engage.core.forms import Form, MailField
from engage.core.i18n import lazy_gettext as _l


class AddressForm(Form):
    email = MailField(_l("Your new e-mail address"), [InputRequired(_l("Please write your e-mail address."))])
