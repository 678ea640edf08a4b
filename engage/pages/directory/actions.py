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
from engage.pages.directory import queries
from engage.pages.directory.models import Entry

KIND = "entry"
WAYS = ("phone", "email", "website", "address")


def add(*, by: Account | None, **values: Any) -> Entry:
    """One more person or service; the same words twice are one.

    Raises Refused when nothing says how to reach them, and for a name that stands there already.
    """
    held = queries.named(values["name"])
    if held and _is_said(held, values):
        return held
    _ensure_alone(held, None, values["name"])
    entry = _say(Entry(), values, by)
    record("entry added", KIND, entry.code, by=by)
    return entry


def edit(entry: Entry, *, version: int, by: Account, **values: Any) -> None:
    """Twice is once. Raises Refused as `add` does, and when somebody else has changed it."""
    if _is_said(entry, values):
        return
    _ensure(entry, version)
    _ensure_alone(queries.named(values["name"]), entry, values["name"])
    _say(entry, values, by)
    record("entry edited", KIND, entry.code, by=by)


def check(entry: Entry, *, version: int, by: Account) -> None:
    """Somebody called, today: all of it is right. Twice is once."""
    said = {"checked_on": centre_today(), "checked_by": by.first_name}
    if entry.version == version + 1 and _is_said(entry, said):
        return
    _ensure(entry, version)
    _say(entry, said, by)
    record("entry checked", KIND, entry.code, by=by)


def withdraw(entry: Entry, *, by: Account) -> None:
    """Out of the directory at once; the worker erases it some weeks later. Twice is once."""
    if entry.withdrawn_at is not None:
        return
    entry.withdrawn_at = now()
    db.session.flush()
    fulltext.drop(KIND, entry.code)
    cache.forget()
    record("entry withdrawn", KIND, entry.code, by=by)


def put_back(entry: Entry, *, by: Account) -> None:
    """Twice is once. Raises Refused where another entry took its name meanwhile."""
    if entry.withdrawn_at is None:
        return
    _ensure_alone(queries.named(entry.name), entry, entry.name)
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


def _is_said(entry: Entry, values: dict[str, Any]) -> bool:
    return all(getattr(entry, name) == value for name, value in values.items())


def _ensure(entry: Entry, version: int) -> None:
    if entry.version != version:
        raise Refused(_("Someone else has just changed this address. Please look again before you send."))


def _ensure_alone(held: Entry | None, entry: Entry | None, name: str) -> None:
    """A file knows an entry by its name: two of one name could not come in again."""
    if held is not None and held is not entry:
        words = _(
            "“%(name)s” is in the directory already. Add the town or the street to the name.", name=name
        )
        raise Refused(words)


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
