"""What a person types about second factors and passwords."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from engage.accounts.forms import RowField, digits_only
from engage.accounts.passwords import LONGEST, SHORTEST
from engage.core.forms import Form, LineField
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l

LONGEST_ANSWER = 20_000


class KeyForm(Form):
    """What a passkey answered, filled in by the browser."""

    credential = HiddenField(validators=[Length(max=LONGEST_ANSWER)])


class ProofForm(KeyForm):
    """The code of an app or a recovery code; or the answer of a passkey."""

    code = StringField(
        _l("Your code"),
        [Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "autofocus": True},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.code.data or self.credential.data:
            return True
        self.code.errors = [_("Please write a code.")]
        return False


class AppForm(Form):
    """The first code that an authenticator app shows."""

    code = StringField(
        _l("The 6 digits that the app shows"),
        [InputRequired(_l("Please write the 6 digits that the app shows."))],
        filters=[digits_only],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class NewKeyForm(KeyForm):
    name = LineField(
        _l("A name for this device, for instance: my phone"),
        [DataRequired(_l("Please give this device a name.")), Length(max=60)],
    )


class DropKeyForm(Form):
    key_id = RowField()


class PasswordForm(Form):
    password = PasswordField(
        _l("Your new password"),
        [Length(min=SHORTEST, max=LONGEST, message=_l("Please choose %(min)d to %(max)d signs."))],
        render_kw={"autocomplete": "new-password"},
    )
