"""What people who signed up hear from the team, each in their language and by their channel."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.events import sealed
from engage.events.models import Occurrence
from engage.events.reminding import queries as reminding
from engage.events.signing import queries as signed
from engage.events.signing.models import SignUp
from engage.events.signing.telling import reach
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind


def tell_moved(occurrence: Occurrence) -> int:
    """Everybody who wants to come hears of the new hours or place; how many parties."""
    people = signed.active(occurrence)
    for one in people:
        with speaking(one.language):
            subject = _("%(title)s: new day, hour or place", title=occurrence.event.discreet_title)
            key = reminding.moved_key(one.code, occurrence.sequence)
            _write(one, key, subject, "moved", date=occurrence)
    return len(people)


def tell_words(sign_up: SignUp, words: str, key: str) -> None:
    """What the team wrote to everybody who comes; the same key writes it once."""
    with speaking(sign_up.language):
        title = sign_up.occurrence.event.discreet_title
        subject = _("%(title)s: a message from the team", title=title)
        own_key = f"sign-up {sign_up.code} {key}"
        _write(sign_up, own_key, subject, "words", date=sign_up.occurrence, words=words)


def _write(sign_up: SignUp, key: str, subject: str, mail: str, **context: object) -> None:
    channel, address = reach(sign_up)
    own = sealed.address(sign_up.code) if channel is Channel.MAIL else ""
    page = link("intake.follow")
    outbox.write(
        key=key,
        kind=Kind.ALERT,
        channel=channel,
        subject=subject,
        body=render(f"events_desk/mail/{mail}.txt", sign_up=sign_up, own=own, page=page, **context),
        address=address,
        person=sign_up.name or "",
        about=("sign-up", sign_up.code),
        whom=sign_up.person_digest or sign_up.code,
    )
