"""What people hear of their application, each in their language and by their channel."""

from __future__ import annotations

from collections.abc import Iterable

from engage.accounts.models import Account
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import day, link, render
from engage.groups.calling.applying import sealed
from engage.groups.calling.models import Application, ApplicationState
from engage.intake.models import Reply
from engage.involvement import queries as pathway
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind

CHANNELS = {Reply.MAIL: Channel.MAIL, Reply.PHONE: Channel.PHONE, Reply.LETTER: Channel.LETTER}


def title(application: Application) -> str:
    """To what somebody applied, in words."""
    if application.call:
        return application.call.title
    return application.group.name if application.group else _("Taking part")


def reach(application: Application) -> tuple[Channel, str | None]:
    """How to reach this person: as they asked, else at reception."""
    channel = CHANNELS.get(application.reply)
    if channel and application.contact:
        return channel, application.contact
    return Channel.RECEPTION, None


def is_paused(application: Application) -> bool:
    """Nothing is written to who wants a rest; their page says it."""
    return bool(application.person and pathway.is_paused(application.person))


def received(application: Application) -> None:
    """By e-mail alone: whoever stands before us has just read it."""
    if reach(application)[0] is Channel.MAIL:
        with speaking(application.language):
            due = day(application.due_on) if application.due_on else ""
            said = _("Your application has arrived. We answer you in words, by %(day)s.", day=due)
            _write(application, "received", said)


def alert(application: Application, readers: Iterable[Account]) -> None:
    """To who may answer, without a word of what was said: mail is read over shoulders."""
    desk = link("home.index") + "equipe"
    for reader in readers:
        with speaking(reader.language):
            outbox.write(
                key=f"application {application.code} for {reader.actor_id}",
                kind=Kind.ALERT,
                channel=Channel.MAIL,
                address=reader.email,
                person=reader.first_name,
                subject=_("Somebody would like to take part"),
                body=render("calling/mail/alert.txt", reader=reader, desk=desk),
                about=("application", application.code),
            )


def again(application: Application) -> None:
    """Somebody sent it once more under their name: they hear of it, whoever sent it reads nothing.

    Once while it waits, and once when it was answered.
    """
    if reach(application)[0] is not Channel.RECEPTION:
        with speaking(application.language):
            if application.state is ApplicationState.RECEIVED:
                said = _("We have your application already: there is no need to send another one.")
                _write(application, "again", said)
            else:
                said = _(
                    "We have answered your application already. Would you like to talk about it? Call us."
                )
                _write(application, "again after the answer", said)


def withdrawn(application: Application) -> None:
    if reach(application)[0] is Channel.MAIL:
        with speaking(application.language):
            said = _("Your application is taken back, and what you wrote is erased. You are always welcome.")
            _write(application, "withdrawn", said, with_page=False)


def answered(application: Application, *, is_invited: bool = False, is_mailed: bool = False) -> None:
    """The words of the team, what they propose instead, and how the invitation comes to who is welcome.

    Whoever wants no more confirmations gets their answer all the same.
    """
    with speaking(application.language):
        parts = [application.answer or "", application.other_way]
        if is_invited:
            by_mail = _("Your invitation into the group comes in another message.")
            parts.append(by_mail if is_mailed else _("Ask the team for your invitation into the group."))
        _write(application, "answered", "\n\n".join(part for part in parts if part), kind=Kind.ALERT)


def _write(
    application: Application,
    what: str,
    words: str,
    *,
    with_page: bool = True,
    kind: Kind = Kind.CONFIRMATION,
) -> None:
    if is_paused(application):
        return
    channel, address = reach(application)
    page = sealed.address(application) if channel is Channel.MAIL and with_page else ""
    outbox.write(
        key=f"application {application.code} {what}",
        kind=kind,
        channel=channel,
        subject=_("Your application: %(title)s", title=title(application)),
        body=render("calling/mail/told.txt", application=application, words=words, page=page),
        address=address,
        person=application.name or "",
        about=("application", application.code),
        whom=application.person_digest or application.code,
    )
