"""What the team types to publish an idea, to refuse it or to ask its author."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from engage.core.forms import AreaField, LineField, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.models import Idea
from engage.ideas.moderation.forms import DeskForm, number_or_none, themes_by_id
from engage.ideas.moderation.queries import reasons
from engage.intake import queries as intake_queries
from engage.intake.screening import Finding, Kind

TOLD_APART = {Kind.PERSON, Kind.HEALTH}


class ReadingForm(DeskForm):
    """The public version of an idea; `hide` lists the marked words to mask."""

    name = "reading"
    marker = "text"
    title = LineField(_l("Title people read"))
    theme_id = SelectField(_l("Theme"), coerce=number_or_none)
    text = AreaField(_l("Text people read"), [Written()], max_length=4000)
    hide = SelectMultipleField(_l("Words to mask"), validate_choice=False)
    photo_is_public = BooleanField(_l("Publish the photo"))
    photo_alt = LineField(_l("What the photo shows"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme_id.choices = options([("", _("No theme")), *themes_by_id()])
        self.marked: list[Finding] = []

    def validate_photo_alt(self, field: LineField) -> None:
        if self.photo_is_public.data and not field.data:
            raise ValidationError(_("Say what the photo shows: some people hear it instead of seeing it."))


def reading_form(idea: Idea) -> ReadingForm:
    """The form with the words of the idea; what is surely personal is proposed to be masked.

    Words of distress are nobody's personal data: they stay, and call for somebody who reads them.
    """
    marked = intake_queries.findings(f"{idea.title}\n{idea.text}")
    found = [finding for finding in marked if finding.kind is not Kind.DISTRESS]
    form = ReadingForm.of(
        idea,
        title=idea.title,
        theme_id=idea.theme_id,
        text=idea.text,
        hide=[finding.text for finding in found if finding.kind not in TOLD_APART],
        photo_is_public=idea.photo_is_public,
        photo_alt=idea.photo.alt if idea.photo else "",
    )
    form.marked = list({finding.text: finding for finding in found}.values())
    form.text.render_kw = {"lang": idea.language}
    return form


def spans(text: str) -> Sequence[tuple[str, Finding | None]]:
    """The text in pieces: plain ones, and marked ones with what they seem to be."""
    pieces: list[tuple[str, Finding | None]] = []
    at = 0
    for finding in intake_queries.findings(text):
        pieces += [(text[at : finding.start], None), (finding.text, finding)]
        at = finding.end
    return [*pieces, (text[at:], None)]


class RefuseForm(DeskForm):
    """Why an idea is not published: a sentence of ours, more words, or both."""

    name = "refuse"
    marker = "more"
    sentence = SelectField(_l("Why"))
    more = AreaField(_l("In your words"), max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(reason, reason) for reason in reasons()]
        self.sentence.choices = options([("", _("Choose a sentence, or write your own below")), *own])

    def validate_more(self, field: AreaField) -> None:
        if not field.data and not self.sentence.data:
            raise ValidationError(_("Choose a sentence or write one: the author will read it."))

    @property
    def values(self) -> dict[str, Any]:
        reason = "\n\n".join(filter(None, [self.sentence.data, self.more.data]))
        return {"version": self.version.data, "reason": reason}


class AskForm(DeskForm):
    name = "ask"
    marker = "question"
    question = AreaField(_l("Your question to the author"), [Written()], max_length=600)


class PrecisionForm(DeskForm):
    """Whether what the author added is public."""

    name = "precision"
    marker = "step_id"
    step_id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    public = BooleanField(widget=HiddenInput())
