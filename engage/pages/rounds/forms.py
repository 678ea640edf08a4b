"""What readers say, and what the team types in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from engage.core.forms import AreaField, Form, LineField, OnceForm, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.groups.models import Group
from engage.pages.markup import Line
from engage.pages.models import Body, PageVersion
from engage.pages.rounds.models import ReaderKind, Understanding
from engage.pages.rounds.words import KINDS, MARKS

REMARK = 500


class CodeForm(Form):
    code = LineField(_l("Your code"), [Written()])


class KindForm(Form):
    kind = RadioField(
        _l("Who are you?"),
        [InputRequired(_l("Please choose what is closest to you."))],
        choices=options(KINDS.items()),
        coerce=ReaderKind,
    )


class MarkForm(Form):
    """The button that was pressed, and a remark if there is one."""

    mark = RadioField(choices=options(MARKS.items()), coerce=Understanding)
    remark = AreaField(_l("What is difficult, or what would you say?"), max_length=REMARK)


class FinishForm(Form):
    overall = AreaField(_l("Would you like to add something?"))


def _chosen(value: str) -> int | None:
    return int(value) if value.isdecimal() else None


class BeginForm(Form):
    body = RadioField(_l("Which text?"), coerce=Body)
    group = SelectField(_l("Which group reads?"), coerce=_chosen, validate_choice=False)
    closes_on = DateField(_l("Until which day?"), [InputRequired(_l("Please choose a day to come."))])

    def offer(self, version: PageVersion, groups: Iterable[Group]) -> None:
        """The texts that this version has, and groups that are not over."""
        named = {Body.SHORT: _l("Short text"), Body.SIMPLE: _l("Text for everyone")}
        self.body.choices = options(
            (body, name) for body, name in named.items() if body is Body.SIMPLE or version.short.strip()
        )
        running = [(one.id, one.name) for one in groups if not one.is_closed]
        self.group.choices = options([("", _l("No group: people whom I invite")), *running])


class InviteForm(OnceForm):
    name = LineField(_l("Name, for the team alone"), [Optional()])


class ChangedForm(Form):
    changed = AreaField(_l("What did the readers make change?"))


class SheetForm(Form):
    """A sheet of paper: who read, and each line in fields of its own, `mark-3` and `remark-3`."""

    kind = SelectField(_l("Who read?"), coerce=lambda value: ReaderKind(value) if value else None)
    overall = AreaField(_l("What they wrote at the end"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = options([("", _l("Not said on the sheet")), *KINDS.items()])


def typed(posted: Any, lines: Iterable[Line]) -> dict[int, tuple[Understanding, str]]:
    """The ticked lines among what was posted; a remark beside no tick counts as not sure."""
    found = {}
    for line in lines:
        ticked, remark = posted.get(f"mark-{line.number}", ""), posted.get(f"remark-{line.number}", "")
        remark = " ".join(remark.split())[:REMARK]
        if ticked in set(Understanding) or remark:
            known = Understanding(ticked) if ticked in set(Understanding) else Understanding.UNSURE
            found[line.number] = (known, remark)
    return found
