"""What is typed at the paper box: the box itself, each slip, and why a slip is put aside."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import DateField, IntegerField, RadioField
from wtforms.validators import Email, InputRequired, Length, Optional, StopValidation, ValidationError

from engage.centre.queries import centre_today
from engage.core.forms import AreaField, Form, LineField, PublicForm, Written, options, phone_digits
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.paper.words import REASONS, Reason
from engage.intake.models import Reply
from engage.themes import queries as themes

MOST_SLIPS = 2000
MOST_COPIES = 100
REPLIES = {
    Reply.NONE: _l("Nothing is ticked, or no answer wanted"),
    Reply.MAIL: _l("By e-mail"),
    Reply.PHONE: _l("By a phone call"),
    Reply.LETTER: _l("By a letter"),
    Reply.RECEPTION: _l("At reception, when they come"),
}
NEED_CONTACT = {Reply.MAIL, Reply.PHONE, Reply.LETTER}


class Between:
    """Validator: a whole number from 1 to `most`, else one sentence, whatever was typed instead."""

    def __init__(self, most: int, message: Any) -> None:
        self.most, self.message = most, message

    def __call__(self, _form: object, field: IntegerField) -> None:
        if field.data is None or not 1 <= field.data <= self.most:
            field.errors = []
            raise StopValidation(str(self.message))


def _number(label: Any, most: int, message: Any, **kwargs: Any) -> IntegerField:
    bounds = {"min": 1, "max": most, "inputmode": "numeric"}
    return IntegerField(label, [Between(most, message)], render_kw=bounds, **kwargs)


def _slips() -> IntegerField:
    wrong = _l("Count the slips: a number from 1 to %(most)d.", most=MOST_SLIPS)
    return _number(_l("How many slips are in the box?"), MOST_SLIPS, wrong)


class BatchForm(PublicForm):
    """A box that was just emptied."""

    opened_on = DateField(_l("Opened on"), [InputRequired(_l("Say on which day."))], default=centre_today)
    opened_by = LineField(
        _l("Opened by"),
        [Written(_l("Say who opened the box."))],
        description=_l("Better two people, one of them a patient."),
    )
    slips = _slips()

    def validate_opened_on(self, field: DateField) -> None:
        if isinstance(field.data, date) and field.data > centre_today():
            raise ValidationError(_("This day has not come yet."))

    @property
    def values(self) -> dict[str, Any]:
        return {name: self[name].data for name in ("opened_on", "opened_by", "slips", "submission_key")}


class RecountForm(Form):
    slips = _slips()


class PrintForm(Form):
    copies = _number(
        _l("How many slips?"),
        MOST_COPIES,
        _l("Print 1 to %(most)d slips at a time.", most=MOST_COPIES),
        default=10,
    )


class SlipForm(PublicForm):
    """One slip, in the order of the paper. What nobody ticked means: for the team only, no answer."""

    text = AreaField(
        _l("What the slip says"),
        [Written(_l("Type what the slip says, or put it aside."))],
        render_kw={"autofocus": True},
    )
    theme = RadioField(_l("Theme ticked"), [Optional()], default="")
    public = RadioField(
        _l("May it be published?"),
        choices=options([("yes", _l("Yes is ticked")), ("no", _l("No is ticked, or nothing"))]),
        default="no",
    )
    reply = RadioField(
        _l("How to tell the answer"), choices=options(REPLIES.items()), default=Reply.NONE.value
    )
    contact = LineField(_l("E-mail, phone or address"), render_kw={"autocomplete": "off"})
    first_name = LineField(_l("First name"), [Length(max=60)], render_kw={"autocomplete": "off"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.icons = {theme.code: theme.icon for theme in themes.shown()}
        named = ((theme.code, themes.name(theme)) for theme in themes.shown())
        self.theme.choices = options([("", _("No theme")), *named])

    def validate_contact(self, field: LineField) -> None:
        """The contact fits the way that was ticked; none is typed for nothing."""
        way = Reply(self.reply.data) if self.reply.data in set(Reply) else Reply.NONE
        if way not in NEED_CONTACT and field.data:
            raise ValidationError(_("Choose how this contact is used, or empty this line."))
        if way in NEED_CONTACT and not field.data:
            raise ValidationError(_("Type the contact. If it cannot be read, choose another way to answer."))
        if way is Reply.MAIL:
            Email(message=_("This address looks incomplete. Example: nom@exemple.fr"))(self, field)
        if way is Reply.PHONE:
            phone_digits(field)

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.enter` takes."""
        chosen = themes.by_code(self.theme.data or "")
        return {
            "text": self.text.data,
            "submission_key": self.submission_key.data,
            "theme_id": chosen.id if chosen else None,
            "wants_public": self.public.data == "yes",
            "reply": Reply(self.reply.data),
            "contact": self.contact.data or None,
            "first_name": self.first_name.data or "",
            "language": language(),
        }


class DiscardForm(PublicForm):
    """A slip that is not typed in always says why."""

    reason = RadioField(
        _l("Why is it put aside?"),
        [InputRequired(_l("Say why this slip is put aside."))],
        choices=options(REASONS.items()),
    )
    words = LineField(_l("Another reason, in a few words"), [Length(max=120)])

    def validate_words(self, field: LineField) -> None:
        if self.reason.data == Reason.OTHER and not field.data:
            raise ValidationError(_("Write the reason in a few words."))

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.discard` takes."""
        said = self.words.data if self.reason.data == Reason.OTHER else self.reason.data
        return {"reason": said, "submission_key": self.submission_key.data}
