"""What a person writes in their file, and what coordination notes of the agreement."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.forms import AreaField, Form, LineField, OnceForm, PublicForm, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.partnering import queries
from engage.groups.partnering.models import Agreement
from engage.groups.partnering.words import AGREEMENTS

TITLE_LENGTH = 120
MOST_HOURS = 999
MOST_EUROS = 10_000
DAY = _l("Say which day.")
AMOUNT = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?")


class MoneyField(StringField):
    """An amount as people write it: `12,50`; `cents` once it was found right."""

    cents: int | None = None

    def pre_validate(self, _form: Any) -> None:
        typed = re.sub(r"[\s\u00a0\u202f€]", "", self.data or "")
        if not typed:
            return
        found = AMOUNT.fullmatch(typed)
        self.cents = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None
        if self.cents is None or not 0 < self.cents <= MOST_EUROS * 100:
            raise ValidationError(_("Write an amount in euros, such as 12,50."))


def past_day(_form: object, field: Any) -> None:
    """A day that has come, in this century."""
    if field.data is None:
        return
    if field.data > centre_today():
        raise ValidationError(_("This day is still to come."))
    if field.data < date(queries.FIRST_YEAR, 1, 1):
        raise ValidationError(_("Look at the year again, please."))


class TimeFields(Form):
    """How long it took."""

    hours = IntegerField(
        _l("How many hours?"), [InputRequired(_l("Say how many hours it took, 0 if less than one.")),
                      NumberRange(0, MOST_HOURS, _l("From 0 to 999 hours."))]
    )  # fmt: skip
    rest = IntegerField(
        _l("And how many minutes?"), [Optional(), NumberRange(0, 59, _l("From 0 to 59 minutes."))], default=0
    )

    @property
    def minutes(self) -> int:
        return (self.hours.data or 0) * 60 + (self.rest.data or 0)

    def validate_rest(self, _field: IntegerField) -> None:
        if self.hours.data == 0 and not self.minutes:
            raise ValidationError(_("Say how long it took."))


class SkillsForm(Form):
    skills = AreaField(
        _l("What you can do, and like to do"),
        [Optional()],
        description=_l("For example: speak in public, read texts again, draw, another language, a trade."),
    )


class TrainingForm(TimeFields, OnceForm):
    title = LineField(_l("What was it about?"), [Written(), Length(max=TITLE_LENGTH)])
    given_by = LineField(_l("Who gave it?"), [Optional(), Length(max=TITLE_LENGTH)])
    day = DateField(_l("On which day?"), [InputRequired(DAY), past_day])

    @property
    def values(self) -> dict[str, Any]:
        said = {"title": self.title.data, "given_by": self.given_by.data or "", "day": self.day.data}
        return {**said, "minutes": self.minutes}


class MissionForm(TimeFields, PublicForm):
    title = LineField(
        _l("What did you do?"),
        [Written(_l("Say in a few words what you did.")), Length(max=TITLE_LENGTH)],
        description=_l("For example: read the welcome booklet again, speak to students."),
    )
    first_day = DateField(_l("First day"), [InputRequired(DAY), past_day])
    last_day = DateField(
        _l("Last day"), [Optional(), past_day], description=_l("Leave it empty for a single day.")
    )
    group = SelectField(_l("For which group?"), [Optional()])

    def offer(self, account: Account) -> None:
        mine = [(group.id, group.name) for group in queries.my_groups(account)]
        self.group.choices = options([("", _("No group")), *mine])

    def validate_last_day(self, field: DateField) -> None:
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("It ends before it begins. Look at the two days again."))

    @property
    def done(self) -> dict[str, Any]:
        """What `actions.change_mission` takes."""
        return {
            "title": self.title.data,
            "first_day": self.first_day.data,
            "last_day": self.last_day.data or self.first_day.data,
            "minutes": self.minutes,
            "group_id": int(self.group.data) if self.group.data else None,
        }


class ConfirmForm(Form):
    saw = StringField(validators=[InputRequired(), Length(max=40)], widget=HiddenInput())


class AgreementForm(Form):
    version = IntegerField(validators=[InputRequired(), NumberRange(1, 2**31 - 1)], widget=HiddenInput())
    agreement = RadioField(
        _l("How do you work together?"),
        [InputRequired(_l("Choose how you work together."))],
        choices=options((kind.value, AGREEMENTS[kind]) for kind in Agreement),
        coerce=Agreement,
    )
    association = LineField(_l("Which association?"), [Length(max=TITLE_LENGTH)])
    agreed_on = DateField(_l("Agreed on"), [Optional(), past_day])
    ceiling = MoneyField(
        _l("Ceiling for a year, in euros"),
        [Optional()],
        description=_l("Above it, you and the person are told. Empty: no ceiling."),
    )

    def validate_association(self, field: LineField) -> None:
        if self.agreement.data == Agreement.ASSOCIATION and not field.data:
            raise ValidationError(_("Say which association."))

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "association": self.association.data or "", "ceiling": self.ceiling.cents}
