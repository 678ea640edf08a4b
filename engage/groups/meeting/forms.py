"""What is typed about a meeting: when, where, how one gets there."""

from __future__ import annotations

import re
from typing import Any

from wtforms import DateField, IntegerField, RadioField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from engage.centre.forms import WithHours
from engage.centre.wall_clock import ends_at
from engage.core.forms import AreaField, Form, LineField, OnceForm, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.meeting.models import Meeting
from engage.groups.meeting.repeating import Repeat

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
HOURS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"]
NEEDED = _l("This is needed.")
REPEATS = {
    Repeat.ONCE: _l("No, once"),
    Repeat.WEEKDAY: _l("Every month, on the same weekday (such as the second Tuesday)"),
    Repeat.DATE: _l("Every month, on the same date (such as the 14th)"),
}
MOST = 12
ADDRESS = re.compile(r"https?://[^\s]+\Z")


class MeetingForm(WithHours, Form):
    """One meeting; its hours stand on the clock of the wall."""

    title = LineField(_l("Title, if it has one"), [Optional()])
    day = DateField(_l("Day"), [InputRequired(NEEDED)], format=DAYS)
    starts = TimeField(_l("Starts at"), [InputRequired(NEEDED)], format=HOURS)
    ends = TimeField(_l("Ends at"), [InputRequired(NEEDED)], format=HOURS)
    place = LineField(_l("Where"), [Optional()])
    remote_link = LineField(
        _l("Link to join from afar"),
        [Optional(), Regexp(ADDRESS, message=_l("A link begins with https://"))],
    )
    transport = AreaField(_l("How to get there"), [Optional()], max_length=500)
    access = AreaField(_l("Access"), [Optional()], max_length=500)

    @property
    def values(self) -> dict[str, Any]:
        """Once the form is valid."""
        facts = super().values
        del facts["ends"]
        facts["minutes"] = self.minutes
        facts["remote_link"] = facts["remote_link"] or None
        return facts


class PlanForm(MeetingForm, OnceForm):
    """A meeting, or one each month."""

    repeat = RadioField(
        _l("Does it come back?"), choices=options(REPEATS.items()), coerce=Repeat, default=Repeat.ONCE
    )
    count = IntegerField(
        _l("How many meetings in all"),
        [Optional(), NumberRange(2, MOST, message=_l("From 2 to 12 meetings."))],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """What comes back says how often."""
        if not super().validate(extra_validators):
            return False
        if self.repeat.data is not Repeat.ONCE and not self.count.data:
            self.count.errors = [_("Say how many meetings in all: from 2 to 12.")]
            return False
        return True

    @property
    def values(self) -> dict[str, Any]:
        facts = super().values
        is_once = facts["repeat"] is Repeat.ONCE
        return facts | {"count": 1 if is_once else facts["count"]}


class ChangeForm(MeetingForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @classmethod
    def of(cls, meeting: Meeting) -> ChangeForm:
        """The meeting as it stands; what was sent wins."""
        return cls(obj=meeting, data={"ends": ends_at(meeting.starts, meeting.minutes)})


class CancelForm(Form):
    why = LineField(_l("Why, in one sentence"), [Written()])
