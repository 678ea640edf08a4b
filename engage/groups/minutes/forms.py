"""What people type in minutes, about minutes, and for tasks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from engage.core.forms import AreaField, Form, LineField, OnceForm, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.models import Membership

LINE, FULL = 2000, 40_000


def _number_or_none(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None


class VersionForm(Form):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class WriteForm(VersionForm):
    heard = AreaField(_l("What we heard"), [Optional()], max_length=LINE)
    decided = AreaField(_l("What we decided"), [Optional()], max_length=LINE)
    in_full = AreaField(_l("In full"), [Optional()], max_length=FULL)


class CorrectForm(OnceForm):
    words = AreaField(_l("What should be written otherwise"), [Written()])


class AnswerForm(Form):
    """One for each correction of a page: `prefix` is the code of its correction."""

    is_taken = RadioField(
        _l("This correction"),
        [InputRequired(_l("Please choose an answer."))],
        choices=options([("yes", _l("is taken: the text is mended")), ("no", _l("is not taken"))]),
    )
    answer = AreaField(_l("Your words to who wrote it"), [Optional()], max_length=LINE)

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "is_taken": self.is_taken.data == "yes"}

    @property
    def code(self) -> str:
        return str(self._prefix).rstrip("-")


class PublishForm(Form):
    public_words = AreaField(_l("The words for everyone"), [Written()], max_length=FULL)


class TaskForm(OnceForm):
    text = LineField(_l("What is to do"), [Written()])
    owner_id = SelectField(_l("Who does it"), coerce=_number_or_none)
    due_on = DateField(_l("Until when"), [Optional()])

    def offer(self, members: Iterable[Membership]) -> None:
        people = [(one.account_id, one.account.full_name) for one in members if one.account]
        self.owner_id.choices = options([("", _("Nobody yet")), *people])


class DoneForm(Form):
    done = SelectField(choices=options([("yes", ""), ("no", "")]), widget=HiddenInput())

    @property
    def values(self) -> dict[str, Any]:
        return {"is_done": self.done.data == "yes"}
