"""Opening a wave, taking an answer, and mixing answers until nobody can tell whose is whose."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Required, TypedDict, Unpack

from sqlalchemy import delete, func, select, update

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core import keys, traces
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import render
from engage.journal import actions as journal
from engage.outbox import actions as outbox
from engage.outbox.models import Channel as Way
from engage.outbox.models import Kind
from engage.surveys.answering import mixing, queries
from engage.surveys.answering.given import Given, packed, unpacked
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import (
    Answer,
    Channel,
    Pending,
    Response,
    ResultNotice,
    Sheet,
    Ticket,
    Verbatim,
    Wave,
)
from engage.surveys.questionnaire.models import Version

TICKET_SIGNS = 8
LANGUAGE = "fr"
"""Of messages about a wave: nothing is kept of the language in which somebody answered."""


class Plan(TypedDict, total=False):
    """What is decided when a wave opens."""

    title: Required[str]
    opens_at: Required[datetime]
    closes_at: Required[datetime]
    anonymity: Required[Anonymity]
    retained_until: Required[date]
    minimum_cell: int
    population: int | None
    purpose: str
    results_on: date | None
    is_listed: bool
    serves_kiosk: bool
    double_entry: bool


def open_wave(
    version: Version, channels: Sequence[ChannelKind], *, by: Account, **plan: Unpack[Plan]
) -> Wave:
    """Ask this version between two moments. Raises Refused unless it is frozen, and they in order."""
    if not version.is_frozen:
        raise Refused(_("Freeze the questionnaire first: what people answer must not change."))
    if plan["closes_at"] <= plan["opens_at"]:
        raise Refused(_("The wave must close after it opens."))
    plan.setdefault("serves_kiosk", ChannelKind.KIOSK in channels)
    wave = Wave(version_id=version.id, **plan)
    db.session.add(wave)
    db.session.flush()
    db.session.add_all(Channel(wave_id=wave.id, kind=kind) for kind in dict.fromkeys(channels))
    journal.record("opened", "wave", wave.code, by=by, note=wave.title)
    return wave


def hand_out(wave: Wave, number: int, *, by: Account, seed: str = "") -> list[str]:
    """`number` tickets in plain, to print now: only digests are kept, in no order of printing.

    With the key of the form as `seed` a form sent twice gives the same tickets, counted once; asked for
    another number, it is another order. Raises Refused when slips are no way into this wave, when it is
    over, or when some of these tickets were cancelled meanwhile.
    """
    slips = queries.channel(wave, ChannelKind.SLIPS)
    if slips is None or now() > wave.closes_at:
        raise Refused(_("Slips do not open this questionnaire, or it is closed."))
    codes = _tickets(number, f"{wave.code} {number} {seed or secrets.token_urlsafe(24)}")
    digests = sorted(queries.ticket_digest(code) for code in codes)
    if printed := queries.printed(digests):
        if printed < number:
            raise Refused(_("Some of these slips were cancelled. Open the page of slips again for new ones."))
        return codes
    db.session.add_all(Ticket(digest=digest, wave_id=wave.id) for digest in digests)
    slips.handed_out = (slips.handed_out or 0) + number
    journal.record("printed", "wave", wave.code, by=by, note=str(number))
    return codes


def _tickets(number: int, seed: str) -> list[str]:
    """Computed from a secret of the centre and the seed, which is not kept; all different."""
    codes: dict[str, None] = {}
    for place in count():
        signs = int(keys.digest("survey tickets", f"{seed} {place}"), 16)
        codes["".join(keys.ALPHABET[(signs >> 5 * at) & 31] for at in range(TICKET_SIGNS))] = None
        if len(codes) == number:
            break
    return list(codes)


def count_start(wave: Wave, channel: ChannelKind) -> None:
    """One more person answered a first question: a number, and nothing else of them."""
    counted = update(Channel).filter_by(wave_id=wave.id, kind=channel)
    db.session.execute(counted.values(started=Channel.started + 1))


def ask_notice(wave: Wave, *, channel: Way, contact: str) -> None:
    """Keep where to tell somebody that the results are here, apart from what they answered."""
    db.session.add(ResultNotice(wave_id=wave.id, channel=channel, contact=contact))


def tell_all(wave: Wave, *, subject: str, body: str) -> None:
    """Write to each who asked, then erase where to write: the outbox alone holds it until it is done."""
    for notice in queries.notices(wave):
        outbox.write(
            key=f"survey results {notice.id}",
            kind=Kind.NEWS,
            channel=Way(notice.channel),
            subject=subject,
            body=body,
            address=notice.contact,
            about=("wave", wave.code),
        )
        db.session.delete(notice)


def forget_notices(wave: Wave) -> None:
    """Everybody who asked was told, or never will be."""
    db.session.execute(delete(ResultNotice).filter_by(wave_id=wave.id))


def send(
    wave: Wave,
    answers: Sequence[Given],
    *,
    channel: ChannelKind,
    submission_key: str,
    ticket: str = "",
    begun_at: datetime | None = None,
) -> None:
    """Take one filled questionnaire, in one transaction with its ticket; sent again, it is the same one.

    Raises Refused when the wave is not open, the ticket is spent or of another wave, or the answers are not
    those of its version.
    """
    if queries.pending(submission_key) is not None:
        return
    if not queries.is_open(wave, begun_at=begun_at):
        raise Refused(_("This questionnaire is closed. Thank you for wanting to answer."))
    _check(wave, answers)
    if channel is ChannelKind.SLIPS:
        _spend(wave, ticket)
    counted = update(Channel).filter_by(wave_id=wave.id, kind=channel).returning(Channel.id)
    if not db.session.scalars(counted.values(completed=Channel.completed + 1)).all():
        raise Refused(_("This questionnaire is not answered in this way."))
    db.session.add(Pending(wave_id=wave.id, submission_key=submission_key, content=packed(answers)))


def _check(wave: Wave, answers: Sequence[Given]) -> None:
    asked = queries.asked(wave.version_id)
    given = [answer.question_id for answer in answers]
    strange = [
        answer for answer in answers if not set(answer.choices) <= asked.get(answer.question_id, set())
    ]
    if strange or set(given) != asked.keys() or len(given) != len(asked):
        raise Refused(_("These answers do not fit this questionnaire. Please open it again."))


def _spend(wave: Wave, code: str) -> None:
    held = queries.ticket(wave, code)
    if held is None:
        raise Refused(_("This ticket does not belong to this questionnaire."))
    db.session.refresh(held, with_for_update=True)
    if held.is_spent:
        raise Refused(_("This ticket was already used."))
    held.is_spent = True


def settle(wave: Wave) -> int:
    """Move what waits to the responses, shuffled, in a unit of its own; how many.

    Nothing moves below a block of five, unless the wave and its grace are over: then the rest moves and the
    wave is settled for good. A strict wave that ends with fewer than five answers in all keeps none of them.
    After the commit, `traces.forget` must wipe what the moved rows leave behind.
    """
    waiting = list(queries.waiting(wave))
    is_over = now() > wave.closes_at + queries.GRACE
    if len(waiting) < queries.BLOCK and not is_over:
        return 0
    if is_over and wave.anonymity is Anonymity.STRICT and _are_too_few(wave, len(waiting)):
        _let_go(wave)
        return 0
    traces.overwrite_deleted()
    secrets.SystemRandom().shuffle(waiting)
    week = _monday()
    for row in waiting:
        mixing.respond(wave, unpacked(row.content), week)
        db.session.delete(row)
    if is_over:
        mixing.mix_all(wave)
    return len(waiting)


def _are_too_few(wave: Wave, waiting: int) -> bool:
    """Whether nobody would be one among at least five, as the first screen promised."""
    mixed = select(func.count()).where(Response.wave_id == wave.id)
    return 0 < waiting < queries.BLOCK and db.session.scalars(mixed).one() == 0


def _let_go(wave: Wave) -> None:
    """So few answers could never be shown: they are erased, and who waits for results is told."""
    with speaking(LANGUAGE):
        subject = _("Too few people answered")
        tell_all(wave, subject=subject, body=render("surveys/mail/too_few.txt", wave=wave))
    erase(wave)
    wave.settled_at = wave.erased_at


def erase(wave: Wave) -> None:
    """The day that was promised has come: what people answered goes, published totals stay.

    After the commit, `traces.forget` must wipe what the rows leave behind.
    """
    traces.overwrite_deleted()
    for kind in (Verbatim, Pending, Ticket, ResultNotice, Sheet):
        db.session.execute(delete(kind).filter_by(wave_id=wave.id))
    answers = select(Response.id).filter_by(wave_id=wave.id)
    db.session.execute(delete(Answer).where(Answer.response_id.in_(answers)))
    db.session.execute(delete(Response).filter_by(wave_id=wave.id))
    wave.erased_at = now()
    journal.record("answers erased", "wave", wave.code, by=None, note=wave.title)


def _monday() -> date:
    today = centre_queries.centre_today()
    return today - timedelta(days=today.weekday())
