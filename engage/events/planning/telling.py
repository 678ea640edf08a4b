"""What people who signed up hear from the team, each in their language and by their channel."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.events.models import Occurrence
from engage.events.signing import queries as signed
from engage.events.signing.models import SignUp
from engage.events.signing.telling import reach
from engage.outbox import actions as outbox
from engage.outbox.models import Kind


def tell_moved(occurrence: Occurrence) -> int:
    """Everybody who wants to come hears of the new hours or place; how many parties."""
    people = signed.active(occurrence)
    for one in people:
        with speaking(one.language):
            subject = _("%(title)s: new day, hour or place", title=occurrence.event.discreet_title)
            _write(one, f"moved {occurrence.sequence}", subject, "moved", date=occurrence)
    return len(people)


def tell_words(sign_up: SignUp, words: str, key: str) -> None:
    """What the team wrote to everybody who comes; the same key writes it once."""
    with speaking(sign_up.language):
        title = sign_up.occurrence.event.discreet_title
        subject = _("%(title)s: a message from the team", title=title)
        _write(sign_up, key, subject, "words", date=sign_up.occurrence, words=words)


def _write(sign_up: SignUp, key: str, subject: str, mail: str, **context: object) -> None:
    channel, address = reach(sign_up)
    page = link("intake.follow")
    outbox.write(
        key=f"sign-up {sign_up.code} {key}",
        kind=Kind.ALERT,
        channel=channel,
        subject=subject,
        body=render(f"events_desk/mail/{mail}.txt", sign_up=sign_up, page=page, **context),
        address=address,
        person=sign_up.name or "",
        about=("sign-up", sign_up.code),
        whom=sign_up.person_digest or sign_up.code,
    )
