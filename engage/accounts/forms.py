"""What a person types to sign in, and what the team types about people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, IntegerField, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from engage.accounts.models import Role
from engage.accounts.passwords import LONGEST
from engage.core.forms import Form, LineField, MailField, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l

ROLES = {
    Role.MEMBER: _l("Participant"),
    Role.PARTNER: _l("Partner patient"),
    Role.RELAY: _l("Relay"),
    Role.STAFF: _l("Team"),
    Role.COORDINATOR: _l("Coordination"),
    Role.ADMIN: _l("Administration"),
}
WAYS = [("mail", _l("A link by e-mail")), ("slip", _l("A printed slip"))]


LARGEST_ID = 2**31 - 1


class RowField(IntegerField):
    """Which row a button speaks of: hidden, and never more than a column can hold."""

    widget = HiddenInput()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[InputRequired(), NumberRange(1, LARGEST_ID)], **kwargs)


def digits_only(typed: str | None) -> str:
    """A code as it was sent, whatever spaces, points or dashes came along when it was copied."""
    return "".join(str(int(sign)) for sign in typed or "" if sign.isdecimal())


class SignInForm(Form):
    """An address, and a password only for those who have one."""

    email = MailField(_l("Your e-mail address"), [InputRequired(_l("Please write your e-mail address."))])
    password = PasswordField(
        _l("Your password"), [Optional(), Length(max=LONGEST)], render_kw={"autocomplete": "current-password"}
    )


class CodeForm(Form):
    """The code that came by mail."""

    code = StringField(
        _l("The 6 digits of your code"),
        [InputRequired(_l("Please write the 6 digits that came by e-mail."))],
        filters=[digits_only],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True},
    )


class InviteForm(Form):
    """Somebody to invite; the view says which roles may be given."""

    first_name = LineField(_l("Their first name"), [Length(max=60)])
    role = SelectField(_l("Their role"), coerce=Role)
    way = RadioField(_l("How do they receive it?"), choices=options(WAYS), default="mail")
    email = MailField(_l("Their e-mail address"))

    def offer(self, roles: Iterable[Role]) -> None:
        self.role.choices = options((role.value, ROLES[role]) for role in roles)

    @property
    def address(self) -> str | None:
        return self.email.data if self.way.data == "mail" else None

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.way.data == "mail" and not self.email.data:
            self.email.errors = [_("Please write an e-mail address, or choose the printed slip.")]
            return False
        return True


class SlipForm(Form):
    code = StringField(validators=[InputRequired(), Length(max=60)])


class WithdrawForm(Form):
    invitation_id = RowField()


class RoleForm(Form):
    role = SelectField(
        _l("Their role"), choices=options((role.value, label) for role, label in ROLES.items()), coerce=Role
    )


class EndForm(Form):
    sure = BooleanField(_l("Yes, I end this account"), [InputRequired(_l("Please tick the box to confirm."))])
