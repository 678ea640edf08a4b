"""What a person hears of their claims, and who is told that a ceiling is passed."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.groups.partnering.models import Expense
from engage.groups.partnering.queries import Held
from engage.groups.partnering.words import STATES, money
from engage.intake import actions as intake
from engage.involvement import queries as involvement
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind


def _reach(account: Account) -> tuple[Channel, str | None] | None:
    """By mail, else by phone, else at reception; nothing is written to who takes a break."""
    person = involvement.of_account(account)
    if not account.is_active or (person and involvement.is_paused(person)):
        return None
    if account.email:
        return Channel.MAIL, account.email
    return (Channel.PHONE, account.phone) if account.phone else (Channel.RECEPTION, None)


def _tell(account: Account, key: str, subject: str, body: str) -> None:
    if way := _reach(account):
        outbox.write(
            key=key, kind=Kind.NEWS, channel=way[0], address=way[1], person=account.full_name,
            subject=subject, body=body, about=("partner", str(account.actor_id)),
            whom=account.whom,
        )  # fmt: skip


def answered(expense: Expense) -> None:
    """The answer, in the words of the team; never what the money was for: mail is read over shoulders."""
    account = db.session.get_one(Account, expense.account_id)
    with speaking(account.language):
        body = render(
            "partnering/mail/answered.txt", account=account, expense=expense, amount=money(expense.amount),
            state=STATES[expense.state][1], page=link("spending.index"),
        )  # fmt: skip
        _tell(account, f"expense answered {expense.code}", _("Your expenses: the answer"), body)


def above_ceiling(account: Account, held: Held, year: int) -> None:
    """Once a year and a ceiling: the person, and who is on duty."""
    ceiling, total = held.file.ceiling or 0, held.sums.total
    with speaking(account.language):
        said = {"account": account, "year": year, "total": money(total), "ceiling": money(ceiling)}
        body = render("partnering/mail/ceiling.txt", **said, page=link("spending.index"))
        key = f"partner ceiling {account.actor_id} {year} {ceiling}"
        _tell(account, key, _("Your expenses of the year"), body)
    intake.alert(
        key=f"{key} team",
        subject=_l("A partner patient is above the ceiling"),
        template="partnering/mail/ceiling_team.txt",
        about=("partner", str(account.actor_id)),
        account=account,
        year=year,
    )
