"""What a reminder says: by mail, in one SMS, or as words for whoever calls."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import day, hour, render
from engage.events import sealed
from engage.events.letters import spoken
from engage.events.models import Occurrence
from engage.events.reminding import queries, texts
from engage.events.reminding.models import DeliveryKind
from engage.events.reminding.ways import Way
from engage.events.signing.models import SignUp
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind, Message


def tell(sign_up: SignUp, kind: DeliveryKind, way: Way) -> Message | None:
    """Write it once, in the language of the reader; None when they stopped such mails."""
    date = sign_up.occurrence
    with speaking(sign_up.language):
        return outbox.write(
            key=queries.key(sign_up.code, kind, date.sequence, way.channel),
            kind=Kind.REMINDER,
            channel=way.channel,
            subject=_subject(date, kind),
            body=_body(sign_up, kind, way.channel),
            address=way.address,
            person=sign_up.name or "",
            about=("sign-up", sign_up.code),
            whom=sign_up.person_digest or sign_up.code,
        )


def _subject(date: Occurrence, kind: DeliveryKind) -> str:
    title = date.event.discreet_title
    if kind is DeliveryKind.THANKS:
        return _("%(title)s: thank you, and how was it?", title=title)
    return _("Reminder: %(title)s, %(day)s", title=title, day=day(date.starts_at))


def _body(sign_up: SignUp, kind: DeliveryKind, channel: Channel) -> str:
    """Nothing of what somebody needs stands in it, nor their code."""
    if channel is Channel.SMS:
        return _sms(sign_up, kind)
    name = "thanks" if kind is DeliveryKind.THANKS else "before"
    if channel is not Channel.MAIL:
        name += "_aloud"
    date = sign_up.occurrence
    links = {"page": sealed.address(sign_up.code), "feedback": sealed.feedback_address(date)}
    said = {"sign_up": sign_up, "date": date, "letters": spoken(sign_up.code)}
    return render(f"reminding/mail/{name}.txt", **said, **links)


def _sms(sign_up: SignUp, kind: DeliveryKind) -> str:
    date = sign_up.occurrence
    title = date.event.discreet_title
    if kind is DeliveryKind.THANKS:
        link = sealed.feedback_address(date)
        return texts.fitted(_("Thank you for coming:"), title, _("how was it?"), link=link)
    leave = _("You cannot come?")
    link = sealed.short_address(sign_up.code)
    return texts.fitted(_("Reminder:"), title, f"{_when(date)}. {leave}", link=link)


def _when(date: Occurrence) -> str:
    """`jeudi 26 novembre à 10 h`: within a week nobody asks for the year."""
    on = day(date.day).removesuffix(f" {date.day.year}")
    return _("%(day)s at %(hour)s", day=on, hour=hour(date.starts_at))
