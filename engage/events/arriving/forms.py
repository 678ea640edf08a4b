"""What the team and whoever stands at the door may type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from engage.core.forms import LineField, PublicForm, options
from engage.core.i18n import lazy_gettext as _l
from engage.events.arriving.entries import MOST_AT_ONCE, Entry, Said, checked
from engage.events.arriving.models import ArrivalKind
from engage.events.arriving.queries import Guest
from engage.events.kinds import SignUpState
from engage.events.signing.models import MOST_PEOPLE

PEOPLE = options([(number, number) for number in range(1, MOST_PEOPLE + 1)])
NOT, EXCUSED = "0", "excused"


class DeviceForm(PublicForm):
    """How the team tells one telephone from another."""

    device = LineField(_l("Name of this phone"), [Optional()])


class ClaimForm(PublicForm):
    """The code that the team hands over, typed or scanned."""

    ticket = LineField(
        _l("Code of the team"),
        [InputRequired(_l("Please type the code."))],
        render_kw={"autocomplete": "off"},
    )


class WalkInForm(PublicForm):
    """Somebody who came without a sign-up; a name is not asked of anybody."""

    name = LineField(_l("Name, if they like"), [Optional()])
    party = SelectField(_l("How many people?"), choices=PEOPLE, coerce=int, default=1)


class HeadsForm(PublicForm):
    """How many people were there, whoever they are."""

    heads = IntegerField(
        _l("How many people were there?"),
        [
            InputRequired(_l("Please type a number.")),
            NumberRange(0, MOST_AT_ONCE, _l("Please type a number from 0 to %(most)s.", most=MOST_AT_ONCE)),
        ],
        render_kw={"inputmode": "numeric"},
    )


class ListForm(PublicForm):
    """The paper list on the screen: of each sign-up how many came; what makes no sense is left alone."""

    def said(self, guests: Sequence[Guest], typed: Mapping[str, str]) -> dict[str, Said]:
        """Of the sign-ups that stood on the page."""
        found = {guest.code: typed.get(f"guest-{guest.code}", "") for guest in guests}
        return {code: _said(words) for code, words in found.items() if words in ANSWERS}


ANSWERS = {NOT, EXCUSED, *(str(number) for number in range(1, MOST_PEOPLE + 1))}


def _said(words: str) -> Said:
    return Said(is_excused=True) if words == EXCUSED else Said(int(words))


def answer(guest: Guest) -> str:
    """What the screen shows of somebody before anything is typed."""
    if guest.is_here:
        return str(guest.party)
    return EXCUSED if guest.state is SignUpState.EXCUSED else NOT


class DoorForm(PublicForm):
    """One press of a button at the door, where no script runs."""

    def pressed(self, typed: Mapping[str, str]) -> Entry | None:
        """What was noted; None when no button says it."""
        key = (self.submission_key.data or "")[:40]
        for kind in (ArrivalKind.CAME, ArrivalKind.UNDONE):
            if who := typed.get(kind.value, ""):
                heads = _whole(typed.get(f"heads-{who}", "")) if kind is ArrivalKind.CAME else 0
                return checked(Entry(f"{key}-{kind}-{who}"[:64], kind, who, heads))
        if "walk_in" in typed:
            return checked(
                Entry(key, ArrivalKind.WALK_IN, "", _whole(typed.get("party", "")), typed.get("name", ""))
            )
        if step := {"1": ArrivalKind.COUNT, "-1": ArrivalKind.UNDONE}.get(typed.get("count", "")):
            return Entry(f"{key}-{step}", step, "", 1)
        return None


def _whole(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 3 else 0
