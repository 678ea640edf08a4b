"""What strangers may know of a wave, without a row behind it: it is kept for some seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from engage.core.cache import remember
from engage.core.clock import now
from engage.core.db import db
from engage.surveys.answering import queries
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Channel, Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.models import Version
from engage.surveys.questionnaire.paths import listed, seconds

OPEN_DOORS = {ChannelKind.LINK, ChannelKind.POSTER, ChannelKind.EVENT, ChannelKind.IDEA}
MOST = 100
LONG_SECONDS = 600


class Span(NamedTuple):
    """How much is asked, on the shortest way through and on the longest."""

    least: int
    most: int
    quickest: float
    slowest: float

    @property
    def quickest_minutes(self) -> int:
        return max(1, ceil(self.quickest / 60))

    @property
    def slowest_minutes(self) -> int:
        """Upwards: nobody should find it longer than we said."""
        return max(1, ceil(self.slowest / 60))


@dataclass(frozen=True)
class Facts:
    """A wave as its pages show it."""

    id: UUID
    code: str
    title: str
    opens_at: datetime
    closes_at: datetime
    is_strict: bool
    purpose: str
    results_on: date | None
    retained_until: date
    is_finished: bool
    had_too_few: bool
    doors: frozenset[ChannelKind]
    document: Document
    heard: frozenset[tuple[str, str, str]]
    """What was read aloud: key of the question, language, variant of its words."""

    @property
    def needs_ticket(self) -> bool:
        """Nobody comes in from the web without a slip."""
        return ChannelKind.SLIPS in self.doors and not self.doors & OPEN_DOORS

    def may_enter(self, *, on_kiosk: bool) -> bool:
        """Whether it is answered on a screen at all, and not on paper or by phone alone."""
        doors = OPEN_DOORS | {ChannelKind.SLIPS} | ({ChannelKind.KIOSK} if on_kiosk else set())
        return bool(self.doors & doors)

    @property
    def ends_at(self) -> datetime:
        """After this nothing is taken, and nothing kept that was not sent."""
        return self.closes_at + queries.GRACE

    def takes(self, begun_at: datetime | None = None) -> bool:
        """Whether an answer is taken now from who began at `begun_at`."""
        return queries.is_open(self, begun_at=begun_at)

    @property
    def is_over(self) -> bool:
        return now() > self.closes_at


def find(code: str) -> Facts | None:
    return remember(("wave", code), lambda: _find(code))


def _find(code: str) -> Facts | None:
    asked = select(Wave, Version).join(Version, Wave.version_id == Version.id).where(Wave.code == code)
    found = db.session.execute(asked).one_or_none()
    if found is None:
        return None
    wave, version = found
    doors = db.session.scalars(select(Channel.kind).filter_by(wave_id=wave.id))
    return Facts(
        id=wave.id,
        code=wave.code,
        title=wave.title,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        is_strict=wave.anonymity is Anonymity.STRICT,
        purpose=wave.purpose,
        results_on=wave.results_on,
        retained_until=wave.retained_until,
        is_finished=wave.finished_at is not None,
        had_too_few=wave.had_too_few,
        doors=frozenset(doors),
        document=questionnaires.document(version),
        heard=_heard(version),
    )


def _heard(version: Version) -> frozenset[tuple[str, str, str]]:
    recordings = questionnaires.recordings(version)
    return frozenset((key, *wording) for key, held in recordings.items() for wording in held)


def span(facts: Facts) -> Span:
    """Walks every way through, once in a while."""
    return remember(("survey span", facts.id), lambda: _span(facts.document), seconds=LONG_SECONDS)


def _span(document: Document) -> Span:
    asked = {one.key for one in document.asked}
    ways = listed(document)
    if not ways:
        whole = sum(seconds(one, document.languages[0]) for one in document.questions)
        return Span(len(asked), len(asked), whole, whole)
    counts = [sum(key in asked for key in way.shown) for way in ways]
    return Span(min(counts), max(counts), ways[0].seconds, ways[-1].seconds)


class Listed(NamedTuple):
    """One line of the public list."""

    code: str
    title: str
    closes_at: datetime


def open_now() -> tuple[Listed, ...]:
    """Waves that anybody may answer now, the one that closes first at the top."""
    return remember("open surveys", _open_now)


def _open_now() -> tuple[Listed, ...]:
    return tuple(Listed(wave.code, wave.title, wave.closes_at) for wave in queries.open_listed())


def beside(kind: str) -> Listed | None:
    """The wave that pages of this kind, of an idea or of an event, offer at their foot."""
    return remember(("survey beside", kind), lambda: _beside(ChannelKind(kind)))


def _beside(kind: ChannelKind) -> Listed | None:
    wave = queries.open_by(kind)
    return None if wave is None else Listed(wave.code, wave.title, wave.closes_at)


def with_results() -> tuple[Listed, ...]:
    """Waves whose results are published, the newest first."""
    return remember("surveys with results", _with_results)


def _with_results() -> tuple[Listed, ...]:
    rows = select(Wave).where(Wave.finished_at.is_not(None), Wave.is_listed)
    found = db.session.scalars(rows.order_by(Wave.closes_at.desc(), Wave.code).limit(MOST))
    return tuple(Listed(wave.code, wave.title, wave.closes_at) for wave in found)
