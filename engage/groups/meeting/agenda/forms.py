"""What a member wishes to speak of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from engage.core.forms import Form, LineField, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.registry import Subject

LONGEST = 240


class WishForm(Form):
    """Words, or a subject of the group, or both."""

    text = LineField(_l("What shall we speak of?"), [Optional()])
    subject = SelectField(_l("A subject of the group"), default="")
    minutes = IntegerField(
        _l("How many minutes"), [Optional(), NumberRange(1, LONGEST, message=_l("From 1 to 240 minutes."))]
    )

    def offer(self, subjects: Iterable[Subject]) -> None:
        self.titles = {f"{one.kind}:{one.ref}": one.title for one in subjects}
        self.subject.choices = options([("", _l("No subject")), *self.titles.items()])

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two is enough."""
        if not super().validate(extra_validators):
            return False
        if not self.subject.data and not self.text.data:
            self.text.errors = [_("Write a few words, or choose a subject.")]
            return False
        return True

    @property
    def values(self) -> dict[str, Any]:
        """Once the form is valid."""
        kind, _colon, ref = (self.subject.data or "").partition(":")
        text = self.text.data or self.titles[self.subject.data]
        return {"text": text, "minutes": self.minutes.data, "about": (kind, ref)}
