"""What is typed to take up an idea for a group, or to answer in its name."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import SelectField

from engage.core.forms import AreaField, Form, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.groups.models import Group


class TakeUpForm(Form):
    """`group` by its code; the groups to choose from are given by the view."""

    group = SelectField(_l("For which group"))

    def offer(self, groups: Iterable[Group]) -> None:
        self.group.choices = options([(group.code, group.name) for group in groups])


class AnswerForm(Form):
    """One for each group of a page: `prefix` is the group's code."""

    text = AreaField(_l("The answer of the group"), [Written()])
