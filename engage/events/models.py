"""What people come to: an event, its dates, and what it asks of those who sign up."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.commitments.models import Rung
from engage.core.db import Encrypted, Model
from engage.core.keys import public_code
from engage.events.kinds import EventKind, EventState, LargeParty, LatePlace, SigningUp
from engage.groups.models import Group
from engage.themes.models import Theme
from engage.uploads.models import Upload

MOST_PLACES = 5_000


class Event(Model):
    """What does not change from one date to the next.

    `neutral_title` is what calendars and mails say instead of the title, `cost` is empty when it is free.
    `capacity` None: no limit. `reserved_places` are kept for partner patients until `released_days` before.
    `is_joined_once`: people join the group, and are signed up for each of its dates. `group` proposes it.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint(f"capacity BETWEEN 1 AND {MOST_PLACES}", name="some_places"),
        CheckConstraint("reserved_places >= 0 AND released_days >= 0", name="reserved"),
        CheckConstraint("reserved_places = 0 OR reserved_places <= capacity", name="reserved_of_places"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    version: Mapped[int] = mapped_column()
    kind: Mapped[EventKind]
    state: Mapped[EventState] = mapped_column(default=EventState.DRAFT)
    title: Mapped[str]
    neutral_title: Mapped[str] = mapped_column(default="")
    what: Mapped[str] = mapped_column(default="")
    what_short: Mapped[str] = mapped_column(default="")
    for_whom: Mapped[str] = mapped_column(default="")
    to_bring: Mapped[str] = mapped_column(default="")
    cost: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    is_step_free: Mapped[bool] = mapped_column(default=False)
    has_hearing_loop: Mapped[bool] = mapped_column(default=False)
    bus: Mapped[str] = mapped_column(default="")
    parking: Mapped[str] = mapped_column(default="")
    online_link: Mapped[str | None] = mapped_column(Encrypted)
    organiser: Mapped[str] = mapped_column(default="")
    proposed_by: Mapped[str] = mapped_column(default="")
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("users_group.id", ondelete="SET NULL"), index=True
    )
    referent_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id", ondelete="SET NULL"))
    rung: Mapped[Rung] = mapped_column(default=Rung.INFORMATION)
    signing_up: Mapped[SigningUp] = mapped_column(default=SigningUp.OPTIONAL)
    capacity: Mapped[int | None]
    reserved_places: Mapped[int] = mapped_column(default=0)
    released_days: Mapped[int] = mapped_column(default=0)
    large_party: Mapped[LargeParty] = mapped_column(default=LargeParty.WAITS)
    late_place: Mapped[LatePlace] = mapped_column(default=LatePlace.CONFIRMED)
    is_joined_once: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    referent: Mapped[Account | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    photo: Mapped[Upload | None] = relationship()
    group: Mapped[Group | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_published(self) -> bool:
        return self.state is EventState.PUBLISHED

    @property
    def discreet_title(self) -> str:
        """What may stand in a calendar or a mail that others see."""
        return self.neutral_title or self.title


class EventQuestion(Model):
    """One of at most five questions of the organiser, in plain words."""

    __tablename__ = "event_question"
    __table_args__ = (
        UniqueConstraint("event_id", "position"),
        CheckConstraint("position BETWEEN 1 AND 5", name="at_most_five"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str]
    is_required: Mapped[bool] = mapped_column(default=False)


class Series(Model):
    """Dates that come back by a rule (RFC 5545, 3.3.10), in wall time of the centre's zone.

    `exceptions` are the days, as ISO dates, on which it does not take place.
    """

    __tablename__ = "event_series"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    rule: Mapped[str]
    first_day: Mapped[date]
    starts: Mapped[time]
    minutes: Mapped[int]
    exceptions: Mapped[list[Any]]
    made_until: Mapped[date | None]
    ended_on: Mapped[date | None]


class Occurrence(Model):
    """One date. `day` and `starts` stand on the clock of the wall; `starts_at` and `ends_at` are moments.

    `taken` is the recomputed sum of the places held, for display only; `lock` is bumped first by whatever
    changes who has a place. `sequence` counts the changes that calendars must hear of (RFC 5545, 3.8.7.4).
    `head_count` is what was counted at the door; `new_faces`, of the parties that came, those never seen
    before, is written down when the day is closed, while it can still be known. `minutes_words`: the minutes.
    """

    __tablename__ = "event_occurrence"
    __table_args__ = (
        UniqueConstraint("series_id", "series_day"),
        CheckConstraint("taken >= 0", name="taken_not_negative"),
        CheckConstraint("capacity IS NULL OR taken <= capacity", name="never_oversold"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        CheckConstraint("reserved >= 0", name="reserved_not_negative"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("event_series.id", ondelete="SET NULL"))
    series_day: Mapped[date | None]
    day: Mapped[date]
    starts: Mapped[time]
    minutes: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    is_changed: Mapped[bool] = mapped_column(default=False)
    cancelled_at: Mapped[datetime | None]
    cancelled_why: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int | None]
    reserved: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    lock: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    head_count: Mapped[int | None]
    day_closed_at: Mapped[datetime | None]
    new_faces: Mapped[int | None]
    minutes_words: Mapped[str] = mapped_column(default="", server_default="")
    event: Mapped[Event] = relationship()

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def free(self) -> int | None:
        """Places that nobody holds, those kept for partner patients included; None without a limit."""
        return None if self.capacity is None else self.capacity - self.taken
