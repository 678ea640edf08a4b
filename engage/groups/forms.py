"""What the team types about a group."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from engage.core.forms import AreaField, Form, LineField, OnceForm, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.groups.models import Entry, Side
from engage.groups.words import ENTRIES, SIDES

MOST_PLACES = 100
WORDS = ("name", "aim", "mandate", "rhythm", "place")
FACTS = (*WORDS, "entry", "starts_on", "ends_on", "is_public", "referent_id")


def a_number_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


def places_field(side: Side) -> IntegerField:
    few = _l("From 0 to %(most)d places.", most=MOST_PLACES)
    bounded = [InputRequired(few), NumberRange(0, MOST_PLACES, few)]
    return IntegerField(SIDES[side], bounded, default=0, render_kw={"inputmode": "numeric"})


class Places(Form):
    """A number for each side."""

    patient = places_field(Side.PATIENT)
    carer = places_field(Side.CARER)
    team = places_field(Side.TEAM)
    elected = places_field(Side.ELECTED)
    association = places_field(Side.ASSOCIATION)

    @property
    def places(self) -> dict[Side, int]:
        return {side: self[side.value].data for side in Side}

    @property
    def sides(self) -> list[Any]:
        """The five fields, for the page."""
        return [self[side.value] for side in Side]


class GroupForm(Form):
    """The facts of a group; who may be its referent is given by the view."""

    name = LineField(_l("Name of the group"), [Written()])
    aim = LineField(_l("Its aim, in one sentence"), [Written()])
    mandate = AreaField(_l("Mandate letter"), [Optional()], max_length=4000)
    rhythm = LineField(_l("How often, how long"), [Optional()])
    place = LineField(_l("Where"), [Optional()])
    entry = SelectField(_l("How people come in"), choices=options(ENTRIES.items()), coerce=Entry)
    starts_on = DateField(_l("It begins on"), [InputRequired(_l("Please give a date."))])
    ends_on = DateField(_l("It ends on"), [Optional()])
    is_public = BooleanField(_l("Everybody may see its page"))
    referent_id = SelectField(_l("Who in the team goes with it"), coerce=a_number_or_none)

    def offer(self, team: list[tuple[int, str]]) -> None:
        self.referent_id.choices = options([("", _l("Nobody yet")), *team])

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("A group cannot end before it begins. Choose a later day."))

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self[name].data for name in FACTS}


class CreateForm(GroupForm, Places, OnceForm):
    """The facts and the places at once."""


class EditForm(GroupForm):
    budget_line = LineField(_l("Budget line the group decides about"), [Optional()])
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @property
    def facts(self) -> dict[str, Any]:
        return {**super().facts, "budget_line": self.budget_line.data}
