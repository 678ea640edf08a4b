"""What the team types to begin, freeze and compare questionnaires."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Optional, Regexp, StopValidation
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.yamltext import MOST_BYTES, Fault, Invalid
from engage.surveys.questionnaire import checking
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.kinds import Change
from engage.surveys.questionnaire.names import CHANGES
from engage.surveys.questionnaire.parsing import parse

OFFERED = {
    "fr": "Français", "en": "English", "es": "Español", "pt": "Português", "ar": "العربية", "tr": "Türkçe",
    "uk": "Українська", "ro": "Română",
}  # fmt: skip


class RevisionForm(Form):
    """A deed on a draft, as it stood when the page was opened."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class LanguagesField(SelectMultipleField):
    """One language at least, ticked."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **kwargs: Any) -> None:
        needed = InputRequired(_l("Choose one language at least."))
        super().__init__(label, [needed], choices=options(OFFERED.items()), **kwargs)


class BlankForm(Form):
    """The frame of a new questionnaire, in the first of its languages."""

    name = LineField(_l("Its name"), [Written()])
    code = LineField(
        _l("Its short name, for addresses and files"),
        [Regexp(r"[a-z0-9-]{2,40}\Z", message=_l("Small letters, digits and hyphens only."))],
    )
    aim = AreaField(_l("Why we ask: what people read first"), [Written()], max_length=600)
    languages = LanguagesField(_l("Its languages"), default=["fr"])

    @property
    def document(self) -> Document:
        languages = tuple(self.languages.data or ())
        first = languages[0]
        return Document(
            self.code.data or "", {first: self.name.data or ""}, {first: self.aim.data or ""}, languages
        )


class QuestionnaireField(FileField):
    """A YAML file that could be frozen as it is; after validation `content` holds its bytes."""

    content: bytes = b""

    def pre_validate(self, _form: Any) -> None:
        """Raises StopValidation with every fault and its place, the first ten of them."""
        if not isinstance(self.data, FileStorage) or not self.data.filename:
            raise StopValidation(_("Choose a file."))
        with self.data.stream as sent:
            self.content = sent.read(MOST_BYTES + 1)
        if found := self._faults():
            raise StopValidation(" · ".join(map(str, found[:10])))

    def _faults(self) -> list[Fault]:
        try:
            return checking.faults(parse(self.content))
        except Invalid as invalid:
            return invalid.faults


class FileForm(Form):
    file = QuestionnaireField(_l("The file (YAML)"), render_kw={"accept": ".yaml,.yml"})


class ClassifyForm(RevisionForm):
    change = RadioField(
        _l("What does this do to the figures?"),
        [InputRequired(_l("Choose one."))],
        choices=options(CHANGES.items()),
        coerce=Change,
    )
    note = AreaField(_l("What changed, in one sentence"), [Optional()], max_length=500)
