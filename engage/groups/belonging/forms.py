"""What somebody types about who belongs to a group."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from engage.accounts.joining.forms import EnterForm
from engage.core.forms import AreaField, Form, LineField, PhoneField, options
from engage.core.i18n import lazy_gettext as _l
from engage.groups.models import MemberKind, MembershipWish, Side
from engage.groups.words import MEMBER_KINDS, SIDES

WHY = 1000


def a_number_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class WithDuty(Form):
    """A duty, and for a substitute the member they stand in for."""

    kind = SelectField(_l("Duty"), choices=options(MEMBER_KINDS.items()), coerce=MemberKind)
    substitute_for = SelectField(_l("Stands in for"), coerce=a_number_or_none)

    def offer_members(self, members: list[tuple[int, str]]) -> None:
        self.substitute_for.choices = options([("", _l("Nobody")), *members])

    def validate_substitute_for(self, field: SelectField) -> None:
        if (field.data is None) == (self.kind.data is MemberKind.SUBSTITUTE):
            raise ValidationError(_l("A substitute stands in for one member. Choose whom."))


class InviteForm(WithDuty):
    """`whom` is an account or somebody on the way, found by the view."""

    whom = RadioField(_l("Whom?"), [InputRequired(_l("Choose one person."))])
    side = SelectField(_l("For whom they speak"), choices=options(SIDES.items()), coerce=Side)
    mandate_ends_on = DateField(_l("Their mandate ends on"), [Optional()])

    def offer(self, people: list[tuple[str, str]]) -> None:
        self.whom.choices = options(people)


class PaperForm(Form):
    """Somebody who lives without e-mail."""

    first_name = LineField(_l("First name"), [DataRequired(_l("Please write a first name.")), Length(max=60)])
    last_name = LineField(_l("Last name"), [Length(max=80)])
    phone = PhoneField(_l("Phone"))
    address = AreaField(_l("Address for papers by post"), [Optional()], max_length=300)
    side = SelectField(_l("For whom they speak"), choices=options(SIDES.items()), coerce=Side)
    mandate_ends_on = DateField(_l("Their mandate ends on"), [Optional()])


class DutyForm(WithDuty):
    """Another duty."""


class WithdrawForm(Form):
    invitation_id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class CodeForm(EnterForm):
    """The code of an invitation, from a link or from a slip."""


class AcceptForm(Form):
    """The weekly letter is asked for, never given unasked."""

    wants_digest = BooleanField(_l("Write to me once a week by e-mail"))


class JoinForm(AcceptForm):
    side = RadioField(_l("You come…"), coerce=Side)


class LeaveForm(Form):
    why = AreaField(_l("A word for us, if you like"), [Optional()], max_length=WHY)


class PauseForm(Form):
    until = DateField(_l("Until"), [Optional()])


class WishForm(Form):
    is_named = BooleanField(_l("Show my first name on the public page"))
    wants_digest = BooleanField(_l("Write to me once a week by e-mail"))
    wants_post = BooleanField(_l("Send me papers by post"))
    address = AreaField(_l("My address"), max_length=300)

    known = False

    @classmethod
    def without_address(cls, wish: MembershipWish) -> WishForm:
        """For the team: an address is looked at only where that is noted; empty, it stays what it is."""
        form = cls(obj=wish)
        form.known = bool(wish.address)
        if not form.is_submitted():
            form.address.data = ""
        return form

    def validate_address(self, field: AreaField) -> None:
        if self.wants_post.data and not field.data and not self.known:
            raise ValidationError(_l("We need an address to send you papers by post."))

    @property
    def values(self) -> dict[str, Any]:
        """Without an address when the one we know stays."""
        given = super().values
        return {name: data for name, data in given.items() if name != "address" or data or not self.known}


class RenewForm(Form):
    goes_on = RadioField(
        _l("Would you like to go on?"),
        [InputRequired(_l("Choose yes or no."))],
        choices=options([("yes", _l("Yes")), ("no", _l("No"))]),
    )
