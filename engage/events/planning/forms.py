"""What the team types about an event: its words, its place, how people sign up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp, StopValidation, ValidationError
from wtforms.widgets import HiddenInput

from engage.commitments.models import Rung
from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.events.kinds import LargeParty, LatePlace, SigningUp
from engage.events.models import MOST_PLACES, Event, EventQuestion
from engage.events.planning.ready import Ready
from engage.events.planning.words import LARGE_PARTIES, LATE_PLACES, RUNGS, SIGNING_UP
from engage.uploads.forms import PhotoField

MOST_QUESTIONS, MOST_RELEASED_DAYS = 5, 90
FEWER = _l("Fewer places than those kept for partner patients.")
NUMBERS = range(1, MOST_QUESTIONS + 1)


def _a_number_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


def number(label: Any, least: int, most: int, *checks: Any, **kwargs: Any) -> IntegerField:
    """A whole number between two others, typed with digits."""
    words = _l("A number between %(least)d and %(most)d.", least=least, most=most)
    bounds = {"inputmode": "numeric", "min": least, "max": most}
    return IntegerField(label, [*checks, NumberRange(least, most, words)], render_kw=bounds, **kwargs)


def needed_when(asks: Callable[[Any], bool], message: Any) -> Callable[[Any, Any], None]:
    """Validator, before `Optional`: the field is left empty although what else was said asks for it."""

    def check(form: Any, field: Any) -> None:
        if asks(form) and not any(str(value).strip() for value in field.raw_data or ()):
            field.errors[:] = []
            raise StopValidation(str(message))

    return check


def _choice(label: Any, words: dict[Any, Any], kind: type) -> RadioField:
    return RadioField(label, [InputRequired(_l("Choose one."))], choices=options(words.items()), coerce=kind)


class EventForm(Form):
    """An event in words; its dates are chosen apart."""

    title = LineField(_l("Title"), [Written()])
    what = AreaField(_l("What it is"), [Written()])
    what_short = AreaField(_l("The same in short and easy sentences"), [Optional()], max_length=600)
    for_whom = AreaField(_l("For whom"), [Optional()], max_length=400)
    to_bring = AreaField(_l("What to bring"), [Optional()], max_length=400)
    cost = LineField(_l("Cost"), [Optional()])
    place = LineField(_l("Place"), [
        needed_when(lambda form: not form.online_link.data, _l("Say where it takes place, or give a link.")),
        Optional(),
    ])  # fmt: skip
    address = LineField(_l("Address of this place"), [Optional()])
    is_step_free = BooleanField(_l("One can come in and move without any step"))
    has_hearing_loop = BooleanField(_l("There is a hearing loop"))
    bus = LineField(_l("By bus or on foot"), [Optional()])
    parking = LineField(_l("Parking"), [Optional()])
    online_link = LineField(
        _l("Link to take part from home"),
        [Optional(), Regexp(r"https://\S+\Z", message=_l("A link begins with https:// and has no space."))],
    )
    signing_up = _choice(_l("Do people sign up?"), SIGNING_UP, SigningUp)
    is_joined_once = BooleanField(_l("It is a group: people join once, and are expected each time"))
    capacity = number(
        _l("How many places a date?"), 1, MOST_PLACES,
        needed_when(lambda form: form.reserved_places.data, FEWER), Optional(),
    )  # fmt: skip
    question_1 = LineField(_l("Question %(number)d", number=1), [Optional()])
    question_2 = LineField(_l("Question %(number)d", number=2), [Optional()])
    question_3 = LineField(_l("Question %(number)d", number=3), [Optional()])
    question_4 = LineField(_l("Question %(number)d", number=4), [Optional()])
    question_5 = LineField(_l("Question %(number)d", number=5), [Optional()])
    required_1 = BooleanField(_l("An answer to question %(number)d is needed", number=1))
    required_2 = BooleanField(_l("An answer to question %(number)d is needed", number=2))
    required_3 = BooleanField(_l("An answer to question %(number)d is needed", number=3))
    required_4 = BooleanField(_l("An answer to question %(number)d is needed", number=4))
    required_5 = BooleanField(_l("An answer to question %(number)d is needed", number=5))
    neutral_title = LineField(_l("Discreet title, for calendars and mails"), [Optional()])
    reserved_places = number(_l("Places kept for partner patients"), 0, MOST_PLACES, Optional())
    released_days = number(
        _l("Days before, when the kept places go to everyone"), 0, MOST_RELEASED_DAYS, Optional()
    )
    large_party = _choice(_l("When a party on the waiting list is larger than the free places"),
                          LARGE_PARTIES, LargeParty)  # fmt: skip
    late_place = _choice(_l("When a place is free again on the last day"), LATE_PLACES, LatePlace)
    organiser = LineField(_l("Who organises"), [Optional()])
    group_id = SelectField(_l("Group of the centre that proposes it"), coerce=_a_number_or_none)
    proposed_by = LineField(_l("Others who propose it"), [Optional()])
    referent_id = SelectField(_l("Who takes care of it"), coerce=_a_number_or_none)
    theme_id = SelectField(_l("Theme"), coerce=_a_number_or_none)
    rung = SelectField(_l("How people are involved"), choices=options(RUNGS.items()), coerce=Rung)
    photo = PhotoField(_l("Photo"))
    photo_alt = LineField(
        _l("What the photo shows, for who cannot see it"),
        [needed_when(lambda form: form.photo.data, _l("Say in a few words what it shows.")), Optional()],
    )

    @classmethod
    def from_ready(cls, ready: Ready, place: str, address: str) -> EventForm:
        """Filled with what usually does for this kind."""
        held = dict(ready.words) | {"place": place, "address": address, "rung": ready.rung}
        usual = {"large_party": LargeParty.WAITS, "late_place": LatePlace.CONFIRMED}
        held |= {name: getattr(ready, name) for name in ("signing_up", "capacity", "is_joined_once")}
        return cls(data=held | usual | _as_fields(ready.questions))

    def offer(
        self, people: list[tuple[int, str]], themes: list[tuple[int, str]], groups: list[tuple[int, str]]
    ) -> None:
        self.group_id.choices = options([("", _l("No group")), *groups])
        self.referent_id.choices = options([("", _l("Nobody yet")), *people])
        self.theme_id.choices = options([("", _l("No theme")), *themes])

    def validate_capacity(self, field: IntegerField) -> None:
        """Kept places are among the places."""
        kept = self.reserved_places.data or 0
        if kept and (field.data is None or kept > field.data):
            raise ValidationError(FEWER)

    @property
    def questions(self) -> list[tuple[str, bool]]:
        """Those that were filled in, without the gaps between them."""
        asked = [(self[f"question_{n}"].data, self[f"required_{n}"].data) for n in NUMBERS]
        return [(text, required) for text, required in asked if text]

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.create` and `actions.edit` take."""
        parts = {f"{part}_{n}" for part in ("question", "required") for n in NUMBERS}
        held = {name: data for name, data in super().values.items() if name not in parts}
        held["online_link"] = held["online_link"] or None
        for name in ("reserved_places", "released_days"):
            held[name] = held[name] or 0
        return held | {"questions": self.questions}


class EditForm(EventForm):
    """The same, with the version that was seen."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    no_photo = BooleanField(_l("Take the photo away"))

    @classmethod
    def of(cls, event: Event, questions: Sequence[EventQuestion]) -> EditForm:
        held = {column.key: getattr(event, column.key) for column in Event.__table__.columns}
        held["photo_alt"] = event.photo.alt if event.photo else ""
        return cls(data=held | _as_fields((one.text, one.is_required) for one in questions))


def _as_fields(questions: Iterable[tuple[str, bool]]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for n, (text, is_required) in enumerate(questions, 1):
        held |= {f"question_{n}": text, f"required_{n}": is_required}
    return held


class ReasonForm(Form):
    """Why something does not take place: people read it."""

    why = LineField(_l("Why, in a sentence that people read"), [Written()])
