"""What a person writes to have money paid back, and what coordination answers."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from engage.accounts.models import Account
from engage.core.forms import AreaField, Form, PublicForm, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.words import has_words
from engage.groups.partnering import queries
from engage.groups.partnering.forms import DAY, MoneyField, past_day
from engage.groups.partnering.models import ExpenseKind
from engage.groups.partnering.words import KINDS
from engage.uploads.forms import PaperField

ANSWERS = {"accept": _l("Yes, we pay it back"), "refuse": _l("No, not this time")}


class ClaimForm(PublicForm):
    kind = RadioField(
        _l("What was it for?"),
        [InputRequired(_l("Choose what it was for."))],
        choices=options((kind.value, KINDS[kind]) for kind in ExpenseKind),
        coerce=ExpenseKind,
    )
    day = DateField(_l("On which day?"), [InputRequired(DAY), past_day])
    amount = MoneyField(_l("How much, in euros?"), [InputRequired(_l("Write how much it was."))])
    group = SelectField(_l("For which group?"), [Optional()])
    words = AreaField(
        _l("Anything to add?"),
        [Optional()],
        max_length=500,
        description=_l("For example: from where to where, or why there is no receipt."),
    )
    receipt = PaperField(
        _l("Photo or PDF of the receipt"),
        description=_l("Take a photo of it with your phone. Nobody sees it but you and the coordination."),
    )

    def offer(self, account: Account) -> None:
        mine = [(group.id, group.name) for group in queries.my_groups(account)]
        self.group.choices = options([("", _("No group")), *mine])

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.claim` takes."""
        return {
            "submission_key": self.submission_key.data,
            "kind": self.kind.data,
            "day": self.day.data,
            "amount": self.amount.cents,
            "words": self.words.data or None,
            "group_id": int(self.group.data) if self.group.data else None,
            "receipt": self.receipt.data,
        }


class AnswerForm(Form):
    answer = RadioField(
        _l("Do we pay it back?"), [InputRequired(_l("Choose an answer."))], choices=options(ANSWERS.items())
    )
    words = AreaField(
        _l("In a few words"), max_length=500, description=_l("The person reads it. Always say why it is no.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.answer.data == "refuse" and not has_words(self.words.data or ""):
            self.words.errors = [_("Say why: the person reads it.")]
            return False
        return True


class PaidForm(Form):
    paid_on = DateField(_l("Paid back on"), [InputRequired(DAY), past_day])
