"""What people who signed up hear from the team, each in their language and by their channel."""

from __future__ import annotations

from collections.abc import Sequence

from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.events import sealed
from engage.events.models import Occurrence
from engage.events.reminding.moves.queries import moved_key
from engage.events.signing import queries as signed
from engage.events.signing.models import SignUp
from engage.events.signing.telling import reach
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind


def tell_moved(occurrences: Sequence[Occurrence]) -> int:
    """Everybody who wants to come hears once how all their dates stand now; how many people."""
    by_person: dict[str, list[SignUp]] = {}
    for one in (one for date in occurrences for one in signed.active(date)):
        by_person.setdefault(one.person_digest or one.code, []).append(one)
    for theirs in by_person.values():
        _tell_moved(theirs)
    return len(by_person)


def _tell_moved(theirs: Sequence[SignUp]) -> None:
    one, date = theirs[0], theirs[0].occurrence
    is_mailed = reach(one)[0] is Channel.MAIL
    dates = [(each.occurrence, sealed.address(each.code) if is_mailed else "") for each in theirs]
    with speaking(one.language):
        subject = _("%(title)s: new day, hour or place", title=date.event.discreet_title)
        mail = "moved" if len(dates) == 1 else "all_moved"
        _write(one, moved_key(one.code, date.sequence), subject, mail, date=date, dates=dates)


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
