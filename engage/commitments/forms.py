"""What the team types about a commitment."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from engage.commitments.models import Rung, State
from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import lazy_gettext as _l

RUNGS = [
    (Rung.INFORMATION.value, _l("Information: we tell people")),
    (Rung.CONSULTATION.value, _l("Consultation: we ask people first")),
    (Rung.COLLABORATION.value, _l("Co-construction: we do it with people")),
    (Rung.PARTNERSHIP.value, _l("Co-decision: we decide with people")),
]
STATES = [
    (State.PLANNED.value, _l("Planned")),
    (State.UNDER_WAY.value, _l("Under way")),
    (State.DONE.value, _l("Done")),
    (State.ABANDONED.value, _l("Abandoned")),
]


def a_number_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class CommitmentForm(Form):
    """The commitment itself; owners, themes and groups are given by the view."""

    title = LineField(_l("We commit to…"), [Written()])
    said = AreaField(_l("What people said"), [Optional()], max_length=500)
    summary = AreaField(_l("What we are going to do"), [Optional()], max_length=1000)
    theme_id = SelectField(_l("Theme"), coerce=a_number_or_none, validate_choice=True)
    owner_id = SelectField(_l("Who takes care of it"), coerce=a_number_or_none)
    group_id = SelectField(_l("Group whose commitment it is"), coerce=a_number_or_none)
    due_on = DateField(_l("By when"), [InputRequired(_l("Please give a date."))])
    rung = SelectField(_l("How people are involved"), choices=options(RUNGS), coerce=Rung)

    def offer(
        self, owners: list[tuple[int, str]], themes: list[tuple[int, str]], groups: list[tuple[int, str]]
    ) -> None:
        self.group_id.choices = options([("", _l("The centre alone")), *groups])
        self.owner_id.choices = options([("", _l("Nobody yet")), *owners])
        self.theme_id.choices = options([("", _l("No theme")), *themes])


class EditForm(CommitmentForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class MoveForm(Form):
    state = SelectField(_l("How far is it?"), choices=options(STATES), coerce=State)
    words = AreaField(_l("What we tell people"), [Optional()], max_length=1000)
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class StepForm(Form):
    text = LineField(_l("One thing to do"), [DataRequired(_l("Please write a few words here."))])
    due_on = DateField(_l("By when"), [Optional()])
