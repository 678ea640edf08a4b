"""One file for each wording of a question that is read aloud."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField

from engage.core.i18n import lazy_gettext as _l
from engage.surveys.questionnaire.building.forms import label
from engage.surveys.questionnaire.document import Question
from engage.surveys.questionnaire.forms import RevisionForm
from engage.surveys.questionnaire.queries import Wording
from engage.uploads.forms import SoundField
from engage.uploads.sounds import CheckedSound


class RecordingForm(RevisionForm):
    """A file, and a box to take away what is there, by wording."""

    @property
    def changes(self) -> dict[Wording, CheckedSound | None]:
        """What to keep, or None to take it away; a new file wins over the box."""
        found: dict[Wording, CheckedSound | None] = {}
        for name, field in self._fields.items():
            part, *wording = name.split("__")
            if field.data and part in ("drop", "sound"):
                found[wording[0], wording[1]] = field.data if part == "sound" else None
        return found


def recording_form(question: Question, revision: int) -> RecordingForm:
    """The fields of every wording this question has."""
    fields: dict[str, Any] = {}
    for language, held in question.text.items():
        for variant in held:
            name = f"{language}__{variant}"
            fields[f"drop__{name}"] = BooleanField(_l("Take this recording away"))
            fields[f"sound__{name}"] = SoundField(label(language, variant))
    kind = type("RecordingFields", (RecordingForm,), fields)
    made: RecordingForm = kind(data={"revision": revision})
    return made
