"""What the team types of a person or a service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from engage.centre.queries import centre_today
from engage.core.forms import AreaField, Form, LineField, MailField, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.pages.directory import contact
from engage.pages.directory.contact import LINE, TEXT
from engage.pages.directory.models import Entry, EntryKind
from engage.pages.directory.words import KINDS

STEP_FREE = [("", _l("We do not know")), ("yes", _l("Yes")), ("no", _l("No"))]


def read_by(read: Callable[[str], Any], wrong: Any) -> Callable[[Any, Any], None]:
    """Validator: what `read` makes of the words; the field then holds that."""

    def validate(_form: Any, field: Any) -> None:
        try:
            field.data = read(field.data or "")
        except ValueError:
            raise ValidationError(wrong) from None

    return validate


NO_PHONE = _l("This is no French number. Examples: 04 00 00 00 00, or 3114")
NO_SITE = _l("This is no address of a site. Example: https://exemple.fr")
NO_DISTANCE = _l("Write a number of kilometres. Example: 2,5")


def over(_form: Any, field: Any) -> None:
    """Validator: today or before; what is said to be checked in years would never grow old."""
    if field.data and field.data > centre_today():
        raise ValidationError(_l("This day is to come. Write the day on which somebody checked."))


class EntryForm(Form):
    kind = SelectField(_l("What it is"), choices=options(KINDS.items()), coerce=EntryKind)
    name = LineField(_l("Name"), [Written(), Length(max=LINE)])
    does = AreaField(_l("What they do for people"), [Written()], max_length=TEXT)
    for_whom = LineField(_l("For whom"), [Optional(), Length(max=LINE)])
    needs = AreaField(_l("Everyday words for it"), [Optional()], max_length=TEXT)
    phone = LineField(_l("Phone"), [read_by(contact.phone, NO_PHONE)])
    phone_hours = LineField(_l("When they answer the phone"), [Optional(), Length(max=LINE)])
    email = MailField(_l("E-mail"))
    website = LineField(_l("Site"), [read_by(contact.website, NO_SITE)])
    address = LineField(_l("Address"), [Optional(), Length(max=LINE)])
    opening = LineField(_l("When it is open"), [Optional(), Length(max=LINE)])
    distance_km = LineField(_l("How far from here (km)"), [read_by(contact.distance, NO_DISTANCE)])
    access = LineField(_l("How to get there and in"), [Optional(), Length(max=LINE)])
    is_step_free = SelectField(_l("Without a step"), choices=options(STEP_FREE))
    checked_on = DateField(_l("Checked on"), [Optional(), over])
    checked_by = LineField(_l("Checked by"), [Optional(), Length(max=LINE)])

    @property
    def values(self) -> dict[str, Any]:
        known = {"yes": True, "no": False}
        return super().values | {"is_step_free": known.get(self.is_step_free.data or "")}


class EditForm(EntryForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


def typed(entry: Entry) -> dict[str, Any]:
    """What stands in the form before anything is changed."""
    held = {name: getattr(entry, name) for name in EditForm(formdata=None)._fields}
    far = "" if entry.distance_km is None else f"{entry.distance_km:g}".replace(".", ",")
    known = {None: "", True: "yes", False: "no"}
    return held | {"distance_km": far, "is_step_free": known[entry.is_step_free]}


class CheckForm(Form):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
