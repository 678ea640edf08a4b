"""What one types to apply, on one screen; what the team answers."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, Field, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from engage.accounts.models import Account
from engage.core.forms import AreaField, Form, LineField, MailField, PhoneField, PublicForm, Written, options
from engage.core.i18n import language
from engage.core.i18n import lazy_gettext as _l
from engage.groups.calling.models import MOST_QUESTIONS
from engage.groups.calling.ready import ready
from engage.groups.calling.words import SIDES
from engage.groups.models import Side
from engage.intake.forms import ForWay
from engage.intake.models import Door, Reply

NAME_LENGTH = 80
ANSWER_LENGTH = 600
WAYS = {
    Reply.MAIL.value: _l("By e-mail"),
    Reply.PHONE.value: _l("By phone"),
    Reply.RECEPTION.value: _l("I have neither of the two"),
}
DOORS = {
    Door.PHONE.value: _l("On the phone"),
    Door.RECEPTION.value: _l("At reception"),
    Door.PAPER.value: _l("On paper"),
    Door.WORKSHOP.value: _l("At a workshop"),
}
ANSWERS = tuple(f"answer_{place}" for place in range(1, MOST_QUESTIONS + 1))


class Answering:
    """Fields for the questions of a call, and none for those it does not ask."""

    _fields: dict[str, Field]

    def ask(self, questions: list[str]) -> None:
        for place, name in enumerate(ANSWERS):
            if place < len(questions):
                self._fields[name].label.text = questions[place]
            else:
                del self._fields[name]
                delattr(self, name)

    @property
    def asked(self) -> list[Field]:
        return [self._fields[name] for name in ANSWERS if name in self._fields]

    @property
    def said(self) -> list[str]:
        return [field.data or "" for field in self.asked]


class ApplyForm(PublicForm, Answering):
    """Name, how to be reached, and the few questions of the call."""

    name = LineField(
        _l("Your name"),
        [Written(_l("Write your name, or your first name.")), Length(max=NAME_LENGTH)],
        render_kw={"autocomplete": "name"},
    )
    reply = RadioField(
        _l("How do we give you our answer?"),
        [InputRequired(_l("Say how we can reach you, or that you have neither phone nor e-mail."))],
        choices=options(WAYS.items()),
    )
    email = MailField(_l("Your e-mail address"), [ForWay(Reply.MAIL, _l("Write your e-mail address."))])
    phone = PhoneField(_l("Your phone number"), [ForWay(Reply.PHONE, _l("Write your phone number."))])
    wants_to_talk = BooleanField(_l("I would rather be called: I answer aloud, and write nothing"))
    answer_1 = AreaField(max_length=ANSWER_LENGTH)
    answer_2 = AreaField(max_length=ANSWER_LENGTH)
    answer_3 = AreaField(max_length=ANSWER_LENGTH)

    def __init__(self, *args: Any, questions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(questions)

    @property
    def typed(self) -> dict[str, Any]:
        """What `applying.actions.apply` takes, but for the door."""
        reply = Reply(self.reply.data)
        contact = {Reply.MAIL: self.email.data, Reply.PHONE: self.phone.data}.get(reply)
        own = {"submission_key": self.submission_key.data, "name": self.name.data, "language": language()}
        talks = reply is Reply.PHONE and bool(self.wants_to_talk.data)
        back = {"reply": reply, "contact": contact or None, "wants_to_talk": talks}
        return {**own, **back, "answers": self.said}


class CarryForm(ApplyForm):
    """A relay writes for somebody, who has said yes aloud."""

    said_yes = BooleanField(
        _l("This person has asked me aloud to send it for them"),
        [InputRequired(_l("Ask the person first, then tick the box."))],
    )


class EnterForm(ApplyForm):
    """The team writes for somebody, and says by which door they came."""

    door = SelectField(_l("How did they tell us?"), choices=options(DOORS.items()), coerce=Door)


class AnswersForm(Form, Answering):
    """What somebody said aloud."""

    answer_1 = AreaField(max_length=ANSWER_LENGTH)
    answer_2 = AreaField(max_length=ANSWER_LENGTH)
    answer_3 = AreaField(max_length=ANSWER_LENGTH)


class AcceptForm(Form):
    """Yes, in words."""

    answer = AreaField(_l("What we tell them"), [Written()], max_length=1000)
    side = SelectField(_l("For whom do they speak?"), choices=options(SIDES.items()), coerce=Side)
    mandate_ends_on = DateField(_l("Their mandate ends on"), [Optional()])
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class RefuseForm(Form):
    """No, kindly, with something else to do."""

    refusal = AreaField(_l("What we tell them"), [Written()], max_length=1000)
    other_way = RadioField(
        _l("Another way to take part"),
        [InputRequired(_l("Propose another way to take part: nobody leaves with empty hands."))],
        choices=options(ready().other_ways.items()),
    )
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @property
    def proposed(self) -> str:
        return ready().other_ways[self.other_way.data]


def known(person: Account | None) -> dict[str, Any]:
    """What the account of somebody says already: nothing is asked twice."""
    if person is None:
        return {}
    way = Reply.MAIL if person.email else Reply.PHONE if person.phone else Reply.RECEPTION
    typed = {"name": person.full_name, "reply": way.value}
    return typed | {"email": person.email or "", "phone": person.phone or ""}
