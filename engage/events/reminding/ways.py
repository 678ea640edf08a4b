"""How somebody is reminded: as they chose, else as they asked to be reached."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from engage.accounts.models import Account
from engage.events.kinds import Reminded
from engage.events.reminding.models import DeliveryKind
from engage.events.signing.models import SignUp
from engage.events.signing.telling import reach
from engage.intake.models import Reply
from engage.outbox import queries as outbox
from engage.outbox import texting
from engage.outbox.models import Channel, Kind, mail_digest


class Reached(Protocol):
    """Whoever signed up, or belongs to a group."""

    @property
    def reply(self) -> Reply: ...
    @property
    def contact(self) -> str | None: ...
    @property
    def account(self) -> Account | None: ...


class Way(NamedTuple):
    """A channel, and the address there; none at reception."""

    channel: Channel
    address: str | None


REACHING = (Channel.MAIL, Channel.SMS, Channel.PHONE)
BY_ITSELF = (Channel.MAIL, Channel.SMS)


def _mail(sign_up: Reached) -> str | None:
    if sign_up.reply is Reply.MAIL and sign_up.contact:
        return sign_up.contact
    return sign_up.account.email if sign_up.account and sign_up.account.is_active else None


def _number(sign_up: Reached) -> str | None:
    if sign_up.reply is Reply.PHONE and sign_up.contact:
        return sign_up.contact
    return sign_up.account.phone if sign_up.account and sign_up.account.is_active else None


def chosen(sign_up: SignUp) -> Way | None:
    """What was chosen, where it can be done; an SMS that cannot arrive becomes a call. None: no reminder."""
    wish, mail, number = sign_up.reminded_by, _mail(sign_up), _number(sign_up)
    if wish is Reminded.NOT:
        return None
    if wish is Reminded.MAIL and mail:
        return Way(Channel.MAIL, mail)
    if wish is Reminded.SMS and number and texting.has_gateway() and texting.can_receive(number):
        return Way(Channel.SMS, number)
    if wish in (Reminded.SMS, Reminded.CALL) and number:
        return Way(Channel.PHONE, number)
    return Way(*reach(sign_up))


def of_kind(sign_up: SignUp, kind: DeliveryKind) -> Way | None:
    """Two hours before is for SMS alone; nobody is thanked at reception."""
    way = chosen(sign_up)
    if way is None or (kind is DeliveryKind.HOURS and way.channel is not Channel.SMS):
        return None
    return None if kind is DeliveryKind.THANKS and way.channel not in REACHING else way


def open_to(sign_up: Reached) -> list[Reminded]:
    """Among what this person may choose; nothing where there is no way to reach them at home."""
    mail, number = _mail(sign_up), _number(sign_up)
    can_text = bool(number) and texting.has_gateway() and texting.can_receive(number or "")
    ways = {Reminded.MAIL: bool(mail), Reminded.SMS: can_text, Reminded.CALL: bool(number)}
    found = [way for way, is_there in ways.items() if is_there]
    return [*found, Reminded.NOT] if found else []


def usual(who: Reached) -> Reminded | None:
    """How somebody is reminded who did not choose; None: at reception."""
    has_number = _number(who) is not None
    if _mail(who) and not (has_number and who.reply is Reply.PHONE):
        return Reminded.MAIL
    return Reminded.CALL if has_number else None


def is_stopped(who: Reached) -> bool:
    """By the button below our mails: none of them leaves to this address, whatever was chosen here."""
    mail = _mail(who)
    return mail is not None and outbox.is_stopped(mail_digest(mail), Kind.REMINDER)


OF_CHANNEL = {Channel.MAIL: Reminded.MAIL, Channel.SMS: Reminded.SMS, Channel.PHONE: Reminded.CALL}


def now_by(sign_up: SignUp) -> Reminded | None:
    """How this person is reminded as things stand; None: at reception."""
    way = chosen(sign_up)
    return Reminded.NOT if way is None else OF_CHANNEL.get(way.channel)
