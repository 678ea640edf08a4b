"""What the team does with an event as a whole: plan it, change it, show it, copy it, call it off."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm.attributes import flag_modified

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.events import queries as found
from engage.events.joining import queries as groups
from engage.events.kinds import EventKind, EventState
from engage.events.models import Event, EventQuestion, Occurrence, Series
from engage.events.planning import queries
from engage.events.programme import actions as programmes
from engage.events.signing import actions as signing
from engage.journal import actions as journal
from engage.uploads import actions as uploads
from engage.uploads.models import Upload
from engage.uploads.pictures import CheckedPhoto

Asked = list[tuple[str, bool]]
ON_CALENDARS = {"title", "neutral_title", "place", "address"}
NOT_COPIED = {"id", "code", "version", "state", "title", "created_at", "photo_id"}


def create(
    kind: EventKind,
    *,
    questions: Asked,
    photo: CheckedPhoto | None,
    photo_alt: str,
    by: Account,
    **words: Any,
) -> Event:
    """A new draft: nobody but the team sees it."""
    event = Event(kind=kind, created_at=now(), photo=_kept(photo, photo_alt), **words)
    db.session.add(event)
    db.session.flush()
    _ask(event, questions)
    journal.record("event created", "event", event.code, by=by, note=event.title)
    return event


def _kept(photo: CheckedPhoto | None, alt: str) -> Upload | None:
    return uploads.keep(photo, alt=alt) if photo else None


def _ask(event: Event, questions: Asked) -> None:
    asked = enumerate(questions, 1)
    db.session.add_all(
        EventQuestion(event_id=event.id, position=n, text=text, is_required=required)
        for n, (text, required) in asked
    )


def edit(
    event: Event, *, version: int, questions: Asked, photo: CheckedPhoto | None, photo_alt: str,
    no_photo: bool, by: Account, **words: Any,
) -> None:  # fmt: skip
    """Change what people read. Raises Refused when somebody else did meanwhile, or answers would be lost."""
    if event.version != version:
        raise Refused(_("Somebody changed this event meanwhile. Please look at it again."))
    changed = {name: value for name, value in words.items() if getattr(event, name) != value}
    if event.is_joined_once and "is_joined_once" in changed:
        _refuse_lost_group(event)
    for name, value in changed.items():
        setattr(event, name, value)
    names = (
        sorted(changed)
        + _change_questions(event, questions)
        + _change_photo(event, photo, photo_alt, no_photo)
    )
    if changed.keys() & ON_CALENDARS:
        coming = update(Occurrence).where(Occurrence.event_id == event.id, Occurrence.ends_at > now())
        db.session.execute(coming.values(sequence=Occurrence.sequence + 1, changed_at=now()))
    if names:
        flag_modified(event, "title")  # questions have rows of their own: the version must grow for them too
        journal.record("event edited", "event", event.code, by=by, note=", ".join(names))


def _refuse_lost_group(event: Event) -> None:
    """A group that people belong to stays one: they count on it."""
    parties, people = groups.counts(event)
    if parties:
        raise Refused(
            ngettext(
                "%(num)s person belongs to this group: it stays a group. You may take them out first.",
                "%(num)s people belong to this group: it stays a group. You may take them out first.",
                people,
            )
        )


def _change_questions(event: Event, questions: Asked) -> list[str]:
    """Answers are kept by the place of their question: once somebody answered, none may move up."""
    held = [(one.text, one.is_required) for one in found.questions(event)]
    if held == questions:
        return []
    if len(questions) < len(held) and queries.has_people(event):
        raise Refused(_("People have already answered: a question can be reworded, not taken away."))
    db.session.execute(delete(EventQuestion).filter_by(event_id=event.id))
    _ask(event, questions)
    return ["questions"]


def _change_photo(event: Event, photo: CheckedPhoto | None, alt: str, is_removed: bool) -> list[str]:
    """A new photo replaces the old one; none keeps it, and may be told anew."""
    old = event.photo
    if photo or (old and is_removed):
        event.photo = _kept(photo, alt)
        db.session.flush()
        if old and not queries.shows(old):
            uploads.erase(old)
        return ["photo"]
    if old and alt and old.alt != alt:
        old.alt = alt
        return ["photo"]
    return []


def publish(event: Event, *, by: Account) -> None:
    """From now on everyone sees it. Raises Refused for an event without a date to come."""
    if event.state is not EventState.DRAFT:
        raise Refused(_("Only a draft can be published."))
    if not queries.coming(event):
        raise Refused(_("Give it a date first: people must know when to come."))
    event.state = EventState.PUBLISHED
    journal.record("event published", "event", event.code, by=by, note=event.title)


def copy(event: Event, *, by: Account) -> Event:
    """A new draft with the same words, settings and questions; without dates, photo or people."""
    columns = (column.key for column in Event.__table__.columns)
    words = {name: getattr(event, name) for name in columns if name not in NOT_COPIED}
    twin = Event(title=_("%(title)s (copy)", title=event.title), created_at=now(), **words)
    db.session.add(twin)
    db.session.flush()
    _ask(twin, [(one.text, one.is_required) for one in found.questions(event)])
    programmes.copy(event, twin)
    journal.record("event copied", "event", twin.code, by=by, note=event.title)
    return twin


def cancel(event: Event, *, why: str, by: Account) -> None:
    """Call off every date to come; everyone who signed up is told. Raises Refused for a draft."""
    if event.state is not EventState.PUBLISHED:
        raise Refused(_("Only a published event can be cancelled."))
    signing.cancel_occurrences(queries.coming(event), why, by=by)
    theirs = update(Series).where(Series.event_id == event.id)
    db.session.execute(theirs.values(ended_on=centre_today()))
    event.state = EventState.CANCELLED
    journal.record("event cancelled", "event", event.code, by=by, note=event.title)


def discard(event: Event, *, by: Account) -> None:
    """Throw a draft away. Raises Refused once people have signed up or have seen it."""
    if event.state is not EventState.DRAFT or queries.has_people(event):
        raise Refused(_("People know of this event: cancel it instead, and they are told."))
    photo = event.photo
    journal.record("event discarded", "event", event.code, by=by, note=event.title)
    db.session.execute(delete(Occurrence).filter_by(event_id=event.id))
    db.session.delete(event)
    db.session.flush()
    if photo:
        uploads.erase(photo)
