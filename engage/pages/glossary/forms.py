"""What the team types to explain a word."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import LANGUAGES
from engage.core.i18n import lazy_gettext as _l
from engage.pages.glossary.models import Term
from engage.pages.glossary.plan import LONGEST_DEFINITION, LONGEST_EXPANSION, LONGEST_TERM, parted


class TermForm(Form):
    term = LineField(_l("The word, or the initials"), [Written(), Length(max=LONGEST_TERM)])
    expansion = LineField(_l("What the initials stand for"), [Optional(), Length(max=LONGEST_EXPANSION)])
    definition = AreaField(_l("What it means"), [Written()], max_length=LONGEST_DEFINITION)
    forms = LineField(_l("Other ways to write it"), [Optional()])

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"forms": parted(self.forms.data or "")}


class NewTermForm(TermForm):
    language = SelectField(_l("Language"), choices=options(LANGUAGES.items()), default="fr")


class EditTermForm(TermForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


def typed(word: Term) -> dict[str, Any]:
    """What stands in the form before anything is changed."""
    held = {name: getattr(word, name) for name in EditTermForm(formdata=None)._fields}
    return held | {"forms": ", ".join(word.forms)}
