"""What a member of a group may say anew, for all its dates at once."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField
from wtforms.validators import InputRequired

from engage.core.forms import options
from engage.core.i18n import lazy_gettext as _l
from engage.events.agenda.forms import PartyForm
from engage.events.joining.models import Member
from engage.events.kinds import Reminded
from engage.events.reminding import ways
from engage.events.reminding.forms import WAYS


def wish(member: Member) -> Reminded | None:
    """How this member is reminded as things stand: not by mails that they stopped."""
    found = member.reminded_by or ways.usual(member)
    return Reminded.NOT if found is Reminded.MAIL and ways.is_stopped(member) else found


class ChangeForm(PartyForm):
    """The party, and where there is a choice, how to be reminded."""

    way = RadioField(_l("How shall we remind you?"), [InputRequired(_l("Choose one."))], coerce=Reminded)

    @classmethod
    def of(cls, member: Member, questions: Any) -> ChangeForm:
        """As it stands."""
        open_ways = ways.open_to(member)
        form = cls(data=typed_before(member) | {"way": wish(member)}, questions=questions)
        form.way.choices = options((way, WAYS[way]) for way in open_ways)
        if not open_ways:
            del form.way
        return form

    @property
    def wish(self) -> Reminded | None:
        """None where there is nothing to choose."""
        chosen: Reminded | None = self.way.data if "way" in self else None
        return chosen


def typed_before(member: Member) -> dict[str, Any]:
    typed: dict[str, Any] = {"needs": list(member.needs), "needs_words": member.needs_words or ""}
    typed["photos"] = member.agrees_to_photos
    for place, (role, name) in enumerate(member.beside, 1):
        typed |= {f"role_{place}": role.value, f"name_{place}": name}
    return typed | {f"answer_{place}": answer for place, answer in enumerate(member.said, 1)}
