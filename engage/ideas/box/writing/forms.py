"""What a person types on the way from a first word to an idea that is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtforms import BooleanField, Field, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from engage.core.forms import AreaField, Form, LineField, MailField, PhoneField, PublicForm, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.box.writing.queries import PUBLIC_WORDS, REPLY_WORDS
from engage.intake.models import Reply
from engage.themes import queries as themes
from engage.uploads.forms import PhotoField


class OnlyIf:
    """Validator: when the form is as `chosen` says, an empty field is told `missing`; else all is well."""

    def __init__(self, chosen: Callable[[Any], bool], missing: Any) -> None:
        self.chosen, self.missing = chosen, missing

    def __call__(self, form: Any, field: Field) -> None:
        if not self.chosen(form):
            field.errors = []
            raise StopValidation
        if not field.data:
            raise StopValidation(str(self.missing))


def _answered_by(way: Reply) -> Callable[[Any], bool]:
    return lambda form: bool(form.reply.data == way)


def _for_somebody(form: Any) -> bool:
    return bool(form.for_somebody)


class TextForm(Form):
    """The first step: the idea, perhaps a photo, and in helper mode who speaks for whom."""

    text = AreaField(_l("Your idea"), [Written(_l("Write your idea in a few words, then go on."))])
    photo = PhotoField(_l("Add a photo"))
    alt = LineField(
        _l("What does the photo show?"),
        description=_l("For people who cannot see it. A few words are enough."),
    )
    drop_photo = BooleanField(_l("Take the photo away"))
    relation = LineField(
        _l("Who are you for this person?"),
        [OnlyIf(_for_somebody, _l("Say who you are for this person: neighbour, daughter, nurse…"))],
        description=_l("For example: neighbour, daughter, nurse, association."),
    )
    summary = AreaField(
        _l("What you would like to add yourself"),
        [Optional()],
        max_length=1000,
        description=_l("Only the team reads this. It stays apart from the person’s own words."),
    )
    consent = BooleanField(
        _l("The person told me that I may send these words."),
        [OnlyIf(_for_somebody, _l("Ask the person first, then tick this box."))],
    )
    website = StringField(_l("Leave this empty"), [Length(max=0)])

    def __init__(self, *args: Any, for_somebody: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_somebody = for_somebody
        if for_somebody:
            self.text.label.text = _l("The person’s own words")

    @property
    def typed(self) -> dict[str, Any]:
        """What the draft keeps of this step, the photo apart."""
        own = ("text", "alt", *(("relation", "summary", "consent") if self.for_somebody else ()))
        return {name: self[name].data for name in own}


class ThemeForm(Form):
    """The second step; no choice is an answer too."""

    theme = RadioField(_l("What is your idea about?"), [Optional()], validate_choice=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme.choices = options((theme.code, themes.name(theme)) for theme in themes.shown())

    @property
    def typed(self) -> dict[str, Any]:
        """What the draft keeps of this step."""
        return {"theme": self.theme.data}


class ContactFields(Form):
    """How to hear back, and where: only the line of the chosen way is read."""

    reply = RadioField(
        _l("How shall we tell you the answer?"),
        [InputRequired(_l("Choose how you hear back."))],
        choices=options(REPLY_WORDS.items()),
        default=Reply.NONE.value,
    )
    email = MailField(
        _l("Your e-mail address"), [OnlyIf(_answered_by(Reply.MAIL), _l("Write your e-mail address."))]
    )
    phone = PhoneField(
        _l("Your phone number"), [OnlyIf(_answered_by(Reply.PHONE), _l("Write your phone number."))]
    )
    address = AreaField(
        _l("Your postal address"),
        [OnlyIf(_answered_by(Reply.LETTER), _l("Write the address for the letter."))],
        max_length=300,
        render_kw={"autocomplete": "street-address"},
    )
    first_name = LineField(
        _l("Your first name"),
        [Length(max=60)],
        description=_l("We use it to speak to you. It is never published."),
        render_kw={"autocomplete": "given-name"},
    )

    @property
    def typed(self) -> dict[str, Any]:
        """What is kept: the contact of the chosen way alone."""
        ways = {Reply.MAIL: self.email, Reply.PHONE: self.phone, Reply.LETTER: self.address}
        contact = {field.name: field.data if self.reply.data == way else "" for way, field in ways.items()}
        return {"reply": self.reply.data, "first_name": self.first_name.data, **contact}


class ReplyForm(ContactFields):
    """The third step: who may read it, and how to hear back."""

    public = RadioField(
        _l("May we publish your idea on this site?"),
        [InputRequired(_l("Say whether everyone may read your idea."))],
        choices=options(PUBLIC_WORDS.items()),
    )

    @property
    def typed(self) -> dict[str, Any]:
        return {**super().typed, "public": self.public.data}


class SendForm(PublicForm):
    """The last step: only the key that tells a first sending from a second."""
