"""What strangers may know of dates, without a row behind it: it is kept for some seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.core.cache import remember
from engage.core.clock import ago, now
from engage.core.db import db
from engage.events.agenda import lines
from engage.events.agenda.lines import EVERYTHING, Line, Wanted
from engage.events.kinds import ACTIVE, EventState
from engage.events.models import Event, EventQuestion, Occurrence
from engage.events.programme import queries as programmes
from engage.events.programme.document import Timed, Told
from engage.events.signing.models import SignUp
from engage.groups.models import Group
from engage.uploads.models import Upload

A_PAGE = 20
NEXT_DATES = 6
MOST_ON_KIOSK = 6
KEPT_DAYS = 30


class Leaf(NamedTuple):
    """One page of what is next, and how many dates there are in all."""

    lines: tuple[Line, ...]
    total: int


def last_page(total: int) -> int:
    return max(1, ceil(total / A_PAGE))


def coming(wanted: Wanted = EVERYTHING, number: int = 1) -> Leaf:
    """The page `number` (from 1) of the dates that are not over, the next first."""
    return remember(("agenda", wanted, number), lambda: _coming(wanted, number))


def _coming(wanted: Wanted, number: int) -> Leaf:
    where = [Occurrence.ends_at > now(), *lines.asked(wanted)]
    total = db.session.execute(lines.dates(func.count()).where(*where)).scalar_one()
    rows = lines.dates(*lines.LINE).where(*where).offset((number - 1) * A_PAGE).limit(A_PAGE)
    return Leaf(lines.told(rows), total)


def to_sign_up() -> tuple[Line, ...]:
    """The next dates that take sign-ups."""
    return tuple(line for line in coming().lines if line.takes)[:MOST_ON_KIOSK]


def next_up() -> Line | None:
    """The next date that takes place."""
    return remember("agenda next", _next_up)


def _next_up() -> Line | None:
    stands = Occurrence.starts_at > now(), Occurrence.cancelled_at.is_(None), *lines.asked(EVERYTHING)
    rows = lines.dates(*lines.LINE).where(*stands, Event.state == EventState.PUBLISHED)
    return next(iter(lines.told(rows.limit(1))), None)


def within(wanted: Wanted, first: date, last: date) -> tuple[Line, ...]:
    """The dates from the day `first` to the day `last`, those that are over included."""
    days = [Occurrence.day >= first, Occurrence.day <= last]
    asked = lines.dates(*lines.LINE).where(*days, *lines.asked(wanted))
    return remember(("agenda days", wanted, first, last), lambda: lines.told(asked))


def for_calendars(like: str = "") -> tuple[Line, ...]:
    """What programs that follow the agenda must hear of: a date that was cancelled stays for 30 days.

    `like`: only dates of the event that has one with this code.
    """
    since = ago(days=KEPT_DAYS)
    is_kept = Occurrence.cancelled_at.is_(None) & (Occurrence.ends_at >= since)
    heard = is_kept | (Occurrence.cancelled_at >= since)
    if like:
        heard = heard & Occurrence.event_id.in_(select(Occurrence.event_id).filter_by(code=like))
    return lines.told(lines.dates(*lines.LINE).where(heard, *lines.asked(EVERYTHING)))


class Shown(NamedTuple):
    """One date with everything its page says, but the link to take part from home."""

    line: Line
    what: str
    what_short: str
    for_whom: str
    to_bring: str
    cost: str
    bus: str
    parking: str
    is_online: bool
    organiser: str
    proposed_by: str
    group: tuple[str, str] | None
    referent: str
    theme_id: int | None
    photo: tuple[str, int, int] | None
    note: str
    cancelled_why: str
    questions: tuple[Question, ...]
    programme: Told | None
    is_joined_once: bool
    others: tuple[Line, ...]

    @property
    def to_choose(self) -> tuple[Timed, ...]:
        """The slots of the day for which people sign up apart."""
        return self.programme.to_choose if self.programme else ()


class Question(NamedTuple):
    """One question of the organiser."""

    text: str
    is_required: bool


def find(code: str) -> Shown | None:
    """The date of this code that everybody may see, or None."""
    return remember(("event date", code), lambda: _find(code))


def _find(code: str) -> Shown | None:
    seen = lines.dates(*lines.LINE).where(Occurrence.code == code, Event.state.in_(lines.SEEN))
    whole = (joinedload(Event.photo), joinedload(Event.referent), joinedload(Event.group))
    row = db.session.execute(seen.options(*whole)).one_or_none()
    return None if row is None else _shown(tuple(row))


def _shown(row: Sequence[Any]) -> Shown:
    occurrence, event = row[0], row[1]
    return Shown(
        line=lines.of_row(row),
        what=event.what,
        what_short=event.what_short,
        for_whom=event.for_whom,
        to_bring=event.to_bring,
        cost=event.cost,
        bus=event.bus,
        parking=event.parking,
        is_online=bool(event.online_link),
        organiser=event.organiser,
        proposed_by=event.proposed_by,
        group=_group(event.group),
        referent=event.referent.full_name if event.referent and event.referent.is_staff else "",
        theme_id=event.theme_id,
        photo=_picture(event.photo),
        note=occurrence.note,
        cancelled_why=occurrence.cancelled_why,
        questions=_questions(event.id),
        programme=programmes.told(event.id, occurrence.id),
        is_joined_once=event.is_joined_once,
        others=_others(occurrence),
    )


def _picture(photo: Upload | None) -> tuple[str, int, int] | None:
    return (photo.alt, photo.width or 0, photo.height or 0) if photo else None


def _group(group: Group | None) -> tuple[str, str] | None:
    """The group that proposes it: its code, empty while its page is not public, and its name."""
    return (group.code if group.is_public else "", group.name) if group else None


def _questions(event_id: int) -> tuple[Question, ...]:
    rows = select(EventQuestion.text, EventQuestion.is_required).filter_by(event_id=event_id)
    found: Sequence[Any] = db.session.execute(rows.order_by(EventQuestion.position)).all()
    return tuple(Question(*row) for row in found)


def _others(occurrence: Occurrence) -> tuple[Line, ...]:
    """The next dates of the same event."""
    rows = lines.dates(*lines.LINE).where(
        Occurrence.event_id == occurrence.event_id,
        Occurrence.id != occurrence.id,
        Occurrence.ends_at > now(),
        Event.state.in_(lines.SEEN),
    )
    return lines.told(rows.limit(NEXT_DATES))


def photo(code: str) -> Upload | None:
    """The picture of the event that has a date with this code."""
    rows = select(Upload).join(Event, Event.photo_id == Upload.id).join(Occurrence)
    seen = rows.where(Occurrence.code == code, Event.state.in_(lines.SEEN))
    return db.session.scalars(seen).one_or_none()


def signed_on(code: str, person: Account | None, followed: str | None) -> SignUp | None:
    """The sign-up of this person, or the one with the code `followed`, on the date `code`."""
    whose = SignUp.account_id == person.id if person else SignUp.code == followed
    if person and followed:
        whose = whose | (SignUp.code == followed)
    rows = select(SignUp).join(SignUp.occurrence).where(Occurrence.code == code, whose)
    active = rows.where(SignUp.state.in_(ACTIVE)).order_by(SignUp.id)
    return db.session.scalars(active.limit(1)).one_or_none()


def mailed(code: str) -> tuple[SignUp, Line] | None:
    """The sign-up with this code and its date, as a mail tells of them."""
    whole = joinedload(SignUp.occurrence).joinedload(Occurrence.event)
    sign_up = db.session.scalars(select(SignUp).filter_by(code=code).options(whole)).one_or_none()
    if sign_up is None:
        return None
    (line,) = lines.told(lines.dates(*lines.LINE).where(Occurrence.id == sign_up.occurrence_id))
    return sign_up, line
