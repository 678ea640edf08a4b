"""What an author types: a page, its facts, its words, the answers to the twenty questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import HiddenInput

from engage.accounts.models import Account
from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.words import fold
from engage.pages import checking
from engage.pages.models import PageDraft, Shelf
from engage.pages.words import SHELVES
from engage.pages.writing.questions import ANSWERS, keys, questions
from engage.pages.writing.words import ICONS
from engage.uploads.forms import PhotoField

MOST_TEXT = 100_000
WORDS = ("title", "message", "simple", "short", "summary")
SLUG_LENGTH = 60
NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
TAKEN = {"nouvelle"}


def slug_of(title: str) -> str:
    return NOT_IN_SLUGS.sub("-", fold(title)).strip("-")[:SLUG_LENGTH].strip("-")


class FactsForm(Form):
    shelf = SelectField(_l("Its shelf"), choices=options(SHELVES.items()), coerce=Shelf)
    icon = SelectField(_l("Its pictogram"), choices=options(ICONS.items()))


class CreateForm(FactsForm):
    title = LineField(_l("Title"), [Written()])
    slug = LineField(
        _l("Its address"),
        [
            Optional(),
            Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", message=_l("Small letters, digits and hyphens only.")),
        ],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """The address is looked at even where it is made from the title."""
        is_right: bool = super().validate(extra_validators)
        if self.slug.errors or not self.title.data:
            return is_right
        if self.wanted_slug in TAKEN or len(self.wanted_slug) < 2:
            self.slug.errors = [_("Please choose another address.")]
            return False
        return is_right

    @property
    def wanted_slug(self) -> str:
        return (self.slug.data or slug_of(self.title.data or ""))[:SLUG_LENGTH]

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "slug": self.wanted_slug}


def _id_or_none(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None


class SettleForm(FactsForm):
    position = IntegerField(_l("Place on its shelf"), [InputRequired(), NumberRange(0, 999)])
    is_action = BooleanField(_l("This page asks its reader to do something"))
    owner_id = SelectField(_l("Who answers for it"), coerce=_id_or_none)

    def offer(self, team: Iterable[Account]) -> None:
        people = [(one.id, one.full_name) for one in team]
        self.owner_id.choices = options([("", _("Nobody yet")), *people])


class ReviewForm(Form):
    review_on = DateField(_l("Read it again on"), [InputRequired(_l("Please choose a day."))])


class WriteForm(Form):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    title = LineField(_l("Title"), [Written()])
    message = AreaField(_l("Main message"), [Optional()], max_length=400)
    simple = AreaField(_l("Text for everyone"), [Optional()], max_length=MOST_TEXT)
    short = AreaField(_l("Short text"), [Optional()], max_length=MOST_TEXT)
    summary = AreaField(_l("In short"), [Optional()], max_length=600)
    sources = AreaField(_l("Sources"), [Optional()], max_length=4000)
    is_up_to_date = BooleanField(_l("This translation says what the first language says now"))
    language = "fr"

    @staticmethod
    def typed(draft: PageDraft) -> dict[str, Any]:
        """A draft as somebody would type it: its sources a line each."""
        names = ("version", "title", "message", "simple", "short", "summary")
        return {name: getattr(draft, name) for name in names} | {"sources": "\n".join(draft.sources)}

    def reads_as(self, language: str, direction: str) -> None:
        """The language of the words: sentences are counted in it, and it is typed its way."""
        self.language = language
        for name in WORDS:
            self[name].render_kw = {"lang": language, "dir": direction}

    def validate_message(self, field: Any) -> None:
        if checking.has_long_message(field.data or "", self.language):
            raise ValidationError(_("Two sentences at most. Put the rest into the text."))

    @property
    def words(self) -> dict[str, Any]:
        """The fields of a draft."""
        texts = {name: self[name].data or "" for name in WORDS}
        lines = (line.strip() for line in (self.sources.data or "").splitlines())
        return {**texts, "sources": [line for line in lines if line]}


class BeginForm(Form):
    language = SelectField(_l("Language"))

    def offer(self, languages: Iterable[tuple[str, str]]) -> None:
        self.language.choices = options(languages)


class PictureForm(Form):
    photo = PhotoField(_l("The picture"), [InputRequired(_l("Please choose a picture."))])
    alt = LineField(_l("What it shows, for those who cannot see it"), [Written()])
    name = LineField(
        _l("Its name in the text"),
        [
            Optional(),
            Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", message=_l("Small letters, digits and hyphens only.")),
        ],
    )

    @property
    def values(self) -> dict[str, Any]:
        return {
            "photo": self.photo.data,
            "alt": self.alt.data,
            "name": self.name.data or slug_of(self.alt.data or ""),
        }


class VersionForm(Form):
    """A deed about what was read: which writing of the draft that was."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class QuestionsForm(VersionForm):
    """The questions stand as fields of their own: made by `questions_form`."""

    @property
    def answers(self) -> dict[str, str]:
        return {key: self[key].data for key in keys() if self[key].data in ANSWERS}


def questions_form(draft: PageDraft) -> QuestionsForm:
    """One field a question, in the language of the page."""
    said = [("yes", _("Yes")), ("no", _("Not yet")), ("none", _("Not for this page"))]
    fields = {
        one.key: RadioField(one.words, choices=options(said), validate_choice=False)
        for part in questions()
        for one in part.questions
    }
    made: type[QuestionsForm] = type("AskedForm", (QuestionsForm,), fields)
    return made(data={**draft.checklist, "version": draft.version})
