"""What the team types about the way of somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from engage.accounts import queries as accounts
from engage.centre.queries import centre_today
from engage.core.forms import AreaField, Form, LineField, OnceForm, PublicForm, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.intake.models import Door
from engage.involvement.forms import DAYS, ContactFields, SeenFields, WishFields, reached_now, wishes_of
from engage.involvement.models import Person, Source, Stage
from engage.involvement.pathway import health
from engage.involvement.pathway.queries import Show, Wanted
from engage.involvement.pathway.words import SHOWS
from engage.involvement.words import DOORS, REACHED, STAGES

BY_HAND = (Door.PHONE, Door.RECEPTION, Door.PAPER, Door.WORKSHOP, Door.RELAY)
LONGEST_NOTE = 1000


def number_or_none(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None


def no_health(_form: Form, field: Field) -> None:
    """Validator: words about somebody's health stand in a note, with its reason, or nowhere."""
    found = health.about_somebody(field.data or "")
    if found:
        said = ", ".join(f"« {one.text} »" for one in found)
        raise ValidationError(_("These words speak of health, please take them away: %(words)s", words=said))


class FilterForm(Form):
    """Which people to list; read from the address."""

    show = SelectField(_l("Part of the list"), choices=options(SHOWS.items()))
    stage = SelectField(_l("Stage"), choices=options([("", _l("All")), *STAGES.items()]))
    door = SelectField(_l("Door"), choices=options([("", _l("All")), *DOORS.items()]))
    source = SelectField(_l("Brought by"), coerce=number_or_none, validate_choice=False)

    def __init__(self, formdata: MultiDict[str, str], sources: Sequence[Source]) -> None:
        super().__init__(formdata=formdata)
        self.ways = [(one.id, one.label) for one in sources]
        self.source.choices = options([("", _("All")), *self.ways])

    @property
    def stamp(self) -> tuple[object, ...]:
        """All that its fields show."""
        return self.show.data, self.stage.data, self.door.data, self.source.data, *self.ways

    @property
    def narrowed(self) -> bool:
        return any(self[name].data for name in ("stage", "door", "source"))

    def wanted(self, page: int) -> Wanted:
        """What was asked for; what makes no sense asks for nothing."""
        return Wanted(
            show=Show(self.show.data) if self.show.data in set(Show) else Show.ALL,
            stage=Stage(self.stage.data) if self.stage.data in set(Stage) else None,
            door=Door(self.door.data) if self.door.data in set(Door) else None,
            source_id=self.source.data,
            number=page,
        )


class SearchForm(Form):
    words = LineField(_l("A name"), [Written(_l("Type a name, or a part of it.")), Length(max=80)])


class MoveForm(SeenFields):
    stage = RadioField(
        _l("Where is this person now?"),
        [InputRequired(_l("Choose a stage."))],
        choices=options(STAGES.items()),
    )
    words = AreaField(_l("Why? (optional)"), [Optional(), no_health], max_length=LONGEST_NOTE)


class PlanForm(Form):
    words = LineField(_l("What do we do next?"), [Written(), no_health])
    due_on = DateField(_l("Before which day?"), [InputRequired(_l("Please give a date."))], format=DAYS)
    owner_id = SelectField(_l("Who takes care of it"), coerce=number_or_none)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(account.id, account.full_name) for account in accounts.staff()]
        self.owner_id.choices = options([("", _l("Nobody yet")), *people])

    def validate_due_on(self, field: Field) -> None:
        if field.data is not None and field.data < centre_today():
            raise ValidationError(_("This day is over. Choose another one."))


class ReplanForm(PlanForm, SeenFields):
    """What is planned, put another way."""


class NoteForm(OnceForm):
    """`remove`: the button that takes the marked words away."""

    words = AreaField(_l("About taking part"), [Written()], max_length=LONGEST_NOTE)
    reason = LineField(_l("Why must these words stay?"), [Optional()])
    remove = LineField(widget=HiddenInput())

    @property
    def marked(self) -> list[tuple[str, bool]]:
        """What was typed, with its health words marked; empty when there are none."""
        return health.marked(self.words.data or "")


class EnterForm(WishFields, ContactFields, PublicForm):
    """Somebody met by phone, at reception, on paper: noted with them, or as soon as they are gone."""

    door = RadioField(
        _l("How did we meet?"),
        [InputRequired(_l("Choose how you met."))],
        choices=options((door, DOORS[door]) for door in BY_HAND),
    )
    source = SelectField(_l("Who or what brought them?"), coerce=number_or_none)
    stage = SelectField(_l("Where is this person now?"), choices=options(STAGES.items()))

    def __init__(self, sources: Sequence[Source]) -> None:
        super().__init__(data={"stage": Stage.INTEREST.value})
        self.source.choices = options(
            [("", _l("No way in known")), *((one.id, one.label) for one in sources)]
        )
        self.reply.choices = options(REACHED.items())
        self.name.label.text = _("Name")
        self.name.description = _("As the person wants to be called.")

    def validate_name(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Write a name, so that the team knows whom it is about."))


class PersonForm(WishFields, ContactFields, SeenFields):
    """All that a person left, put right on their demand."""

    def __init__(self, person: Person) -> None:
        super().__init__(data=wishes_of(person) | reached_now(person) | {"version": person.version})
        self.reply.choices = options(REACHED.items())
        self.name.label.text = _("Name")
