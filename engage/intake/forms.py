"""What is typed to follow a message, to speak in private, or to set up a tablet."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, StringField
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from engage.core.forms import AreaField, Form, LineField, PublicForm, Written
from engage.core.i18n import lazy_gettext as _l
from engage.intake.models import Reply


class ForWay:
    """Validator: the line of the chosen way must be filled; the others are not read."""

    def __init__(self, way: Reply, missing: Any) -> None:
        self.way, self.missing = way, missing

    def __call__(self, form: Any, field: Field) -> None:
        if form.reply.data != self.way:
            field.errors = []
            raise StopValidation
        if not field.data:
            raise StopValidation(str(self.missing))


class FollowForm(Form):
    """The code is a secret: it is posted, never given back, never part of an address."""

    code = StringField(
        _l("Your follow-up code"),
        [InputRequired(_l("Type the code that stands on your page or your slip."))],
        description=_l("9 signs in three groups. Capitals, spaces and dashes do not matter."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class PrivateForm(PublicForm):
    """A message to the referent that never becomes an idea."""

    text = AreaField(_l("Your message"), [Written()])
    contact = LineField(
        _l("How to reach you"),
        [Optional()],
        description=_l("A phone number or an e-mail address. Without it we cannot answer you."),
    )
    calm = BooleanField(_l("I have seen the emergency numbers"))


class KioskForm(Form):
    name = LineField(
        _l("Name of the tablet"), [Written(), Length(max=60)], description=_l("For example: waiting room.")
    )


class PhraseForm(Form):
    phrase = LineField(
        _l("Words to add"),
        [Written(), Length(max=80)],
        description=_l("Accents, capitals and endings do not matter."),
    )
