"""What a group types to decide: the question, a ballot, what was counted, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from wtforms import DateField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from engage.core.forms import AreaField, Form, LineField, OnceForm, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.deciding import rules, words
from engage.groups.deciding.models import Decision, Way
from engage.groups.meeting.models import Meeting
from engage.groups.models import Autonomy, Group

MOST = 1000
SUMMARY_LINES = 6


def _number_or_none(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None


class AskForm(OnceForm):
    """The question; the meetings to choose from are given by the view."""

    question = LineField(_l("The question"), [Written()])
    way = RadioField(_l("How the group decides"), coerce=Way, choices=options(words.WAYS.items()))
    options = AreaField(_l("The options, one a line"), [Optional()], max_length=1000)
    meeting_id = SelectField(_l("At which meeting"), coerce=_number_or_none)
    moves_autonomy = SelectField(_l("Does it change the autonomy of the group?"))

    def offer(self, group: Group, meetings: Iterable[tuple[Meeting, str]]) -> None:
        held = [(meeting.id, label) for meeting, label in meetings]
        self.meeting_id.choices = options([("", _("At no meeting")), *held])
        steps = [(step, words.autonomy(step)) for step in Autonomy if step is not group.autonomy]
        self.moves_autonomy.choices = options([("", _("No, another question")), *steps])

    @property
    def values(self) -> dict[str, Any]:
        lines = [line.strip() for line in (self.options.data or "").splitlines()]
        return {**super().values, "options": [line for line in lines if line]}


class VersionForm(Form):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class PublishForm(Form):
    is_public = SelectField(choices=options([("yes", ""), ("no", "")]), widget=HiddenInput())

    @property
    def values(self) -> dict[str, Any]:
        return {"is_public": self.is_public.data == "yes"}


class ReviewForm(VersionForm):
    words = AreaField(_l("What became of it"), [Written()])
    again_on = DateField(_l("Look at it once more on"), [Optional()])


class CloseForm(VersionForm):
    """What every way of deciding ends with; what was counted is added by `close_form`."""

    words = AreaField(_l("What was said, in a few words"), [Optional()])
    review_on = DateField(_l("Look at it again on"), [Optional()])

    @property
    def asked(self) -> list[Any]:
        """The fields for what was counted."""
        return [field for field in self if field.name.startswith(("count", "point", "number", "paper"))]

    @property
    def values(self) -> dict[str, Any]:
        kept = {name: self.data[name] for name in ("words", "review_on", "version")}
        return {**kept, **self._counted()}

    def _counted(self) -> dict[str, Any]:
        counts = {name.removeprefix("count_"): value for name, value in self.data.items() if "count_" in name}
        return {"counts": counts}


class ScoresForm(CloseForm):
    def _counted(self) -> dict[str, Any]:
        sums = {name.removeprefix("paper_"): value for name, value in self.data.items() if "paper_" in name}
        return {"counts": {"ballots": self.data["number"] or 0, "sums": {k: v or 0 for k, v in sums.items()}}}

    def validate(self, extra_validators: Any = None) -> bool:
        """No option can have more than each paper ballot gave it at most."""
        is_fine = bool(super().validate(extra_validators))
        most = (self.data["number"] or 0) * rules.BEST
        for field in self.asked:
            if field.name.startswith("paper_") and not field.errors and (field.data or 0) > most:
                field.errors = [_("With these ballots, at most %(most)d.", most=most)]
                is_fine = False
        return is_fine


class SummaryForm(CloseForm):
    """What came out of small groups (1-2-4-all): each idea, and how many tables said it."""

    def _counted(self) -> dict[str, Any]:
        rows = [(self.data[f"point_{place}"], self.data[f"count_{place}"]) for place in range(SUMMARY_LINES)]
        said = [(text, tables or 1) for text, tables in rows if text]
        counts = {str(place): tables for place, (_text, tables) in enumerate(said)}
        return {"counts": counts, "options": [text for text, _tables in said]}


def _whole(label: Any, most: int, *, needed: bool = True) -> IntegerField:
    wrong = _l("Please write a number from 0 to %(most)d.", most=most)
    first = InputRequired(wrong) if needed else Optional()
    return IntegerField(
        label, [first, NumberRange(0, most, message=wrong)], render_kw={"inputmode": "numeric"}
    )


def _shown(kind: type[Form], fields: dict[str, Any], *, sent: bool, **held: Any) -> Form:
    """One of several forms of a page: it reads what was posted only if it was sent itself."""
    made = type(kind.__name__, (kind,), fields)
    return cast("Form", made(data=held) if sent else made(formdata=None, data=held))


def close_form(decision: Decision, *, sent: bool = False) -> CloseForm:
    """The form that this way of deciding ends with."""
    kind, fields = CLOSING[decision.way](rules.labels(decision))
    return cast("CloseForm", _shown(kind, fields, sent=sent, version=decision.version))


Fields = tuple[type[CloseForm], dict[str, Any]]
Labels = Sequence[tuple[str, str]]


def _consent(_labels: Labels) -> Fields:
    return CloseForm, {"count_objections": _whole(_l("How many people object"), MOST)}


def _hands(labels: Labels) -> Fields:
    return CloseForm, {
        f"count_{key}": _whole(_l("Hands raised: %(option)s", option=label), MOST) for key, label in labels
    }


def _scores(labels: Labels) -> Fields:
    number = _whole(_l("How many paper ballots"), MOST, needed=False)
    sums = {
        f"paper_{key}": _whole(_l("Sum on paper: %(option)s", option=label), MOST * rules.BEST, needed=False)
        for key, label in labels
    }
    return ScoresForm, {"number": number, **sums}


def _summary(_labels: Labels) -> Fields:
    fields: dict[str, Any] = {}
    for place in range(SUMMARY_LINES):
        needed = [Written()] if place == 0 else [Optional()]
        fields[f"point_{place}"] = LineField(_l("Idea %(num)d", num=place + 1), needed)
        said = _l("How many tables said idea %(num)d", num=place + 1)
        fields[f"count_{place}"] = _whole(said, MOST, needed=False)
    return SummaryForm, fields


CLOSING = {Way.CONSENT: _consent, Way.HANDS: _hands, Way.SCORES: _scores, Way.SUMMARY: _summary}


class BallotForm(Form):
    """One score for each option; built by `ballot_form`."""

    @property
    def values(self) -> dict[str, Any]:
        return {"scores": {name.removeprefix("score_"): value for name, value in self.data.items()}}


def ballot_form(decision: Decision, *, sent: bool = False) -> BallotForm:
    scale = options([(score, words.SCORES[score]) for score in range(rules.BEST, -1, -1)])
    needed = [InputRequired(_l("Please choose a score for this option."))]
    fields = {
        f"score_{key}": RadioField(label, needed, choices=scale, coerce=int)
        for key, label in rules.labels(decision)
    }
    return cast("BallotForm", _shown(BallotForm, fields, sent=sent))
