"""What people hear of their sign-up, each in their language and by their channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from engage.accounts.models import Account, Role
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext, speaking
from engage.core.render import moment, render
from engage.events import sealed
from engage.events.kinds import SignUpState
from engage.events.letters import spoken
from engage.events.signing import queries
from engage.events.signing.models import SignUp, SignUpChange
from engage.intake import queries as intake_queries
from engage.intake.models import Reply
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind


class News(NamedTuple):
    """One thing to tell: its sentences are made in the language of the reader.

    `is_urgent`: it cannot be stopped, because a place or a way for nothing hangs on it. Other news that
    people brought about themselves are only mailed: nobody calls them for that.
    """

    words: Callable[[SignUp], str]
    is_urgent: bool = False
    is_mail_only: bool = False


def _party(sign_up: SignUp) -> str:
    return ngettext("%(num)s person", "%(num)s people", sign_up.party)


def _confirmed(sign_up: SignUp) -> str:
    return _("You are signed up (%(party)s).", party=_party(sign_up))


def _waiting(sign_up: SignUp) -> str:
    before = queries.ahead(sign_up)
    there = ngettext("%(num)s request is before yours.", "%(num)s requests are before yours.", before)
    first = _("You are the first one on the waiting list.")
    rest = _("As soon as a place is free, we offer it to you.")
    return f"{there if before else first} {rest}"


def _offered(sign_up: SignUp) -> str:
    if sign_up.offered_until is None:
        raise ValueError("an offer without end")
    until = moment(sign_up.offered_until)
    return _("A place is free for you (%(party)s). Please take it before %(until)s.",
             party=_party(sign_up), until=until)  # fmt: skip


def _given(sign_up: SignUp) -> str:
    return " ".join((
        _("A place was free again: it is yours (%(party)s).", party=_party(sign_up)),
        _("If you cannot come, please tell us: somebody else is waiting."),
    ))  # fmt: skip


def _end_of_line(sign_up: SignUp) -> str:
    return " ".join((
        _("The place offered to you was not taken in time. It goes to the next one."),
        _("You stay on the waiting list, at its end. We offer you a place once more."),
    ))  # fmt: skip


def _out(_sign_up: SignUp) -> str:
    return " ".join((
        _("The place offered to you was not taken in time. Your sign-up has ended."),
        _("You may sign up again, or call us."),
    ))  # fmt: skip


def _changed(sign_up: SignUp) -> str:
    return _("Your sign-up was changed. It is now for %(party)s.", party=_party(sign_up))


def _left(_sign_up: SignUp) -> str:
    return _("Your sign-up is cancelled. Thank you for telling us.")


def _excused(_sign_up: SignUp) -> str:
    return _("You do not come on this date: it is noted. You stay in the group.")


def _excused_by_relay(_sign_up: SignUp) -> str:
    return " ".join((
        _("Whoever signed you up has noted that you do not come on this date."),
        _("You stay in the group."),
    ))  # fmt: skip


def _removed(_sign_up: SignUp) -> str:
    return _("The team has cancelled your sign-up.")


def _removed_by_relay(_sign_up: SignUp) -> str:
    return _("Whoever signed you up has cancelled your sign-up.")


def _called_off(_sign_up: SignUp) -> str:
    return _("This date is cancelled: please do not come. We are sorry.")


CONFIRMED = News(_confirmed, is_mail_only=True)
WAITING = News(_waiting, is_mail_only=True)
TAKEN = News(_confirmed, is_mail_only=True)
OFFERED = News(_offered, is_urgent=True)
GIVEN = News(_given, is_urgent=True)
END_OF_LINE = News(_end_of_line)
OUT = News(_out)
CHANGED = News(_changed, is_mail_only=True)
CHANGED_BY_TEAM = News(_changed)
LEFT = News(_left, is_mail_only=True)
EXCUSED = News(_excused, is_mail_only=True)
EXCUSED_BY_RELAY = News(_excused_by_relay)
BACK = News(_confirmed)
BACK_IN_LINE = News(_waiting)
REMOVED = News(_removed, is_urgent=True)
REMOVED_BY_RELAY = News(_removed_by_relay, is_urgent=True)
CALLED_OFF = News(_called_off, is_urgent=True)

CHANNELS = {Reply.MAIL: Channel.MAIL, Reply.PHONE: Channel.PHONE, Reply.LETTER: Channel.LETTER}


def reach(sign_up: SignUp) -> tuple[Channel, str | None]:
    """How to reach this person: as they asked, else by what their account says, else at reception."""
    channel = CHANNELS.get(sign_up.reply)
    if channel and sign_up.contact:
        return channel, sign_up.contact
    account = sign_up.account
    if account is not None and account.is_active:
        if account.email:
            return Channel.MAIL, account.email
        if account.phone:
            return Channel.PHONE, account.phone
    return Channel.RECEPTION, None


def tell(sign_up: SignUp, news: News, change: SignUpChange, *, called: bool = False) -> None:
    """Write it once for this change; `called`: the team calls, wherever there is a number."""
    channel, address = reach(sign_up)
    if called and (number := _number(sign_up)):
        channel, address = Channel.PHONE, number
    if news.is_mail_only and channel is not Channel.MAIL:
        return
    with speaking(sign_up.language):
        said = news.words(sign_up)
        outbox.write(
            key=f"sign-up change {change.id}",
            kind=Kind.ALERT if news.is_urgent else Kind.CONFIRMATION,
            channel=channel,
            subject=_("%(title)s: your sign-up", title=sign_up.occurrence.event.discreet_title),
            body=_framed(sign_up, said, change.why, channel),
            address=address,
            person=sign_up.name or "",
            about=("sign-up", sign_up.code),
            whom=sign_up.person_digest or sign_up.code,
        )


def tell_called_off(people: Sequence[tuple[SignUp, SignUpChange]]) -> None:
    """Each person once, whatever the number of their dates."""
    by_person: dict[str, list[tuple[SignUp, SignUpChange]]] = {}
    for one, change in people:
        by_person.setdefault(one.person_digest or one.code, []).append((one, change))
    for theirs in by_person.values():
        one, change = theirs[0]
        tell(one, _all_called_off([sign_up for sign_up, _change in theirs]), change)


def _all_called_off(theirs: Sequence[SignUp]) -> News:
    if len(theirs) == 1:
        return CALLED_OFF

    def words(_one: SignUp) -> str:
        dates = "\n".join(f"- {moment(one.occurrence.starts_at)}" for one in theirs)
        return _("These dates are cancelled: please do not come. We are sorry.") + f"\n{dates}"

    return News(words, is_urgent=True)


def removed(by: Account | None) -> News:
    """Somebody else cancelled it."""
    return REMOVED_BY_RELAY if by and by.role is Role.RELAY else REMOVED


def _number(sign_up: SignUp) -> str | None:
    if sign_up.reply is Reply.PHONE:
        return sign_up.contact
    return sign_up.account.phone if sign_up.account else None


def _framed(sign_up: SignUp, said: str, why: str, channel: Channel) -> str:
    """Nothing of what somebody needs stands in it, nor their code: a mail brings an address with a seal."""
    date = sign_up.occurrence
    page = sealed.address(sign_up.code) if channel is Channel.MAIL else ""
    is_in = sign_up.state is SignUpState.CONFIRMED and channel is not Channel.PHONE
    context = {"page": page, "letters": spoken(sign_up.code) if is_in else ""}
    return render("signing/mail/told.txt", sign_up=sign_up, date=date, words=said, why=why, **context)


def alert_large_party(sign_up: SignUp, free: int) -> None:
    """Tell the team, once, that the first one in line needs more places than there are."""
    occurrence = sign_up.occurrence
    reader = _organiser(occurrence.event.referent)
    if reader is None:
        return
    with speaking(reader.language):
        outbox.write(
            key=f"large party {sign_up.code}",
            kind=Kind.ALERT,
            channel=Channel.MAIL,
            subject=_("Free places, and a group too large for them"),
            body=render("signing/mail/large_party.txt", reader=reader, sign_up=sign_up, free=free),
            address=reader.email,
            person=reader.first_name,
            about=("occurrence", occurrence.code),
        )


def _organiser(referent: Account | None) -> Account | None:
    """Who looks after the event, while they are on the team and read mail; else who is on duty."""
    return referent if referent and referent.is_staff and referent.email else intake_queries.on_duty()
