"""What the team types to say how far an idea is, and to answer it."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from engage.centre import queries as centre_queries
from engage.core.forms import AreaField, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.models import Idea, Progress
from engage.ideas.moderation import words
from engage.ideas.moderation.answer_check import Doubt, check
from engage.ideas.moderation.forms import DeskForm
from engage.ideas.moderation.progress import queries


class MoveForm(DeskForm):
    name = "move"
    marker = "words"
    progress = SelectField(_l("New stage"), coerce=Progress)
    words = AreaField(_l("Words for everyone"), max_length=1000)

    def choose_from(self, idea: Idea) -> None:
        """Only where the idea can go from here; the fields say which stages ask for words."""
        self.idea = idea
        self.progress.choices = options([(str(to), words.progress(to)) for to in queries.possible(idea)])

    def validate_words(self, field: AreaField) -> None:
        if self.progress.data and queries.needs_words(self.idea, self.progress.data) and not field.data:
            raise ValidationError(_("Say why: the author and the public will read it."))


class AnswerForm(DeskForm):
    """An answer; `anyway` is sent with it by somebody who has read the doubts and keeps their words."""

    name = "answer"
    marker = "text"
    text = AreaField(_l("Answer everyone will read"), [Written()], max_length=4000)
    anyway = HiddenField()

    @property
    def doubts(self) -> list[Doubt]:
        """What should be looked at again before it is public; none once the person said so."""
        return [] if self.anyway.data else check(self.text.data or "", centre_queries.staff_names())

    @property
    def values(self) -> dict[str, Any]:
        return {"version": self.version.data, "text": self.text.data}


def move_form(idea: Idea) -> MoveForm:
    form = MoveForm.of(idea)
    form.choose_from(idea)
    return form


def answer_form(idea: Idea, draft: str = "") -> AnswerForm:
    return AnswerForm.of(idea, text=draft)
