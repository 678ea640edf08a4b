"""Rounds of reading: what they allow to say, who reads, and what each line was to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.i18n import ngettext
from engage.core.render import month
from engage.groups.models import Group
from engage.pages import markup
from engage.pages.markup import Line
from engage.pages.models import Body, Page, PageVersion
from engage.pages.rounds import codes
from engage.pages.rounds.models import CONCERNED, LineMark, ReaderKind, ReadingRound, RoundReader
from engage.pages.rounds.words import TOLD


class Mention(NamedTuple):
    """What the public may know of a round: kinds of readers, how many, and when; never who."""

    kinds: list[ReaderKind]
    readers: int
    closed_at: datetime

    @property
    def words(self) -> str:
        """`Relu ligne par ligne par 3 personnes concernées (personnes âgées), juin 2026.`"""
        count = ngettext(
            "Read line by line by %(num)s person concerned",
            "Read line by line by %(num)s people concerned",
            self.readers,
        )
        kinds = ", ".join(str(TOLD[kind]) for kind in self.kinds)
        return f"{count} ({kinds}), {month(self.closed_at)}."


def mention(version: PageVersion) -> Mention | None:
    """Why this version may say "facile à lire": its last round that the team allowed it after. Else None."""
    rows = select(ReadingRound.closed_at, RoundReader.kind).join(
        RoundReader, RoundReader.round_id == ReadingRound.id
    )
    allowed = rows.where(ReadingRound.version_id == version.id, ReadingRound.allowed_at.is_not(None))
    finished = allowed.where(RoundReader.finished_at.is_not(None), RoundReader.kind.in_(CONCERNED))
    found = db.session.execute(finished.order_by(ReadingRound.closed_at.desc())).all()
    closed_at = found[0][0] if found else None
    if closed_at is None:
        return None
    last = [kind for moment, kind in found if moment == closed_at]
    return Mention([kind for kind in ReaderKind if kind in last], len(last), closed_at)


def text(version: PageVersion, body: Body) -> str:
    return version.short if body is Body.SHORT else version.simple


def lines(round_: ReadingRound) -> list[Line]:
    """What is read, in its order; `number` names a line."""
    return [line for line in markup.lines(text(round_.version, round_.body)) if line.words]


def is_open(round_: ReadingRound) -> bool:
    """Whether readers may answer on the screen: until its last day, unless the team closed it."""
    return round_.closed_at is None and centre_today() <= round_.closes_on


def _rounds() -> Select[ReadingRound]:
    whole = joinedload(ReadingRound.version).joinedload(PageVersion.page)
    return select(ReadingRound).options(whole, joinedload(ReadingRound.group))


def get(code: str) -> ReadingRound:
    """Aborts with 404."""
    return db.session.scalars(_rounds().where(ReadingRound.code == code)).one_or_none() or abort(404)


def of_page(page: Page) -> Sequence[tuple[ReadingRound, int, int]]:
    """Its rounds, the latest first, each with how many were invited and how many finished."""
    invited = select(func.count()).where(RoundReader.round_id == ReadingRound.id)
    finished = invited.where(RoundReader.finished_at.is_not(None))
    rows = _rounds().add_columns(invited.scalar_subquery(), finished.scalar_subquery())
    here = rows.join(ReadingRound.version).where(PageVersion.page_id == page.id)
    return [tuple(row) for row in db.session.execute(here.order_by(ReadingRound.id.desc()))]


def to_close() -> ColumnElement[bool]:
    """Its last day is over and nobody closed it: the readers wait to hear what it changed."""
    return and_(ReadingRound.closed_at.is_(None), ReadingRound.closes_on < centre_today())


def first_to_close() -> ReadingRound | None:
    """The one that waits longest."""
    rows = _rounds().where(to_close()).order_by(ReadingRound.closes_on, ReadingRound.id)
    return db.session.scalars(rows.limit(1)).first()


def of_group(group: Group) -> Sequence[ReadingRound]:
    """The rounds that this group reads and nobody closed, with their versions."""
    rows = select(ReadingRound).options(joinedload(ReadingRound.version))
    running = rows.where(ReadingRound.group_id == group.id, ReadingRound.closed_at.is_(None))
    return db.session.scalars(running.order_by(ReadingRound.closes_on)).all()


def versions(page: Page) -> Sequence[PageVersion]:
    """What may be read: every frozen version, the newest first."""
    rows = select(PageVersion).filter_by(page_id=page.id).order_by(PageVersion.id.desc())
    return db.session.scalars(rows).all()


def version(slug: str, language: str, number: int) -> PageVersion:
    """Aborts with 404."""
    rows = select(PageVersion).join(PageVersion.page).options(joinedload(PageVersion.page))
    wanted = rows.where(Page.slug == slug, PageVersion.language == language, PageVersion.number == number)
    return db.session.scalars(wanted).one_or_none() or abort(404)


def running(version: PageVersion, body: Body) -> ReadingRound | None:
    """The round of this text that is not closed. Until this unit ends nobody else opens one."""
    db.session.execute(select(PageVersion.id).where(PageVersion.id == version.id).with_for_update())
    rows = select(ReadingRound).filter_by(version_id=version.id, body=body, closed_at=None)
    return db.session.scalars(rows.limit(1)).first()


def readers(round_: ReadingRound) -> Sequence[RoundReader]:
    """Everybody invited, in the order in which they were."""
    rows = select(RoundReader).filter_by(round_id=round_.id).options(joinedload(RoundReader.account))
    return db.session.scalars(rows.order_by(RoundReader.id)).all()


def concerned(round_: ReadingRound) -> int:
    """How many readers concerned have read to the end."""
    rows = select(func.count()).select_from(RoundReader).where(RoundReader.round_id == round_.id)
    done = rows.where(RoundReader.finished_at.is_not(None), RoundReader.kind.in_(CONCERNED))
    return db.session.scalar(done) or 0


def _readers() -> Select[RoundReader]:
    whole = joinedload(RoundReader.round).joinedload(ReadingRound.version).joinedload(PageVersion.page)
    return select(RoundReader).options(whole)


def reader(code: str) -> RoundReader:
    """With the round, its version and page. Aborts with 404."""
    return db.session.scalars(_readers().where(RoundReader.code == code)).one_or_none() or abort(404)


def invited(round_: ReadingRound, code: str) -> RoundReader | None:
    """Who was invited to this round by this name in its addresses."""
    return db.session.scalars(_readers().filter_by(round_id=round_.id, code=code)).one_or_none()


def by_secret(typed: str) -> RoundReader | None:
    """Whom a code belongs to, however it was typed."""
    return db.session.scalars(
        select(RoundReader).filter_by(secret_digest=codes.digest(typed))
    ).one_or_none()  # fmt: skip


def of_account(account: Account) -> Sequence[RoundReader]:
    """What this person was ever asked to read, the latest first."""
    rows = _readers().where(RoundReader.account_id == account.id)
    return db.session.scalars(rows.order_by(RoundReader.id.desc())).all()


def marks(reader: RoundReader) -> dict[int, LineMark]:
    """What this reader said, by the number of the line."""
    rows = select(LineMark).filter_by(reader_id=reader.id)
    return {one.line: one for one in db.session.scalars(rows)}


def all_marks(round_: ReadingRound) -> Sequence[LineMark]:
    rows = select(LineMark).join(RoundReader, RoundReader.id == LineMark.reader_id)
    return db.session.scalars(rows.where(RoundReader.round_id == round_.id)).all()


def to_forget(closed_before: datetime, closes_before: date) -> Sequence[RoundReader]:
    """Readers of rounds over for long, of whom something is kept that could name them."""
    over = or_(
        ReadingRound.closed_at < closed_before,
        ReadingRound.closed_at.is_(None) & (ReadingRound.closes_on < closes_before),
    )
    held: list[Any] = [RoundReader.name, RoundReader.account_id, RoundReader.secret_digest]
    named = or_(*(column.is_not(None) for column in held))
    rows = select(RoundReader).join(RoundReader.round).where(over, named)
    return db.session.scalars(rows.order_by(RoundReader.id)).all()
