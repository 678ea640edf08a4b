"""What the person invited types."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from engage.core.forms import Form, LineField, MailField
from engage.core.i18n import lazy_gettext as _l


class EnterForm(Form):
    code = StringField(
        _l("Your invitation code"),
        [InputRequired(_l("Please write the code that stands on your invitation.")), Length(max=60)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters"},
    )


class JoinForm(Form):
    first_name = LineField(
        _l("Your first name"),
        [DataRequired(_l("Please write your first name.")), Length(max=60)],
        render_kw={"autocomplete": "given-name"},
    )
    last_name = LineField(_l("Your last name"), [Length(max=80)], render_kw={"autocomplete": "family-name"})


class JoinBySlipForm(JoinForm):
    """A slip says nothing of an address: its holder gives one, and proves it by a code."""

    email = MailField(_l("Your e-mail address"), [InputRequired(_l("Please write your e-mail address."))])
