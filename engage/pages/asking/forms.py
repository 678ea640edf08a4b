"""What a reader may say of a page."""

from __future__ import annotations

from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired

from engage.core.forms import AreaField, Form, LineField, PublicForm, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.pages.asking.models import Understood
from engage.pages.models import Body

BIGGEST = 2**31 - 1


class UnderstoodForm(Form):
    """A press on one of the three buttons of a part."""

    version = IntegerField(validators=[InputRequired()])
    body = RadioField(choices=options((one, one) for one in Body), coerce=Body)
    section = LineField()
    answer = RadioField(choices=options((one, one) for one in Understood), coerce=Understood)

    def validate_version(self, field: IntegerField) -> None:
        field.data = min(max(field.data or 0, 0), BIGGEST)


class MissingForm(PublicForm):
    words = AreaField(_l("What is missing?"), [Written()])


class HandleForm(Form):
    number = IntegerField(validators=[InputRequired()])
