"""What the team types about dates: a day, hours, how they come back, which ones are left out."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField, TimeField
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from engage.centre.forms import WithHours
from engage.centre.wall_clock import ends_at
from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.events.models import Occurrence
from engage.events.planning.dating import series
from engage.events.planning.dating.making import Hours, closes_hours
from engage.events.planning.dating.moving import Scope
from engage.events.planning.dating.proposing import ZONES
from engage.events.planning.dating.series import Comes
from engage.events.planning.forms import needed_when

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
HOURS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"]
NEEDED = _l("This is needed.")
NO_END = _l("A series needs a last day. Please choose one, at most two years later.")
CLOSES = {
    0: _l("until it starts"),
    2: _l("until 2 hours before"),
    24: _l("until the day before, at the same hour"),
    48: _l("until 2 days before"),
    168: _l("until a week before"),
}
COMES = {
    Comes.ONCE: _l("On this day only, or on days I choose"),
    Comes.WEEKLY: _l("Every week, on the same weekday"),
    Comes.FORTNIGHTLY: _l("Every 2 weeks, on the same weekday"),
    Comes.MONTHLY_WEEKDAY: _l("Every month, on the same weekday (such as the second Tuesday)"),
    Comes.MONTHLY_DATE: _l("Every month, on the same date (such as the 14th)"),
}
SCOPES = {
    Scope.THIS: _l("This date only"),
    Scope.FOLLOWING: _l("This date and those after it"),
    Scope.ALL: _l("All dates to come"),
}


class DaysField(SelectMultipleField):
    """Days to tick; none is fine."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class HoursForm(WithHours, Form):
    """A day, hours, and until when people sign up."""

    day = DateField(_l("Day"), [InputRequired(NEEDED)], format=DAYS)
    starts = TimeField(_l("Starts at"), [InputRequired(NEEDED)], format=HOURS)
    ends = TimeField(_l("Ends at"), [InputRequired(NEEDED)], format=HOURS)
    closes = SelectField(_l("People sign up"), choices=options(CLOSES.items()), coerce=int)
    place = LineField(_l("Another place, on these dates only"), [Optional()])
    note = LineField(_l("A word about these dates"), [Optional()])

    @property
    def hours(self) -> Hours:
        """Once the form is valid."""
        return Hours(
            starts=self.starts.data or time(),
            minutes=self.minutes,
            closes_hours=self.closes.data,
            place=self.place.data or "",
            note=self.note.data or "",
        )


class DatesForm(HoursForm):
    """New dates: one, several, or those that come back."""

    comes = RadioField(
        _l("Does it come back?"),
        [InputRequired(_l("Choose one."))],
        choices=options(COMES.items()),
        coerce=Comes,
        default=Comes.ONCE,
    )
    more_days = AreaField(_l("Other days at the same hours, one a line"), [Optional()], max_length=400)
    last_day = DateField(
        _l("It comes back until"), [needed_when(lambda form: form.is_series, NO_END), Optional()], format=DAYS
    )
    school_zone = SelectField(
        _l("School holidays to think of"),
        choices=options(
            [("", _l("No zone")), *((zone, _l("Zone %(letter)s", letter=zone)) for zone in ZONES)]
        ),
    )

    @classmethod
    def blank(cls, starts: time, minutes: int) -> DatesForm:
        return cls(data={"starts": starts, "ends": ends_at(starts, minutes), "comes": Comes.ONCE})

    def validate_more_days(self, field: AreaField) -> None:
        for line in (field.data or "").splitlines():
            if line.strip() and _day_or_none(line) is None:
                raise ValidationError(_("“%(line)s” is no day. Write 14/06/2027.", line=line.strip()))

    def validate_last_day(self, field: DateField) -> None:
        """Every series has an end."""
        if not self.is_series or not self.day.data or not field.data:
            return
        if field.data < self.day.data:
            raise ValidationError(_("The last day comes before the first one. Please choose a later one."))
        if field.data - self.day.data > series.LONGEST:
            raise ValidationError(_("A series lasts two years at most. Please choose an earlier last day."))

    @property
    def is_series(self) -> bool:
        return self.comes.data not in (None, Comes.ONCE)

    @property
    def rule(self) -> str:
        """Once the form is valid, for a series."""
        return series.rule(self.comes.data, self.day.data or date.min, self.last_day.data or date.min)

    @property
    def days(self) -> list[date]:
        """The day and the others that were typed below it."""
        lines = (self.more_days.data or "").splitlines()
        found = [self.day.data, *(_day_or_none(line) for line in lines)]
        return [day for day in found if day]


def _day_or_none(line: str) -> date | None:
    """`14/06/2027`, `14.6.2027` or `2027-06-14`."""
    text = line.strip()
    if found := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text):
        text = "{2}-{1:0>2}-{0:0>2}".format(*found.groups())
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class ExceptionsForm(DatesForm):
    """The same, and which days of the series are left out: the second look before it is made."""

    without = DaysField(_l("Without these days"), [Optional()])
    looked = LineField(widget=HiddenInput())

    @property
    def exceptions(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.without.data or ()]


class MoveForm(HoursForm):
    """A date that changes; `sequence` is how often it had changed when it was seen."""

    scope = RadioField(_l("Which dates?"), choices=options(SCOPES.items()), coerce=Scope, default=Scope.THIS)
    sequence = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @classmethod
    def of(cls, occurrence: Occurrence) -> MoveForm:
        usual = closes_hours(occurrence)
        held: dict[str, Any] = {
            "day": occurrence.day,
            "starts": occurrence.starts,
            "ends": ends_at(occurrence.starts, occurrence.minutes),
            "closes": usual,
            "place": occurrence.place,
            "note": occurrence.note,
            "scope": Scope.THIS,
            "sequence": occurrence.sequence,
        }
        form = cls(data=held)
        if usual not in CLOSES:
            form.closes.choices = options([(usual, _l("as now")), *CLOSES.items()])
        return form


class CancelForm(Form):
    """Why a date does not take place, and which ones."""

    why = LineField(_l("Why, in a sentence that people read"), [Written()])
    scope = RadioField(_l("Which dates?"), choices=options(SCOPES.items()), coerce=Scope, default=Scope.THIS)
