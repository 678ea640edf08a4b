"""Who comes along, what they need, and what the organiser asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from wtforms import BooleanField, Field, SelectField, SelectMultipleField
from wtforms.validators import Length, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from engage.core.forms import AreaField, Form, LineField, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.events.agenda.queries import Question
from engage.events.kinds import CompanionRole, Need
from engage.events.programme.choosing import Choice
from engage.events.programme.document import Timed
from engage.events.signing.models import MOST_PEOPLE, SignUp
from engage.events.words import NEEDS, ROLES

MOST_COMPANIONS = MOST_PEOPLE - 1
MOST_QUESTIONS = 5
NAME_LENGTH = 80
LINES = range(1, MOST_COMPANIONS + 1)
COMPANION = [f"{part}_{place}" for place in LINES for part in ("role", "name")]
ANSWERS = [f"answer_{place}" for place in range(1, MOST_QUESTIONS + 1)]
LONGEST_ANSWER = 300
COMPANIONS = options([("", _l("Nobody else")), *ROLES.items()])
NEEDED = options(NEEDS.items())


class Boxes(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PartyForm(Form):
    """A line for each companion (`role_1`, `name_1` …), boxes for needs, a line for each answer.

    Where the day has slots for which people sign up apart, boxes for those; `held` are those chosen before.
    `is_alone`: it was sent by somebody who brings nobody, and needs no lines for companions.
    """

    slots = Boxes(
        _l("What do you want to come to?"),
        [Optional()],
        coerce=int,
        description=_l("You may choose several, at different hours. You may also choose nothing."),
    )
    needs = Boxes(_l("What do you need, to be able to come?"), [Optional()])
    needs_words = AreaField(
        _l("Anything else we should prepare?"),
        [Optional()],
        max_length=500,
        description=_l("Say what would help you. No need to name an illness."),
    )
    photos = BooleanField(
        _l("I agree to be on pictures"),
        description=_l("We may show them on this site. For you alone. You can change your mind at any time."),
    )

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question] = (),
        slots: Sequence[Timed] = (),
        held: Sequence[int] = (),
        is_alone: bool = False,
        without: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        absent = [*without, *ANSWERS[len(questions) :], *(COMPANION if is_alone else ())]
        super().__init__(*args, without=absent if slots else [*absent, "slots"], **kwargs)
        self.needs.choices = NEEDED
        self.choice = Choice(slots, held)
        if slots:
            self.slots.choices = self.choice.boxes
        self.questions = questions
        for field, question in zip(self.asked, questions, strict=False):
            self._ask(field, question)

    def _ask(self, field: Any, question: Question) -> None:
        field.label.text = question.text
        if question.is_required:
            field.validators = [Length(max=LONGEST_ANSWER), Written(_l("Please answer this question."))]
            field.flags.optional = None

    def validate_role_1(self, field: Field) -> None:
        """More lines than there are on the page come from elsewhere: nobody is left out in silence."""
        beyond = [name for name in request.form if name.startswith("role_") and name not in self]
        if any(request.form[name] for name in beyond):
            raise StopValidation(_("You can come with 5 people at most. For a larger group, call us."))

    def validate_slots(self, field: Field) -> None:
        """What can be said before anything is locked; the action looks again."""
        if sentence := self.choice.fault(field.data or [], 1 + len(self.companions)):
            raise StopValidation(sentence)

    @property
    def lines(self) -> list[tuple[Field, Field]]:
        """The fields of each companion: role, name."""
        return [(self[f"role_{place}"], self[f"name_{place}"]) for place in LINES if f"role_{place}" in self]

    @property
    def asked(self) -> list[Field]:
        """The fields of the organiser's questions."""
        return [self[name] for name in ANSWERS if name in self]

    @property
    def companions(self) -> list[tuple[CompanionRole, str]]:
        """A name without a role is somebody all the same."""
        other = CompanionRole.OTHER.value
        came = [(role.data or (other if name.data else ""), name.data or "") for role, name in self.lines]
        return [(CompanionRole(role), name) for role, name in came if role]

    @property
    def chosen(self) -> list[int] | None:
        """The slots that were ticked; None where there is nothing to choose."""
        return list(self.slots.data or []) if "slots" in self else None

    @property
    def party(self) -> dict[str, Any]:
        """What the actions take."""
        return {
            "companions": self.companions,
            "needs": [Need(need) for need in self.needs.data or []],
            "needs_words": self.needs_words.data or "",
            "answers": [field.data or "" for field in self.asked],
        }

    @property
    def said(self) -> str:
        """All the words that were written freely."""
        return "\n\n".join([self.needs_words.data or "", *(field.data or "" for field in self.asked)])


for _place in LINES:
    _role = SelectField(_l("With me, person %(n)s", n=_place), [Optional()], choices=COMPANIONS)
    setattr(PartyForm, f"role_{_place}", _role)
    _name = LineField(_l("Their name"), [Optional(), Length(max=NAME_LENGTH)])
    setattr(PartyForm, f"name_{_place}", _name)
for _answer in ANSWERS:
    setattr(PartyForm, _answer, LineField("", [Optional(), Length(max=LONGEST_ANSWER)]))


def is_sent_alone() -> bool:
    """Whether the form that was sent names nobody who comes along."""
    lines = (words for name, words in request.form.items(multi=True) if name.startswith(("role_", "name_")))
    return request.method == "POST" and not any(lines)


def typed_before(sign_up: SignUp) -> dict[str, Any]:
    """The party of a sign-up, as its form shows it."""
    typed: dict[str, Any] = {"needs": list(sign_up.needs), "needs_words": sign_up.needs_words or ""}
    typed["photos"] = sign_up.agrees_to_photos
    for place, companion in enumerate(sign_up.companions, 1):
        typed |= {f"role_{place}": companion.role.value, f"name_{place}": companion.name or ""}
    return typed | {f"answer_{place}": answer for place, answer in enumerate(sign_up.said, 1)}
