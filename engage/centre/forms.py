"""The settings of the centre, a short form a subject; hours by its clock, for forms of others."""

from __future__ import annotations

import re
from datetime import time
from typing import Any
from zoneinfo import available_timezones

from wtforms import DateField, IntegerField, SelectField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from engage.centre.models import Conformity
from engage.centre.queries import zone
from engage.centre.wall_clock import jumped_over
from engage.core.clock import moment_at
from engage.core.forms import AreaField, Form, LineField, MailField, PhoneField, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.uploads.forms import PhotoField

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
WHITE_CONTRAST = 7.0


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, success criterion 1.4.6)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(_form: Form, field: Any) -> None:
    """Validator: a colour that white text can be read on."""
    if not field.data:
        return
    if not COLOUR.fullmatch(field.data):
        raise ValidationError(_l("Please write a colour like #0b4f57."))
    if contrast(field.data, "#ffffff") < WHITE_CONTRAST:
        raise ValidationError(
            _l("White text cannot be read well on this colour. Please choose a darker one.")
        )


def known_zone(_form: Form, field: Any) -> None:
    if field.data not in available_timezones():
        raise ValidationError(_l("This time zone is unknown. Example: Europe/Paris"))


class IdentityForm(Form):
    name = LineField(_l("Name of the centre"), [Written()])
    tagline = LineField(_l("A few words under the name"), [Optional()])
    address = AreaField(_l("Address"), [Optional()], max_length=400)
    how_to_come = AreaField(_l("How to come: bus, parking, step-free way"), [Optional()], max_length=1000)
    phone = PhoneField(_l("Phone"))
    email = MailField(_l("E-mail"))
    hours = AreaField(_l("Opening hours"), [Optional()], max_length=600)
    reading_hours = AreaField(_l("When the idea box is read"), [Optional()], max_length=300)
    zone = LineField(_l("Time zone"), [known_zone])


class LookForm(Form):
    logo = PhotoField(_l("Logo"))
    colour = LineField(_l("Main colour"), [readable])
    deed_colour = LineField(_l("Colour of the main button"), [readable])


class PromiseForm(Form):
    answer_days = IntegerField(
        _l("Days to answer an idea"), [InputRequired(_l("Please give a number.")), NumberRange(1, 60)]
    )
    erase_after_months = IntegerField(
        _l("Months before contact details of closed ideas and past events are erased"),
        [InputRequired(_l("Please give a number.")), NumberRange(1, 24)],
    )


class LegalForm(Form):
    publisher = AreaField(_l("Who publishes this site"), [Optional()], max_length=600)
    director = LineField(_l("Director of the publication"), [Optional()])
    host = AreaField(_l("Who hosts the site: name, address, phone"), [Optional()], max_length=600)
    data_contact = AreaField(_l("Who answers about personal data"), [Optional()], max_length=400)


CONFORMITIES = [
    (Conformity.NONE.value, _l("Not compliant, or no audit yet")),
    (Conformity.PARTIAL.value, _l("Partly compliant: an audit found at least half of the criteria met")),
    (Conformity.FULL.value, _l("Fully compliant: an audit found every criterion met")),
]


class AuditForm(Form):
    conformity = SelectField(_l("What the audit found"), choices=options(CONFORMITIES), coerce=Conformity)
    audited_on = DateField(_l("Day of the audit"), [Optional()])
    audit_by = LineField(_l("Who made the audit"), [Optional()])
    known_gaps = AreaField(_l("What is not accessible yet"), [Optional()], max_length=2000)

    def validate_conformity(self, field: SelectField) -> None:
        claimed = field.data is not Conformity.NONE
        if claimed and not (self.audited_on.data and self.audit_by.data):
            raise ValidationError(_l("Please give the day of the audit and who made it."))


class ReferentForm(Form):
    first_name = LineField(_l("First name"), [Written()])
    title = LineField(_l("Role, as people read it"), [Written()])
    account_id = SelectField(_l("Account"), coerce=lambda value: int(value) if value else None)
    phone = PhoneField(_l("Phone"))
    hours = LineField(_l("Hours to call or come"), [Optional()])
    note = AreaField(_l("A word of welcome"), [Optional()], max_length=300)
    photo = PhotoField(_l("Photo"))
    position = IntegerField(_l("Place in the list (0 comes first)"), [NumberRange(0, 99)], default=0)
    away_from = DateField(_l("Away from"), [Optional()])
    away_until = DateField(_l("Away until"), [Optional()])
    cover_id = SelectField(
        _l("Who takes the messages meanwhile"), coerce=lambda value: int(value) if value else None
    )

    def offer(self, people: list[tuple[int, str]]) -> None:
        self.account_id.choices = self.cover_id.choices = options([("", _l("Nobody")), *people])

    def validate_away_until(self, field: DateField) -> None:
        if field.data and self.away_from.data and field.data < self.away_from.data:
            raise ValidationError(_l("The end comes before the beginning."))


class ClosingForm(Form):
    first = DateField(_l("First day closed"), [InputRequired(_l("Please give a date."))])
    last = DateField(_l("Last day closed"), [InputRequired(_l("Please give a date."))])
    reason = LineField(_l("Why"), [Optional()])

    def validate_last(self, field: DateField) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_l("The end comes before the beginning."))


class StaffNameForm(Form):
    name = LineField(_l("Name of a person who works here"), [Written()])


class ContactForm(Form):
    name = LineField(_l("Name"), [Written()])
    phone = PhoneField(_l("Phone"))
    email = MailField(_l("E-mail"))
    address = AreaField(_l("Address"), [Optional()], max_length=400)
    hours = LineField(_l("Hours"), [Optional()])


class WithHours:
    """A form whose `day`, `starts` and `ends` are hours that the clock shows, in their order."""

    day: DateField
    starts: TimeField
    ends: TimeField

    def validate_starts(self, field: TimeField) -> None:
        day, starts = self.day.data, field.data
        if day and starts is not None and moment_at(day, starts, zone()) is None:
            raise ValidationError(jumped_over(day))

    def validate_ends(self, field: TimeField) -> None:
        if self.starts.data is not None and field.data is not None and field.data <= self.starts.data:
            raise ValidationError(_("It must end after it starts, on the same day."))

    @property
    def minutes(self) -> int:
        """How long it lasts, once the form is valid."""
        starts, ends = self.starts.data or time(), self.ends.data or time()
        return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
