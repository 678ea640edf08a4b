"""How somebody wants to be reminded."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField
from wtforms.validators import InputRequired, Optional

from engage.core.forms import Form, options
from engage.core.i18n import lazy_gettext as _l
from engage.events.kinds import Reminded

WAYS = {
    Reminded.MAIL: _l("By e-mail"),
    Reminded.SMS: _l("By SMS"),
    Reminded.CALL: _l("By phone: the team calls you"),
    Reminded.NOT: _l("No reminder"),
}
BY_PHONE = (Reminded.SMS, Reminded.CALL, Reminded.NOT)


def _chosen(given: Any) -> Reminded | None:
    return Reminded(given) if given in BY_PHONE else None


class PhoneReminderField(RadioField):
    """Asked of who is reached by phone; who says nothing is called."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            _l("Shall we remind you the day before?"),
            [Optional()],
            choices=options((way, WAYS[way]) for way in BY_PHONE),
            default=Reminded.CALL,
            coerce=_chosen,
            validate_choice=False,
            **kwargs,
        )


class WishForm(Form):
    """Another way for a date one has signed up for."""

    way = RadioField(_l("How shall we remind you?"), [InputRequired(_l("Choose one."))], coerce=Reminded)

    def __init__(self, ways: list[Reminded], chosen: Reminded | None) -> None:
        super().__init__(data={"way": chosen})
        self.way.choices = options((way, WAYS[way]) for way in ways)
