"""Signing up for a date, on one screen."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, RadioField
from wtforms.validators import InputRequired, Length

from engage.accounts.models import Account
from engage.core.forms import LineField, MailField, PhoneField, PublicForm, Written, options
from engage.core.i18n import language
from engage.core.i18n import lazy_gettext as _l
from engage.events.agenda.forms import NAME_LENGTH, PartyForm
from engage.events.kinds import Reminded
from engage.events.reminding.forms import PhoneReminderField
from engage.intake.forms import ForWay
from engage.intake.models import Reply
from engage.outbox import texting

WAYS = {
    Reply.MAIL.value: _l("By e-mail"),
    Reply.PHONE.value: _l("By phone"),
    Reply.RECEPTION.value: _l("I have neither of the two"),
}


ON_TOP = ("name", "reply", "email", "phone", "reminder")
"""The order of the page, which is also that of its errors."""


class EnterForm(PublicForm, PartyForm):
    """Name, how to be reached, and the party; `is_for_another`: somebody else says it, who was told yes."""

    _fields: dict[str, Field]
    name = LineField(
        _l("Your name"),
        [Written(_l("Write your name: we need it at the door.")), Length(max=NAME_LENGTH)],
        render_kw={"autocomplete": "name"},
    )
    reply = RadioField(
        _l("How can we reach you if something changes?"),
        [InputRequired(_l("Say how we can reach you, or that you have neither phone nor e-mail."))],
        choices=options(WAYS.items()),
    )
    email = MailField(_l("Your e-mail address"), [ForWay(Reply.MAIL, _l("Write your e-mail address."))])
    phone = PhoneField(_l("Your phone number"), [ForWay(Reply.PHONE, _l("Write your phone number."))])
    reminder = PhoneReminderField()
    consent = BooleanField(
        _l("The person said yes aloud: I may sign them up."),
        [InputRequired(_l("Ask the person first, then tick this box."))],
    )

    def __init__(self, *args: Any, is_for_another: bool = False, **kwargs: Any) -> None:
        reminder = () if texting.has_gateway() else ("reminder",)
        consent = () if is_for_another else ("consent",)
        super().__init__(*args, without=(*reminder, *consent), **kwargs)
        rest = [name for name in self._fields if name not in ON_TOP]
        self._fields = {name: self._fields[name] for name in (*ON_TOP, *rest) if name in self._fields}

    @property
    def wanted(self) -> dict[str, Any]:
        """What `signing.actions.sign_up` takes."""
        reply = Reply(self.reply.data)
        contact = {Reply.MAIL: self.email.data, Reply.PHONE: self.phone.data}.get(reply)
        own = {"submission_key": self.submission_key.data, "name": self.name.data, "language": language()}
        beside = {"reminded_by": self.wish, "agrees_to_photos": bool(self.photos.data)}
        return {**own, "reply": reply, "contact": contact or None, **self.party, **beside}

    @property
    def wish(self) -> Reminded | None:
        """How to be reminded, where it was asked: who gives an e-mail address is reminded there."""
        is_asked = "reminder" in self and self.reply.data == Reply.PHONE
        wish: Reminded | None = self.reminder.data if is_asked else None
        return wish


class QuickForm(PublicForm):
    """One click: everything else is known."""


def known(person: Account | None) -> dict[str, Any]:
    """What the account of somebody says already: nothing is asked twice."""
    if person is None:
        return {}
    way = Reply.MAIL if person.email else Reply.PHONE if person.phone else Reply.RECEPTION
    typed = {"name": person.full_name, "reply": way.value}
    return typed | {"email": person.email or "", "phone": person.phone or ""}


def of_account(person: Account, key: str) -> dict[str, Any]:
    """What `signing.actions.sign_up` takes of somebody who comes alone and needs nothing."""
    typed = known(person)
    reply = Reply(typed["reply"])
    contact = {Reply.MAIL: person.email, Reply.PHONE: person.phone}.get(reply)
    party: dict[str, Any] = {"companions": [], "needs": [], "needs_words": "", "answers": []}
    own = {"submission_key": key, "name": person.full_name, "language": language()}
    return {**own, "reply": reply, "contact": contact, **party}
