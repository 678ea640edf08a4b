"""Which question to cross by which."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired, ValidationError

from engage.core.forms import Form, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.surveys.results.crossing import can_be_crossed, can_be_segment
from engage.surveys.results.showing import Results


class CrossForm(Form):
    """One question by the answers to one other, never by two."""

    question = SelectField(_l("Question to look at"), [InputRequired(_l("Choose a question."))])
    segment = SelectField(_l("By the answers to"), [InputRequired(_l("Choose a question."))])

    def __init__(self, results: Results, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [item for item in results.items if item.is_said]
        self.question.choices = options(
            (item.key, item.label) for item in said if can_be_crossed(item.question)
        )
        self.segment.choices = options(
            (item.key, item.label) for item in said if can_be_segment(item.question)
        )

    def validate_segment(self, field: SelectField) -> None:
        if field.data == self.question.data:
            raise ValidationError(_("Choose two different questions."))

    @property
    def values(self) -> dict[str, Any]:
        return {"question": self.question.data, "segment": self.segment.data}
