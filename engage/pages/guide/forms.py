"""What the team types of the guide: its frame, a question with its choices, an end with its contacts."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from engage.core.forms import AreaField, Form, LineField, OnceForm, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.pages.guide.parsing import LINE, MOST_CHOICES, MOST_CONTACTS, MOST_LINES, SENTENCE
from engage.pages.guide.shaping import NEW_END, NEW_QUESTION
from engage.pages.guide.tree import Choice, Contact, End, Question, Source, Tree
from engage.pages.guide.words import ICONS, SOURCES

MORE_CHOICES, CONTACTS = 2, MOST_CONTACTS
SHORT = [Length(max=LINE)]


class VersionForm(Form):
    """Which draft was read."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class LinesField(AreaField):
    """A sentence a line."""

    def __init__(self, label: Any, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, validators, max_length=MOST_LINES * SENTENCE, **kwargs)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in (self.data or "").splitlines() if line.strip())

    def post_validate(self, _form: object, _stopped: bool) -> None:
        if len(self.sentences) > MOST_LINES:
            self.errors = [str(_l("%(most)d lines at most.", most=MOST_LINES))]
        elif any(len(line) > SENTENCE for line in self.sentences):
            self.errors = [str(_l("%(most)d characters a line at most.", most=SENTENCE))]


class FrameForm(VersionForm):
    title = LineField(_l("Title"), [Written(), *SHORT])
    lead = LineField(_l("One sentence under the title"), [Optional()])
    danger = LinesField(_l("Signs of danger, one a line"), [Written()])


class FileForm(VersionForm):
    file = FileField(
        _l("The file of a guide"),
        [FileRequired(_l("Choose a file."))],
        render_kw={"accept": ".yaml,.yml,application/yaml"},
    )


class QuestionForm(VersionForm, OnceForm):
    """`words0`, `icon0`, `to0` … are its choices; one that is new would lead to a new step at each click."""

    ask = LineField(_l("The question"), [Written(), *SHORT])
    help = LineField(_l("Help under the question"), [Optional()])

    def asked(self, question: Question) -> Question:
        """What was typed; a choice without words is taken away."""
        rows = [self._row(place) for place in range(MOST_CHOICES) if f"words{place}" in self._fields]
        choices = tuple(Choice(words, to, icon) for words, to, icon in rows if words)
        return Question(question.key, self.ask.data or "", self.help.data or "", choices)

    def _row(self, place: int) -> tuple[str, str, str]:
        words, to, icon = (self._fields[f"{name}{place}"].data or "" for name in ("words", "to", "icon"))
        return words, to, icon


class EndForm(VersionForm):
    """`who0`, `source0`, `phone0`, `hours0`, `place0` … are its contacts."""

    title = LineField(_l("Title"), [Written(), *SHORT])
    icon = SelectField(_l("Pictogram"))
    does = LineField(_l("Who helps, in one sentence"), [Written()])
    steps = LinesField(_l("What the reader can do, one a line"), [Optional()])
    page = SelectField(_l("The page that says more"))

    def ended(self, end: End) -> End:
        """What was typed; a contact of which nothing is said is taken away."""
        contacts = [self._contact(place) for place in range(CONTACTS)]
        return End(
            end.key,
            self.title.data or "",
            self.icon.data or "",
            self.does.data or "",
            self.steps.sentences,
            self.page.data or "",
            tuple(one for one in contacts if one.who or one.phone or one.source is not Source.OWN),
        )

    def _contact(self, place: int) -> Contact:
        held = {
            name: self._fields[f"{name}{place}"].data or "" for name in ("who", "phone", "hours", "place")
        }
        return Contact(source=Source(self._fields[f"source{place}"].data), **held)


def question_form(tree: Tree, question: Question, version: int) -> QuestionForm:
    """Filled with what the question says now, and two empty choices more."""
    ways = options(_ways(tree, question))
    fields: dict[str, Any] = {}
    for place in range(min(len(question.choices) + MORE_CHOICES, MOST_CHOICES)):
        held = question.choices[place] if place < len(question.choices) else Choice("", NEW_END)
        fields[f"words{place}"] = LineField(_l("Words"), [Optional(), *SHORT], default=held.words)
        fields[f"to{place}"] = SelectField(_l("Leads to"), choices=ways, default=held.to)
        icons = options(_icons(held.icon))
        fields[f"icon{place}"] = SelectField(_l("Pictogram"), choices=icons, default=held.icon)
    kind = type("QuestionFields", (QuestionForm,), fields)
    made: QuestionForm = kind(data={"ask": question.ask, "help": question.help, "version": version})
    return made


def _icons(held: str) -> list[tuple[str, Any]]:
    """Those that we propose, and the one that is there."""
    return [*ICONS.items(), *([] if held in ICONS else [(held, held)])]


def _ways(tree: Tree, question: Question) -> list[tuple[str, Any]]:
    new = [(NEW_END, _l("a new answer")), (NEW_QUESTION, _l("a new question"))]
    others = [one for one in tree.nodes if one.key != question.key]
    lost = {choice.to for choice in question.choices} - {one.key for one in others}
    said = [(one.key, f"? {one.title}" if isinstance(one, Question) else one.title) for one in others]
    return [*new, *said, *((key, key) for key in sorted(lost))]


def end_form(end: End, pages: list[tuple[str, str]], version: int) -> EndForm:
    fields: dict[str, Any] = {}
    for place in range(CONTACTS):
        held = end.contacts[place] if place < len(end.contacts) else Contact("")
        fields[f"who{place}"] = LineField(_l("Who answers"), [Optional(), *SHORT], default=held.who)
        sources = options(SOURCES.items())
        fields[f"source{place}"] = SelectField(
            _l("Phone and place"), choices=sources, default=str(held.source)
        )
        fields[f"phone{place}"] = LineField(_l("Phone"), [Optional(), Length(max=40)], default=held.phone)
        fields[f"hours{place}"] = LineField(_l("Hours"), [Optional(), *SHORT], default=held.hours)
        fields[f"place{place}"] = LineField(_l("Place"), [Optional()], default=held.place)
    kind = type("EndFields", (EndForm,), fields)
    now = {"title": end.title, "icon": end.icon, "does": end.does, "page": end.page, "version": version}
    made: EndForm = kind(data={**now, "steps": "\n".join(end.steps)})
    made.page.choices = options([("", _l("no page")), *pages])
    made.icon.choices = options(_icons(end.icon))
    return made
