"""What is written to people on the way: that we heard them, and one reminder ever."""

from __future__ import annotations

from engage.centre.queries import centre_today
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import render
from engage.intake.models import Reply
from engage.involvement import queries, sealed
from engage.involvement.models import Person
from engage.outbox import actions as outbox
from engage.outbox import resting
from engage.outbox.models import Channel, Kind, Message

KIND = "person"
HUSHED = (Kind.NEWS, Kind.REMINDER, Kind.CONFIRMATION)
resting.ask(queries.is_resting)
CHANNELS = {
    Reply.MAIL: Channel.MAIL,
    Reply.PHONE: Channel.PHONE,
    Reply.LETTER: Channel.LETTER,
    Reply.RECEPTION: Channel.RECEPTION,
}


def reach(person: Person) -> tuple[Channel, str | None] | None:
    """How this person wants to be reached, else by the address of their account; None: not at all."""
    channel = CHANNELS.get(person.reply)
    if channel and (person.contact or channel is Channel.RECEPTION):
        return channel, person.contact
    account = person.account
    if account is not None and account.is_active and account.email:
        return Channel.MAIL, account.email
    return None


def _write(person: Person, kind: Kind, key: str, subject: str, template: str) -> bool:
    """Whether it was written: never to who takes a pause, nor to who wants no mail of this kind."""
    way = reach(person)
    if way is None or not queries.may_write(person=person):
        return False
    channel, address = way
    page = sealed.address(person) if channel is Channel.MAIL else ""
    message = outbox.write(
        key=key,
        kind=kind,
        channel=channel,
        subject=subject,
        body=render(template, person=person, page=page),
        address=address,
        person=person.name or "",
        about=(KIND, person.code),
        whom=person.code,
    )
    return message is not None


def confirm(person: Person) -> None:
    """Say what we noted and how to change it, by mail and once a day; the team calls the others itself."""
    if (way := reach(person)) is None or way[0] is not Channel.MAIL:
        return
    key = f"person heard {person.code} {centre_today()}"
    with speaking(person.language):
        _write(person, Kind.CONFIRMATION, key, _("We noted what interests you"), "involvement/mail/heard.txt")


def remind(person: Person) -> bool:
    """The one reminder that this person ever gets; whether it was written."""
    key = f"person reminded {person.code}"
    with speaking(person.language):
        subject = _("Would you still like to take part?")
        return _write(person, Kind.REMINDER, key, subject, "involvement/mail/reminder.txt")


def hush(person: Person) -> None:
    """What was written to them, by whatever feature, and has not left yet does not leave."""
    for kind in HUSHED:
        outbox.withdraw((KIND, person.code), kind)
    account = person.account
    theirs = (account.email, account.phone, account.whom) if account else ()
    outbox.withdraw_reader([person.contact, *theirs], HUSHED, is_theirs=lambda one: _is_to(person, one))


def _is_to(person: Person, message: Message) -> bool:
    """A mailbox has one reader; at a phone that two share, the name tells."""
    return message.channel is Channel.MAIL or queries.may_be(person.name, message.person or "")
