"""Who comes along, what they need, and what the organiser asks."""

from __future__ import annotations

from collections.abc import Sequence
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
LONGEST_ANSWER = 300
COMPANIONS = options([("", _l("Nobody else")), *ROLES.items()])


class Boxes(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PartyForm(Form):
    """A line for each companion (`role_1`, `name_1` …), boxes for needs, a line for each answer.

    Where the day has slots for which people sign up apart, boxes for those; `held` are those chosen before.
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
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs.choices = options(NEEDS.items())
        self.choice = Choice(slots, held)
        if slots:
            self.slots.choices = self.choice.boxes
        else:
            del self.slots
        self.questions = questions
        for place in LINES:
            self[f"role_{place}"].choices = COMPANIONS
        for place in range(1, MOST_QUESTIONS + 1):
            self._ask(f"answer_{place}", questions[place - 1] if place <= len(questions) else None)

    def _ask(self, name: str, question: Question | None) -> None:
        if question is None:
            del self[name]
            return
        field = self[name]
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
        return [(self[f"role_{place}"], self[f"name_{place}"]) for place in LINES]

    @property
    def asked(self) -> list[Field]:
        """The fields of the organiser's questions."""
        return [self[f"answer_{place}"] for place in range(1, len(self.questions) + 1)]

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
    setattr(PartyForm, f"role_{_place}", SelectField(_l("With me, person %(n)s", n=_place), [Optional()]))
    _name = LineField(_l("Their name"), [Optional(), Length(max=NAME_LENGTH)])
    setattr(PartyForm, f"name_{_place}", _name)
for _place in range(1, MOST_QUESTIONS + 1):
    setattr(PartyForm, f"answer_{_place}", LineField("", [Optional(), Length(max=LONGEST_ANSWER)]))


def typed_before(sign_up: SignUp) -> dict[str, Any]:
    """The party of a sign-up, as its form shows it."""
    typed: dict[str, Any] = {"needs": list(sign_up.needs), "needs_words": sign_up.needs_words or ""}
    typed["photos"] = sign_up.agrees_to_photos
    for place, companion in enumerate(sign_up.companions, 1):
        typed |= {f"role_{place}": companion.role.value, f"name_{place}": companion.name or ""}
    return typed | {f"answer_{place}": answer for place, answer in enumerate(sign_up.said, 1)}
