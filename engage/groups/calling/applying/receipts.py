"""What a browser keeps of a form it has just sent: the same whether or not the form made an application."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from flask import session

from engage.centre.queries import centre, centre_today
from engage.core.keys import public_code
from engage.groups.calling.applying import telling
from engage.groups.calling.models import Application, Call
from engage.groups.models import Group
from engage.intake.models import Door, Reply

KIND = "application"
FOLLOWS_NOBODY = {Door.KIOSK, Door.RELAY}


def day_of(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


class Receipt(NamedTuple):
    """`code` is shown to who has an account alone."""

    key: str
    code: str
    title: str
    due: str
    door: str
    reply: str
    wants_to_talk: bool
    has_account: bool

    @property
    def due_on(self) -> date | None:
        return day_of(self.due)


def of(made: Application) -> Receipt:
    due = made.due_on.isoformat() if made.due_on else ""
    return Receipt(
        made.submission_key, made.code, telling.title(made), due, made.door, made.reply, made.wants_to_talk,
        has_account=made.account_id is not None,
    )  # fmt: skip


def blank(to: Call | Group, key: str, *, door: Door, reply: Reply, wants_to_talk: bool) -> Receipt:
    """Of a form that made no application: nothing on it tells the two apart."""
    title = to.title if isinstance(to, Call) else to.name
    due = centre_today() + timedelta(days=centre().answer_days)
    return Receipt(
        key, public_code(), title, due.isoformat(), door, reply, wants_to_talk, has_account=False
    )  # fmt: skip


def keep(receipt: Receipt) -> None:
    """A tablet follows nobody, nor does a relay."""
    if receipt.door not in FOLLOWS_NOBODY:
        session["follow"] = {"kind": KIND, "ref": receipt.code}
    session["sent"], session["receipt"] = receipt.key, list(receipt)


def held() -> Receipt | None:
    """The one of the form that was sent last, unless this device was told to forget it."""
    kept = session.get("receipt")
    receipt = Receipt(*kept) if kept else None
    return receipt if receipt and receipt.key == session.get("sent") else None
