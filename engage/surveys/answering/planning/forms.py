"""What is decided about a wave, and what may still be changed at each stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from engage.centre.queries import centre_today, zone
from engage.core.clock import local, moment_at
from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import MINIMUM_CELL, Channel, Wave
from engage.surveys.answering.stages import CHANNELS, EDITABLE, PROMISES, stage
from engage.surveys.questionnaire.queries import Listed

FIRST_HOUR, LAST_HOUR = time(8), time(20)
OPEN_DAYS, RESULT_DAYS, RETAINED_DAYS, MOST_RETAINED_DAYS = 28, 30, 365, 5 * 366
SMALLEST_CELL, LARGEST_CELL, MOST_PEOPLE = 5, 100, 1_000_000
USUAL = (ChannelKind.LINK, ChannelKind.POSTER, ChannelKind.PAPER, ChannelKind.PHONE)
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
HOURS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"]
NEEDED = _l("This is needed.")
# A wave knows its moments; a form knows what a calendar and a clock on the wall say.
TYPED_AS = {"opens_at": ("opens_on", "opens_hour"), "closes_at": ("closes_on", "closes_hour")}


class ChannelsField(SelectMultipleField):
    """One way to answer at least, ticked."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _day(label: Any, *checks: Any) -> DateField:
    return DateField(label, [*checks], format=DAYS)


def _hour(label: Any, usual: time) -> TimeField:
    return TimeField(label, [InputRequired(NEEDED)], format=HOURS, default=usual)


def _number(label: Any, least: int, most: int, *checks: Any, **kwargs: Any) -> IntegerField:
    words = _l("A number between %(least)d and %(most)d.", least=least, most=most)
    bounds = {"inputmode": "numeric", "min": least, "max": most}
    return IntegerField(label, [*checks, NumberRange(least, most, words)], render_kw=bounds, **kwargs)


class WaveForm(Form):
    """A new wave. Days and hours are those of the centre's wall clock."""

    version_id = SelectField(_l("Which questionnaire?"), [InputRequired(NEEDED)], coerce=UUID)
    title = LineField(_l("Title of this wave"), [Written()])
    purpose = AreaField(_l("What will be done with the answers"), [Written()], max_length=400)
    opens_on = _day(_l("Opens on"), InputRequired(NEEDED))
    opens_hour = _hour(_l("Hour of opening"), FIRST_HOUR)
    closes_on = _day(_l("Closes on"), InputRequired(NEEDED))
    closes_hour = _hour(_l("Hour of closing"), LAST_HOUR)
    anonymity = RadioField(
        _l("What is promised to people?"),
        [InputRequired(_l("Choose one."))],
        choices=options(PROMISES.items()),
        coerce=Anonymity,
        default=Anonymity.STRICT,
    )
    channels = ChannelsField(
        _l("How can people answer?"),
        [InputRequired(_l("Choose one way at least."))],
        choices=options(CHANNELS.items()),
        coerce=ChannelKind,
        default=USUAL,
    )
    is_listed = BooleanField(_l("Show it on the home page and in the list of questionnaires"), default=True)
    double_entry = BooleanField(_l("Type each paper sheet twice"))
    population = _number(_l("How many people do you ask?"), 1, MOST_PEOPLE, Optional())
    minimum_cell = _number(
        _l("Show no result below this number of answers"),
        SMALLEST_CELL, LARGEST_CELL, InputRequired(NEEDED), default=MINIMUM_CELL,
    )  # fmt: skip
    results_on = _day(_l("The results will be here on"), Optional())
    retained_until = _day(_l("Answers are erased on"), Optional())

    @classmethod
    def blank(cls, askable: list[Listed]) -> WaveForm:
        """With days that usually do: from tomorrow, four weeks."""
        tomorrow = centre_today() + timedelta(days=1)
        form = cls(data={"opens_on": tomorrow, "closes_on": tomorrow + timedelta(days=OPEN_DAYS)})
        named = [
            (one.version.id, _("%(name)s, version %(number)d", name=one.name, number=one.version.number))
            for one in askable
        ]
        form.version_id.choices = options(named)
        return form

    def validate_opens_hour(self, field: TimeField) -> None:
        self._check_clock(self.opens_on.data, field.data)

    def validate_closes_hour(self, field: TimeField) -> None:
        """The wave must close after it opens."""
        self._check_clock(self.closes_on.data, field.data)
        opens, closes = self._moment("opens_at"), self._moment("closes_at")
        if opens and closes and closes <= opens:
            raise ValidationError(_("The wave must close after it opens."))

    @staticmethod
    def _check_clock(day: date | None, hour: time | None) -> None:
        if day and hour is not None and moment_at(day, hour, zone()) is None:
            raise ValidationError(_("This hour does not exist on that night: clocks go forward."))

    def validate_results_on(self, field: DateField) -> None:
        self._check_after_closing(field.data)

    def validate_retained_until(self, field: DateField) -> None:
        self._check_after_closing(field.data)
        closes = self._closing_day()
        if field.data and closes and (field.data - closes).days > MOST_RETAINED_DAYS:
            raise ValidationError(_("Answers are kept for 5 years after the closing at most."))

    def _check_after_closing(self, day: date | None) -> None:
        closes = self._closing_day()
        if day and closes and day <= closes:
            raise ValidationError(_("Choose a day after the closing."))

    def _closing_day(self) -> date | None:
        return self.closes_on.data

    def _moment(self, name: str) -> datetime | None:
        on, hour = (self[part].data if part in self else None for part in TYPED_AS[name])
        return moment_at(on, hour, zone(), last=name == "closes_at") if on and hour is not None else None

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.open_wave` takes, beside the version."""
        held = {name: field.data for name, field in self._fields.items() if name != "version_id"}
        for name, (on, hour) in TYPED_AS.items():
            if on in held:
                del held[on], held[hour]
                held[name] = self._moment(name)
        closes = self._closing_day()
        if closes:
            usual = {"results_on": RESULT_DAYS, "retained_until": RETAINED_DAYS}
            held |= {
                name: closes + timedelta(days=days)
                for name, days in usual.items()
                if name in held and held[name] is None
            }
        return held


class EditForm(WaveForm):
    """What may still be changed of a wave: fields that may not are not there."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @classmethod
    def of(cls, wave: Wave, channels: Sequence[Channel]) -> EditForm:
        held: dict[str, Any] = {name: getattr(wave, name) for name in EDITABLE_FIELDS if hasattr(wave, name)}
        for name, (on, hour) in TYPED_AS.items():
            shown = local(getattr(wave, name), zone())
            held |= {on: shown.date(), hour: shown.time().replace(second=0, microsecond=0)}
        form = cls(data=held | {"channels": [one.kind for one in channels], "revision": wave.revision})
        form.wave = wave
        kept = {"revision"}
        for name in EDITABLE[stage(wave)]:
            kept.update(TYPED_AS.get(name, (name,)))
        if wave.anonymity is Anonymity.STRICT:
            kept.discard("anonymity")
        for name in [name for name in form._fields if name not in kept]:
            del form[name]
        return form

    wave: Wave

    def _closing_day(self) -> date | None:
        typed: date | None = self.closes_on.data if "closes_on" in self else None
        return typed or local(self.wave.closes_at, zone()).date()

    def _moment(self, name: str) -> datetime | None:
        return super()._moment(name) if TYPED_AS[name][0] in self else getattr(self.wave, name)


EDITABLE_FIELDS = {name for names in EDITABLE.values() for name in names}
