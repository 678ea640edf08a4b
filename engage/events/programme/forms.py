"""What the team types about a day: what it is about, and each of its slots with who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from wtforms import BooleanField, Field, IntegerField, SelectField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation, ValidationError
from wtforms.widgets import HiddenInput

from engage.core.forms import AreaField, Form, LineField, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.events.models import MOST_PLACES, Event
from engage.events.programme import rules
from engage.events.programme.document import MOST_SPEAKERS, MOST_TOPICS, Timed, Voice
from engage.events.programme.models import Programme, SlotKind
from engage.events.programme.words import KINDS, PAUSES

CLOCK = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"]
NEEDED = _l("This is needed.")
SPEAKERS = range(1, MOST_SPEAKERS + 1)
MOST_AUDIENCES = 40
VOICE = ("name", "role", "organisation", "remote")


def _lines(text: str | None) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in (text or "").splitlines()) if line]


class FewLines:
    """Validator: at most so many lines."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: object, field: Field) -> None:
        if len(_lines(field.data)) > self.most:
            raise ValidationError(_("At most %(most)d lines here.", most=self.most))


def _number(label: Any, most: int) -> IntegerField:
    words = _l("A number between %(least)d and %(most)d.", least=1, most=most)
    bounds = {"inputmode": "numeric", "min": 1, "max": most}
    return IntegerField(label, [Optional(), NumberRange(1, most, words)], render_kw=bounds)


class VersionForm(Form):
    """The version of the event that was seen."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class AboutForm(VersionForm):
    """The day as a whole."""

    subject = AreaField(_l("What this day is about, in one sentence"), [Optional()], max_length=600)
    is_remote = BooleanField(_l("One can also follow it from afar"))
    audiences = AreaField(_l("For whom, one a line"), [Optional(), FewLines(MOST_AUDIENCES)], max_length=4000)

    @classmethod
    def of(cls, event: Event, held: Programme | None) -> AboutForm:
        said = {"subject": held.subject, "is_remote": held.is_remote} if held else {}
        return cls(
            data=said | {"audiences": "\n".join(held.audiences if held else ()), "version": event.version}
        )

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.describe` takes."""
        subject = " ".join((self.subject.data or "").split())
        return super().values | {"subject": subject, "audiences": _lines(self.audiences.data)}


class SlotForm(VersionForm):
    """One slot, with a line for each who speaks (`name_1`, `role_1` …)."""

    starts = TimeField(_l("Starts at"), [InputRequired(NEEDED)], format=CLOCK)
    ends = TimeField(_l("Ends at"), [InputRequired(NEEDED)], format=CLOCK)
    kind = SelectField(_l("Kind"), choices=options(KINDS.items()), coerce=SlotKind, default=SlotKind.TALK)
    number = _number(_l("Its number, if it has one"), 99)
    title = LineField(_l("Title"), [])
    text = AreaField(_l("More about it"), [Optional()])
    topics = AreaField(_l("What is spoken of, one a line"), [Optional(), FewLines(MOST_TOPICS)])
    room = LineField(_l("Room"), [Optional()])
    takes_sign_up = BooleanField(_l("People sign up for this slot apart"))
    capacity = _number(_l("How many places here?"), MOST_PLACES)

    def __init__(
        self, *args: Any, others: Sequence[Timed] = (), dates: Sequence[tuple[time, int]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.others, self.dates = others, dates

    def validate_title(self, field: Field) -> None:
        if not field.data and self.kind.data not in PAUSES:
            raise StopValidation(_("Give it a title. Only breaks and meals need none."))

    def validate_ends(self, field: Field) -> None:
        """Also what depends on the other slots; the action looks again, with nobody else writing."""
        if self.starts.data is None or field.data is None:
            return
        if sentence := rules.fault(self.slot, self.others, self.dates):
            raise ValidationError(sentence)

    @property
    def lines(self) -> list[list[Field]]:
        """The fields of each who speaks: name, role, organisation, from afar."""
        return [[self[f"{part}_{place}"] for part in VOICE] for place in SPEAKERS]

    @property
    def slot(self) -> Timed:
        """What the actions take."""
        said = [[field.data for field in line] for line in self.lines]
        return Timed(
            starts=self.starts.data or time(),
            ends=self.ends.data or time(),
            kind=self.kind.data,
            title=self.title.data or None,
            number=self.number.data,
            text=self.text.data or "",
            topics=tuple(_lines(self.topics.data)),
            speakers=tuple(Voice(name, role, at, away) for name, role, at, away in said if name),
            room=self.room.data or "",
            takes_sign_up=self.takes_sign_up.data,
            capacity=self.capacity.data if self.takes_sign_up.data else None,
        )

    @staticmethod
    def typed(slot: Timed) -> dict[str, Any]:
        """A slot, as its form shows it."""
        held = slot._asdict() | {"topics": "\n".join(slot.topics)}
        for place, voice in enumerate(slot.speakers, 1):
            held |= {f"{part}_{place}": value for part, value in zip(VOICE, voice, strict=True)}
        return held


class NameOfWhoSpeaks:
    """Validator: what is said of somebody needs their name."""

    def __init__(self, place: int) -> None:
        self.place = place

    def __call__(self, form: Any, field: Field) -> None:
        if not field.data and (form[f"role_{self.place}"].data or form[f"organisation_{self.place}"].data):
            field.errors = []
            raise StopValidation(_("Write the name of who speaks."))


for _place in SPEAKERS:
    setattr(SlotForm, f"name_{_place}", LineField(_l("Name"), [Length(max=80), NameOfWhoSpeaks(_place)]))
    setattr(SlotForm, f"role_{_place}", LineField(_l("What they do"), [Optional()]))
    setattr(SlotForm, f"organisation_{_place}", LineField(_l("Where they work"), [Optional()]))
    setattr(SlotForm, f"remote_{_place}", BooleanField(_l("Speaks from afar")))
