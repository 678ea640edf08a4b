"""Which idea another one joins."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField
from wtforms.validators import InputRequired

from engage.ideas.moderation import queries
from engage.ideas.moderation.forms import DeskForm


class MergeForm(DeskForm):
    name = "merge"
    marker = "into"
    into = HiddenField(validators=[InputRequired()])

    @property
    def values(self) -> dict[str, Any]:
        """With the idea itself. Aborts with 404 when there is none."""
        return {"version": self.version.data, "into": queries.get(self.into.data or "")}
