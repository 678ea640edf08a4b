"""What somebody says about how they would like to take part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, Field, IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from engage.centre.queries import centre_today
from engage.core.forms import AreaField, Form, LineField, MailField, PhoneField, PublicForm, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.intake.forms import ForWay
from engage.intake.models import Reply
from engage.involvement.cards import ACTS
from engage.involvement.models import Person
from engage.involvement.words import HOW_LONG, REPLIES, WHENS
from engage.themes import queries as themes

NAME_LENGTH = 80
LONGEST_PAUSE_YEARS = 2
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]  # as a browser sends it, as people type it
WHERE = {Reply.MAIL: "email", Reply.PHONE: "phone", Reply.LETTER: "address"}


class Boxes(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ContactFields(Form):
    """Who it is, and which way to reach them."""

    name = LineField(
        _l("Your first name, or your name"),
        [Length(max=NAME_LENGTH)],
        description=_l("So that we know how to call you. You may leave it empty."),
        render_kw={"autocomplete": "name"},
    )
    reply = RadioField(
        _l("How may we reach you?"),
        [InputRequired(_l("Choose how we reach you."))],
        choices=options(REPLIES.items()),
    )
    email = MailField(_l("Your e-mail address"), [ForWay(Reply.MAIL, _l("Write your e-mail address."))])
    phone = PhoneField(_l("Your phone number"), [ForWay(Reply.PHONE, _l("Write your phone number."))])
    address = AreaField(
        _l("Your postal address"),
        [ForWay(Reply.LETTER, _l("Write the address for the letter."))],
        max_length=300,
        render_kw={"autocomplete": "street-address"},
    )

    @property
    def reached(self) -> dict[str, Any]:
        """Their name and the way to them, as `meet` and `correct` take it."""
        reply = Reply(self.reply.data)
        line = WHERE.get(reply)
        return {"name": self.name.data or "", "reply": reply, "contact": self[line].data if line else None}


class WishFields(Form):
    """What interests them, when, and for how long."""

    acts = Boxes(_l("What would you like to do?"), choices=options(ACTS.items()))
    themes = Boxes(_l("Which subjects?"), [Optional()], coerce=int)
    whens = Boxes(_l("When?"), [Optional()], choices=options(WHENS.items()))
    how_long = RadioField(_l("For how long?"), [Optional()], choices=options(HOW_LONG.items()), default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes.choices = options((theme.id, themes.name(theme)) for theme in themes.shown())

    @property
    def wishes(self) -> dict[str, Any]:
        """What was ticked; an unticked radio is an empty text."""
        lists = {name: self[name].data or [] for name in ("acts", "themes", "whens")}
        return {**lists, "how_long": self.how_long.data or ""}


class InterestForm(WishFields, ContactFields, PublicForm):
    """All in one screen; who is known already is not asked who they are."""

    def __init__(
        self, known: Person | None = None, *, is_known: bool = False, acts: Sequence[str] = ()
    ) -> None:
        held = wishes_of(known) if known else {}
        super().__init__(data=held | {"acts": [*held.get("acts", ()), *acts]})
        if is_known or known:
            for name in ("name", "reply", "email", "phone", "address"):
                del self[name]

    @property
    def asks(self) -> bool:
        """Whether it asks who they are."""
        return "reply" in self

    def validate_acts(self, _field: Field) -> None:
        if not any(self.wishes.values()):
            raise ValidationError(_("Tick at least one thing, or choose “Not now”."))


def wishes_of(person: Person) -> dict[str, Any]:
    """What a form shows of what they wish."""
    return {name: getattr(person, name) for name in ("acts", "themes", "whens", "how_long")}


def reached_now(person: Person) -> dict[str, Any]:
    """What a form shows of the way to this person."""
    line = WHERE.get(person.reply)
    return {"name": person.name, "reply": person.reply.value, **({line: person.contact} if line else {})}


class NotNowForm(PublicForm):
    """To say "not now", which asks for nothing."""


class SeenFields(Form):
    """Which version of somebody was on the screen."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class CorrectForm(WishFields, ContactFields, SeenFields):
    """All that a person left, to put it right."""

    @classmethod
    def of(cls, person: Person) -> CorrectForm:
        """With what is known now."""
        return cls(data=wishes_of(person) | reached_now(person) | {"version": person.version})


def _not_over(_form: Form, field: Field) -> None:
    if field.data is None:
        return
    today: date = centre_today()
    if field.data <= today:
        raise ValidationError(_("Choose a day to come."))
    if field.data.year > today.year + LONGEST_PAUSE_YEARS:
        raise ValidationError(_("Choose a day within two years, or choose “Not now”."))


class PauseForm(Form):
    until = DateField(
        _l("Until which day?"),
        [InputRequired(_l("Choose the day until which you want to hear nothing.")), _not_over],
        format=DAYS,
        description=_l("Until then you receive nothing from us. You can come back earlier."),
    )


class EraseForm(Form):
    sure = BooleanField(
        _l("Yes, erase everything about me here."),
        [InputRequired(_l("Tick the box if you are sure."))],
    )
