"""What the team types about a call."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, Field, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from engage.centre.queries import centre_today
from engage.core.forms import AreaField, Form, LineField, OnceForm, options
from engage.core.forms import Written as Filled
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.words import TOKEN, stem
from engage.groups.calling.models import MOST_QUESTIONS, Call
from engage.groups.calling.ready import ready
from engage.groups.calling.words import SHEET, SIDES
from engage.groups.models import Side
from engage.intake import queries as intake_queries
from engage.intake.screening import Kind

QUESTIONS = tuple(f"question_{place}" for place in range(1, MOST_QUESTIONS + 1))
PART_LENGTH = 600


def not_past(_form: object, field: Field) -> None:
    if field.data and field.data < centre_today():
        raise ValidationError(_("The closing day is past. Choose today or a later day."))


def not_about_health(_form: object, field: Field) -> None:
    """What one applies with is the wish to take part, never an illness."""
    text = field.data or ""
    found = [text[one.start : one.end] for one in intake_queries.findings(text) if one.kind is Kind.HEALTH]
    found += [word for word in TOKEN.findall(text) if stem(word) in ready().about_health]
    if found:
        said = _("“%(word)s” speaks of health. Ask about the wish to take part.", word=found[0])
        raise ValidationError(said)


def _number_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class CallForm(Form):
    """The role sheet; groups are given by the view."""

    title = LineField(_l("Title of the call"), [Filled(_l("Give the call a title."))])
    group_id = SelectField(_l("For which group?"), coerce=_number_or_none)
    side = SelectField(_l("Whom do you look for?"), choices=options(SIDES.items()), coerce=Side)
    what = AreaField(SHEET["what"], max_length=PART_LENGTH)
    time = AreaField(SHEET["time"], max_length=PART_LENGTH)
    duration = AreaField(SHEET["duration"], max_length=PART_LENGTH)
    training = AreaField(SHEET["training"], max_length=PART_LENGTH)
    costs = AreaField(SHEET["costs"], max_length=PART_LENGTH)
    companion = AreaField(SHEET["companion"], max_length=PART_LENGTH)
    who_decides = AreaField(SHEET["who_decides"], max_length=PART_LENGTH)
    places = IntegerField(
        _l("How many people do you look for?"),
        [Optional(), NumberRange(1, 100, _l("Between 1 and 100, or leave it empty."))],
    )
    closes_on = DateField(_l("Last day to apply"), [Optional(), not_past])
    question_1 = LineField(_l("First question"), [Optional(), not_about_health])
    question_2 = LineField(_l("Second question"), [Optional(), not_about_health])
    question_3 = LineField(_l("Third question"), [Optional(), not_about_health])

    def offer(self, groups: list[tuple[int, str]]) -> None:
        self.group_id.choices = options([("", _("No group: something else")), *groups])

    @property
    def written(self) -> dict[str, Any]:
        """What `calling.actions.create` takes."""
        values = self.values
        return {**values, "questions": [values.pop(name) or "" for name in QUESTIONS]}


class CreateForm(CallForm, OnceForm):
    @classmethod
    def blank(cls, *, group_id: int | None) -> CreateForm:
        """With the ready words of the house."""
        return cls(data={**ready().call, "group_id": group_id})


class EditForm(CallForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @classmethod
    def of(cls, call: Call, questions: list[str]) -> EditForm:
        return cls(obj=call, data=dict(zip(QUESTIONS, questions, strict=False)))


class CloseForm(Form):
    """One press."""
