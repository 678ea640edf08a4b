"""What the team types about who comes: places, somebody at the desk or on the phone, a word to all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.core.forms import AreaField, Form, LineField, MailField, PhoneField, PublicForm, Written, options
from engage.core.i18n import LANGUAGES
from engage.core.i18n import lazy_gettext as _l
from engage.events.joining.models import Member
from engage.events.kinds import CompanionRole, Need, Reminded
from engage.events.models import MOST_PLACES, EventQuestion
from engage.events.planning.forms import needed_when, number
from engage.events.planning.guests.words import DOORS, REPLIES
from engage.events.programme.choosing import Choice
from engage.events.programme.document import Timed
from engage.events.reminding.forms import PhoneReminderField
from engage.events.signing.models import MOST_PEOPLE, SignUp
from engage.events.words import NEEDS, ROLES
from engage.intake.models import Door, Reply
from engage.outbox import texting

NO_MAIL = _l("Please type the address, or choose another way.")
NO_PHONE = _l("Please type the number, or choose another way.")
BESIDE = range(1, MOST_PEOPLE)
ON_TOP = ("door", "name", "reply", "mail", "phone", "reminder")
"""The order of the page, which is also that of its errors."""


class CapacityForm(Form):
    """How many places a date has."""

    capacity = number(_l("How many places?"), 1, MOST_PLACES, Optional())


class WordsForm(PublicForm):
    """A message to everybody who comes."""

    words = AreaField(_l("Your message"), [Written()], max_length=1500)
    to_waiting = BooleanField(_l("Also to those on the waiting list"))


class NeedsField(SelectMultipleField):
    """What somebody needs to be able to come; none is fine."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class GuestForm(Form):
    """Who comes along, what they need, what they answer: as the team types it."""

    needs = NeedsField(_l("What does this person need to come?"), [Optional()],
                       choices=options(NEEDS.items()), coerce=Need)  # fmt: skip
    needs_words = AreaField(_l("More about these needs"), [Optional()], max_length=400)
    slots = NeedsField(_l("What does this person want to come to?"), [Optional()], coerce=int)
    photos = BooleanField(_l("This person agrees to be on pictures"))
    role_1 = SelectField(_l("Comes along"), coerce=str)
    role_2 = SelectField(_l("Comes along"), coerce=str)
    role_3 = SelectField(_l("Comes along"), coerce=str)
    role_4 = SelectField(_l("Comes along"), coerce=str)
    role_5 = SelectField(_l("Comes along"), coerce=str)
    name_1 = LineField(_l("Name, if you have it"), [Optional()])
    name_2 = LineField(_l("Name, if you have it"), [Optional()])
    name_3 = LineField(_l("Name, if you have it"), [Optional()])
    name_4 = LineField(_l("Name, if you have it"), [Optional()])
    name_5 = LineField(_l("Name, if you have it"), [Optional()])
    answer_1 = LineField("", [Optional()])
    answer_2 = LineField("", [Optional()])
    answer_3 = LineField("", [Optional()])
    answer_4 = LineField("", [Optional()])
    answer_5 = LineField("", [Optional()])

    @classmethod
    def asking(
        cls,
        questions: Sequence[EventQuestion],
        slots: Sequence[Timed] = (),
        held: Sequence[int] = (),
        typed: dict[str, Any] | None = None,
    ) -> Self:
        """With the questions of the organiser, and the slots of the day to choose, and only those."""
        form = cls(data=typed)
        form.asked, form.choice = len(questions), Choice(slots, held)
        form.slots.choices = form.choice.boxes
        if not slots:
            del form.slots
        for one in questions:
            form[f"answer_{one.position}"].label.text = one.text
        for place in BESIDE:
            form[f"role_{place}"].choices = options([("", _l("Nobody")), *ROLES.items()])
            if place > len(questions):
                del form[f"answer_{place}"]
        return form

    asked: int
    choice: Choice

    def validate_slots(self, field: Field) -> None:
        """What can be said before anything is locked; the action looks again."""
        if sentence := self.choice.fault(field.data or [], 1 + len(self.companions)):
            raise ValidationError(sentence)

    @property
    def chosen(self) -> list[int] | None:
        """The slots that were ticked; None where there is nothing to choose."""
        return list(self.slots.data or []) if "slots" in self else None

    @property
    def companions(self) -> list[tuple[CompanionRole, str]]:
        beside = [(self[f"role_{place}"].data, self[f"name_{place}"].data or "") for place in BESIDE]
        return [(CompanionRole(role), name) for role, name in beside if role]

    @property
    def party(self) -> dict[str, Any]:
        """What `signing.actions.change` takes, beside who acts."""
        return {
            "companions": self.companions,
            "needs": self.needs.data,
            "needs_words": self.needs_words.data or "",
            "answers": [self[f"answer_{place}"].data or "" for place in range(1, self.asked + 1)],
        }


def typed_before(said: SignUp | Member, beside: Sequence[tuple[CompanionRole, str]]) -> dict[str, Any]:
    """What somebody said, as this form shows it; `beside` are those who come along."""
    typed: dict[str, Any] = {"needs": [Need(need) for need in said.needs], "photos": said.agrees_to_photos}
    typed["needs_words"] = said.needs_words or ""
    for place, (role, name) in enumerate(beside, 1):
        typed |= {f"role_{place}": role.value, f"name_{place}": name}
    return typed | {f"answer_{place}": answer for place, answer in enumerate(said.said, 1)}


class EnterForm(PublicForm, GuestForm):
    """Somebody signs up at the desk or on the phone."""

    _fields: dict[str, Field]
    name = LineField(_l("First name and name"), [Written()])
    reply = RadioField(
        _l("How do we reach this person?"),
        [InputRequired(_l("Choose one."))],
        choices=options(REPLIES.items()),
        coerce=Reply,
    )
    door = RadioField(
        _l("How does this person sign up?"),
        [InputRequired(_l("Choose one."))],
        choices=options(DOORS.items()),
        coerce=Door,
        default=Door.RECEPTION,
    )
    mail = MailField(
        _l("E-mail"), [needed_when(lambda form: form.reply.data is Reply.MAIL, NO_MAIL), Optional()]
    )
    phone = PhoneField(
        _l("Phone"), [needed_when(lambda form: form.reply.data is Reply.PHONE, NO_PHONE), Optional()]
    )
    reminder = PhoneReminderField()
    language = SelectField(_l("Language of our messages"), choices=options(LANGUAGES.items()), default="fr")
    is_partner = BooleanField(_l("This is a partner patient"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not texting.has_gateway():
            del self.reminder
        rest = [name for name in self._fields if name not in ON_TOP]
        self._fields = {name: self._fields[name] for name in (*ON_TOP, *rest) if name in self._fields}

    @property
    def wish(self) -> Reminded | None:
        """How to be reminded, where it was asked of who is reached by phone."""
        is_asked = "reminder" in self and self.reply.data is Reply.PHONE
        wish: Reminded | None = self.reminder.data if is_asked else None
        return wish

    @property
    def wanted(self) -> dict[str, Any]:
        """What `signing.actions.sign_up` takes, beside the date and who acts."""
        contacts = {Reply.MAIL: self.mail.data, Reply.PHONE: self.phone.data}
        same = ("submission_key", "name", "reply", "language", "is_partner", "door")
        said = {name: self[name].data for name in same if name in self} | self.party
        beside = {"reminded_by": self.wish, "agrees_to_photos": self.photos.data}
        return said | beside | {"contact": contacts.get(self.reply.data)}
