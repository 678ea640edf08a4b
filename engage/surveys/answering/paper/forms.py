"""A sheet typed by digits, line by line, and a call typed in full words."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField
from wtforms.validators import InputRequired, Length, NumberRange

from engage.core.forms import LineField, PublicForm
from engage.core.i18n import language
from engage.core.i18n import lazy_gettext as _l
from engage.surveys.answering.filling import Filled, filled
from engage.surveys.answering.paper.lines import Line, Unreadable, lines, marks
from engage.surveys.answering.taking import OTHER
from engage.surveys.questionnaire.document import Document, words

MOST_SIGNS, MOST_NUMBER = 40, 99_999
Typed = dict[str, list[str]]


class SheetForm(PublicForm):
    """The number written on the sheet; a subclass adds one field a question, in the order of the paper."""

    number = IntegerField(
        _l("Sheet number"),
        [
            InputRequired(_l("Type the number of the sheet.")),
            NumberRange(1, MOST_NUMBER, _l("Type the number of the sheet.")),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    document: Document
    lines: list[Line]

    @classmethod
    def of(cls, document: Document, only: set[str] | None = None, **kwargs: Any) -> SheetForm:
        """A form with a line for each question, or for `only` some."""
        asked = [line for line in lines(document) if only is None or line.key in only]
        quiet = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        fields = {
            field_name(line): LineField(
                f"{line.number}. {words(line.question.text, language())}",
                [Length(max=MOST_SIGNS)],
                render_kw=quiet,
            )
            for line in asked
        }
        form: SheetForm = type("SheetOfVersion", (cls,), fields)(**kwargs)
        form.document, form.lines = document, asked
        return form

    def read(self, beside: Typed | None = None) -> Typed | None:
        """What the digits say, `beside` what is known already; None when some say nothing that can be."""
        said = dict(beside or {})
        for line in self.lines:
            field = self[field_name(line)]
            try:
                said[line.key] = marks(line, field.data or "")
            except Unreadable as fault:
                field.errors = [str(fault)]
        if not self.errors:
            for key, sentence in filled(self.document, said, on_paper=True).wrong.items():
                self._blame(key, sentence)
        return None if self.errors else said

    def _blame(self, key: str, sentence: str) -> None:
        """Beside its line, or at the top when that line is not on this page."""
        self._fields.get(f"q_{key}", self.number).errors = [sentence]


def field_name(line: Line) -> str:
    return f"q_{line.key}"


class CallForm(PublicForm):
    """The same questions, read aloud: the fields carry the codes of choices, and words as they were said."""

    def read(self, document: Document, sent: Any) -> tuple[Typed, Filled]:
        """What was marked for each question, and what it says; nobody is made to answer on the phone."""
        said: Typed = {}
        for line in lines(document):
            for key in (line.key, line.key + OTHER):
                if held := sent.getlist(f"q_{key}"):
                    said[key] = held
        return said, filled(document, said, on_paper=True)
