"""Where to tell somebody that the results are here."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import Email, InputRequired, Length

from engage.core.forms import Form, LineField, phone_digits
from engage.core.i18n import lazy_gettext as _l

MOST = 254


def _reachable(form: Any, field: StringField) -> None:
    """An address when there is an @, else a phone number."""
    if form.is_mail:
        Email(message=_l("This address looks incomplete. Example: nom@exemple.fr"))(form, field)
    else:
        phone_digits(field)


class NoticeForm(Form):
    """One line for both: people give what they have."""

    contact = LineField(
        _l("Your e-mail address or your phone number"),
        [InputRequired(_l("Write an e-mail address or a phone number.")), Length(max=MOST), _reachable],
        description=_l("We keep it apart from your answers, for this alone. Then we erase it."),
    )

    @property
    def is_mail(self) -> bool:
        return "@" in (self.contact.data or "")
