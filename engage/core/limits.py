"""Rate counters shared by all processes: written and committed before the unit of work opens.

An address is never stored: the key of a counter is a digest that changes every day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TypeVar

from flask import Flask, current_app, request
from sqlalchemy import Dialect, bindparam, delete, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.core import keys
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import Model, Moment, db, writing_aside
from engage.core.errors import TooMany
from engage.core.straight import Straight, at_once

View = TypeVar("View", bound=Callable[..., object])
UNITS = {"minute": 60, "hour": 3600, "day": 86400}
LIMIT = re.compile(r"(\d+)/(\d*)(minute|hour|day)s?")


class RateCounter(Model):
    """How often something was tried in a window of time, by a digest nobody can turn back."""

    __tablename__ = "rate_counter"
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


EXPIRY = bindparam("expires_at", type_=Moment)
COUNT_UP = text(
    "INSERT INTO rate_counter (key, count, expires_at) VALUES (:key, 1, :expires_at)"
    " ON CONFLICT (key) DO UPDATE SET count = rate_counter.count + 1 RETURNING count"
).bindparams(EXPIRY)
# A try is not worth a wait for the disk: a power cut may forget the last ones.
COUNT_ASIDE = {
    "sqlite": COUNT_UP,  # `core.units` sees to it
    "postgresql": text(
        "WITH light AS (SELECT set_config('synchronous_commit', 'off', true))"
        " INSERT INTO rate_counter (key, count, expires_at) SELECT :key, 1, :expires_at FROM light"
        " ON CONFLICT (key) DO UPDATE SET count = rate_counter.count + 1 RETURNING count"
    ).bindparams(EXPIRY),
}


def parsed(limit: str) -> tuple[int, int]:
    """`"5/15minutes"` -> (5 tries, 900 seconds). Raises ValueError."""
    found = LIMIT.fullmatch(limit.replace(" ", ""))
    if not found:
        raise ValueError(f"a limit reads like 20/hour or 5/15minutes, not {limit!r}")
    return int(found[1]), int(found[2] or 1) * UNITS[found[3]]


def address() -> str:
    """Whose request this is: the sender, or behind named proxies whom they forward; a /64 for IPv6."""
    trusted = _settings().trusted_proxies
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    chosen: IPv4Address | IPv6Address | None = None
    for hop in (request.remote_addr or "", *reversed(forwarded)):
        try:
            ip = ip_address(hop.strip())
        except ValueError:
            break
        chosen = ip
        if not any(ip in network for network in trusted):
            break
    if isinstance(chosen, IPv6Address):
        return str(IPv6Address(int(chosen) >> 64 << 64))
    return str(chosen)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings


def spend(name: str, who: str) -> None:
    """Count one try of `who` at `name`. Raises TooMany past the limit of the settings."""
    tries, seconds = parsed(_settings().limit(name))
    present = now()
    window = int(present.timestamp()) // seconds
    ends = datetime.fromtimestamp((window + 1) * seconds, present.tzinfo)
    key = keys.digest(f"rate {present.date()}", f"{name}\0{who}\0{window}")
    if _counted_aside(key, ends + timedelta(minutes=1)) > tries:
        raise TooMany(minutes=max(1, round((ends - present).total_seconds() / 60)))


def tally(what: str, who: str, *, until: datetime) -> int:
    """Count one try of `who` at something that ends at `until`, whatever the windows; how many that makes."""
    return _counted_aside(keys.digest("tally", f"{what}\0{who}"), until)


def _counted_aside(key: str, expires_at: datetime) -> int:
    with writing_aside(alone=True) as connection:
        (((counted,),),) = at_once(
            connection, (_count(connection.dialect), {"key": key, "expires_at": expires_at})
        )
        return int(counted)


@lru_cache(maxsize=4)
def _count(dialect: Dialect) -> Straight:
    return Straight(COUNT_ASIDE[dialect.name], dialect, "key", "expires_at")


def first_time(what: str, who: str, *, until: datetime) -> bool:
    """Whether this happens for the first time before `until`; undone when the caller's unit is."""
    key = keys.digest("first time", f"{what}\0{who}")
    return bool(db.session.execute(COUNT_UP, {"key": key, "expires_at": until}).scalar_one() == 1)


def limited(name: str, who: Callable[[], str] = address) -> Callable[[View], View]:
    """Mark a view: each POST counts against the limit `name`, before the unit of work opens."""

    def mark(view: View) -> View:
        view.limit = (name, who)  # type: ignore[attr-defined]
        return view

    return mark


def _count_request() -> None:
    if request.method != "POST" or not request.endpoint:
        return
    name, who = getattr(current_app.view_functions[request.endpoint], "limit", (None, None))
    if name and who:
        spend(name, who())


def forget_expired() -> int:
    """Erase counters whose window is over; how many."""
    with writing_aside(alone=True) as connection:
        return connection.execute(delete(RateCounter).where(RateCounter.expires_at < now())).rowcount


def init_app(app: Flask) -> None:
    app.before_request(_count_request)
