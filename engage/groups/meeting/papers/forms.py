"""A paper: the file, and what it is called."""

from __future__ import annotations

from wtforms.validators import InputRequired

from engage.core.forms import LineField, OnceForm, Written
from engage.core.i18n import lazy_gettext as _l
from engage.uploads.forms import PaperField


class PaperForm(OnceForm):
    title = LineField(_l("What is this paper?"), [Written()])
    file = PaperField(_l("The file: a PDF or a photo"), [InputRequired(_l("Choose a file."))])
