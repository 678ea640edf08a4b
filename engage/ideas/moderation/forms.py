"""What the team may type about an idea."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from engage.accounts import queries as accounts_queries
from engage.core.cache import remember
from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.models import Idea, Progress, Publication
from engage.ideas.moderation import words
from engage.ideas.moderation.listing import Show, Wanted
from engage.intake.models import Door
from engage.themes import queries as themes_queries


def number_or_none(value: str | int | None) -> int | None:
    """What a list of rows gives: the number of one, or None for none."""
    said = str(value)
    return int(said) if said.isdecimal() else None


def themes_by_id() -> list[tuple[str, str]]:
    """Every theme, hidden ones too: what was filed under one stays there."""
    return [(str(theme.id), themes_queries.name(theme)) for theme in themes_queries.everything()]


def owners_by_id() -> list[tuple[str, str]]:
    """The team, for the several lists of one page."""
    return remember("owners_by_id", _team)


def _team() -> list[tuple[str, str]]:
    return [(str(account.id), account.full_name) for account in accounts_queries.staff()]


class DeskForm(Form):
    """One of several forms about an idea on one page: it reads what was posted only if it was sent itself.

    `name` stands before the name of each field; `marker` is a field that is always sent with it.
    `version` says how the idea was when the form was shown.
    """

    name: ClassVar[str]
    marker: ClassVar[str]
    sent = False
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @classmethod
    def of(cls, idea: Idea, **shown: Any) -> Self:
        """The form as it was sent, else with what the idea holds."""
        sent = request.method == "POST" and f"{cls.name}-{cls.marker}" in request.form
        form = cls(
            formdata=request.form if sent else None, prefix=cls.name, data={"version": idea.version, **shown}
        )
        form.sent = sent
        return form

    def fresh(self, idea: Idea) -> None:
        """Keep the words, over the idea as it is now that somebody else acted."""
        self.version.raw_data, self.version.data = None, idea.version


class VersionForm(DeskForm):
    """A button, for the idea as it was shown."""

    name = "button"
    marker = "version"


class AssignForm(DeskForm):
    name = "assign"
    marker = "owner_id"
    owner_id = SelectField(_l("Who answers"), coerce=number_or_none, validate_choice=True)
    due_on = DateField(_l("Answer promised for"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner_id.choices = options([("", _("Nobody yet")), *owners_by_id()])


class SentencesForm(Form):
    """The sentences offered when we refuse, one a line."""

    sentences = AreaField(_l("The sentences, one a line"), [Written()], max_length=6000)

    @property
    def texts(self) -> list[str]:
        return [line.strip() for line in (self.sentences.data or "").splitlines() if line.strip()]


class FilterForm(Form):
    """Which ideas to list; read from the address, so that a list can be kept and shared."""

    show = SelectField(_l("Part of the list"))
    search = LineField(_l("Words or code"))
    owner_id = SelectField(_l("Who answers"), coerce=number_or_none, validate_choice=False)
    theme_id = SelectField(_l("Theme"), coerce=number_or_none, validate_choice=False)
    door = SelectField(_l("Door"))
    publication = SelectField(_l("Publication"))
    progress = SelectField(_l("Progress"))

    def __init__(self, formdata: MultiDict[str, str]) -> None:
        super().__init__(formdata=formdata)
        everything = ("", _("All"))
        self.show.choices = options([(str(show), words.show(show)) for show in Show])
        self.owner_id.choices = options([everything, *owners_by_id()])
        self.theme_id.choices = options([everything, *themes_by_id()])
        self.door.choices = options([everything, *((str(door), words.door(door)) for door in Door)])
        self.publication.choices = options(
            [everything, *((str(p), words.publication(p)) for p in Publication)]
        )
        self.progress.choices = options([everything, *((str(p), words.progress(p)) for p in Progress)])

    @property
    def narrowed(self) -> bool:
        """Whether more was asked for than one of the usual parts of the list."""
        return any(self[name].data for name in ("search", "theme_id", "door", "publication", "progress"))

    def wanted(self, page: int) -> Wanted:
        """What was asked for; what makes no sense asks for nothing."""
        return Wanted(
            show=_one_of(Show, self.show.data) or Show.ALL,
            search=self.search.data or "",
            owner_id=self.owner_id.data,
            theme_id=self.theme_id.data,
            door=_one_of(Door, self.door.data),
            publication=_one_of(Publication, self.publication.data),
            progress=_one_of(Progress, self.progress.data),
            page=max(1, min(page, 100_000)),
        )


def _one_of(kind: Any, value: str | None) -> Any:
    return kind(value) if value in set(kind) else None
