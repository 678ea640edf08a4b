"""What is typed to take up a finding for a group."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import SelectField

from engage.core.forms import Form, LineField, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.groups.models import Group


class TakeUpForm(Form):
    """`group` by its code; the groups to choose from are given by the view."""

    words = LineField(_l("What the group works on, in a sentence"), [Written()])
    group = SelectField(_l("For which group"))

    def offer(self, groups: Iterable[Group]) -> None:
        self.group.choices = options([(group.code, group.name) for group in groups])
