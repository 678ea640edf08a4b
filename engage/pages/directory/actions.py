"""What the team does with the directory."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core import cache, fulltext
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal.actions import record
from engage.pages.bringing import Plan
from engage.pages.directory.models import Entry

KIND = "entry"
WAYS = ("phone", "email", "website", "address")


def add(*, by: Account | None, **values: Any) -> Entry:
    """One more person or service. Raises Refused when nothing says how to reach them."""
    entry = _say(Entry(), values, by)
    record("entry added", KIND, entry.code, by=by)
    return entry


def edit(entry: Entry, *, version: int, by: Account, **values: Any) -> None:
    """Raises Refused when somebody else has changed it, or nothing says how to reach them."""
    _ensure(entry, version)
    _say(entry, values, by)
    record("entry edited", KIND, entry.code, by=by)


def check(entry: Entry, *, version: int, by: Account) -> None:
    """Somebody called, today: all of it is right."""
    _ensure(entry, version)
    _say(entry, {"checked_on": centre_today(), "checked_by": by.first_name}, by)
    record("entry checked", KIND, entry.code, by=by)


def withdraw(entry: Entry, *, by: Account) -> None:
    """Out of the directory at once; the worker erases it some weeks later."""
    entry.withdrawn_at = now()
    db.session.flush()
    fulltext.drop(KIND, entry.code)
    cache.forget()
    record("entry withdrawn", KIND, entry.code, by=by)


def put_back(entry: Entry, *, by: Account) -> None:
    _say(entry, {"withdrawn_at": None}, by)
    record("entry put back", KIND, entry.code, by=by)


def bring_in(plan: Plan, *, replace: bool, by: Account | None) -> int:
    """Write what a file brings; how many lines. What the team wrote stays, unless `replace`.

    Raises Refused when a line of it cannot be read.
    """
    lines = plan.to_write(replace=replace)
    for line in lines:
        _say(line.held or Entry(), line.values, by)
    if lines:
        record("entries brought in", KIND, "", by=by, note=str(len(lines)))
    return len(lines)


def take_out(*, by: Account | None) -> None:
    """Note that the directory leaves the house."""
    record("entries taken out", KIND, "", by=by)


def _ensure(entry: Entry, version: int) -> None:
    if entry.version != version:
        raise Refused(_("Someone else has just changed this address. Please look again before you send."))


def _say(entry: Entry, values: dict[str, Any], by: Account | None) -> Entry:
    for name, value in values.items():
        setattr(entry, name, value)
    if not any(getattr(entry, way) for way in WAYS):
        raise Refused(_("Say how to reach them: a phone number, an e-mail, a site or an address."))
    entry.changed_at, entry.changed_by_id = now(), by.id if by else None
    db.session.add(entry)
    db.session.flush()
    if entry.withdrawn_at is None:
        said = (entry.name, entry.needs, entry.does, entry.for_whom)
        fulltext.put(KIND, entry.code, " ".join(said))
    cache.forget()
    return entry
