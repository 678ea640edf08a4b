"""A recording sent by the team."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField
from wtforms.validators import DataRequired

from engage.core.forms import Form, LineField, options
from engage.core.i18n import lazy_gettext as _l
from engage.uploads import sounds
from engage.uploads.forms import SoundField


class RecordForm(Form):
    text = RadioField(_l("Which text was read aloud?"))
    sound = SoundField(
        _l("Recording"), [DataRequired(_l("Please choose your recording."))], limits=sounds.LONG
    )
    said_by = LineField(_l("Who reads? Shown to readers, if you write it."))

    def offer(self, texts: Mapping[str, Any]) -> None:
        self.text.choices = options(texts.items())
