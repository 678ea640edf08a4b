"""What agreements and expenses are called; money and time as one says them."""

from __future__ import annotations

from babel.numbers import format_currency

from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.i18n import lazy_gettext as _l
from engage.groups.partnering.models import Agreement, ExpenseKind, ExpenseState

AGREEMENTS = {
    Agreement.VOLUNTEER: _l("Volunteer, for nothing"),
    Agreement.EXPENSES: _l("Volunteer, costs paid back"),
    Agreement.FEE: _l("For a fee"),
    Agreement.ASSOCIATION: _l("Through an association"),
}
KINDS = {
    ExpenseKind.TRAVEL: _l("Travel"),
    ExpenseKind.MEAL: _l("Meal"),
    ExpenseKind.CARE: _l("Somebody to look after a child or a relative"),
    ExpenseKind.OTHER: _l("Something else"),
}
STATES = {
    ExpenseState.CLAIMED: ("wait", _l("Waits for our answer")),
    ExpenseState.ACCEPTED: ("way", _l("Accepted, to be paid back")),
    ExpenseState.REFUSED: ("no", _l("Not paid back")),
    ExpenseState.PAID: ("done", _l("Paid back")),
}


def money(cents: int) -> str:
    """`12,50 €`"""
    return str(format_currency(cents / 100, "EUR", locale=language()))


def duration(minutes: int) -> str:
    """`1 h 30`, never broken over two lines."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min", minutes=rest).replace(" ", "\u00a0")
    return f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours}\u00a0h"


def typed(cents: int | None) -> str:
    """As somebody types it: `12,50`; nothing for no amount."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02}"
