"""Saying how a date was, and what the team does with it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Uuid, bindparam, select, text, update

from engage.accounts.models import Account
from engage.commitments.models import Commitment
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.after import feedback, queries
from engage.events.after.models import EventCommitment, EventPhoto, Face, Feedback, Shown
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.journal import actions as journal
from engage.uploads import actions as uploads
from engage.uploads.pictures import CheckedPhoto

MOST_PHOTOS = 12
# SQLite numbers its rows in the order they came: the number is drawn instead, so that nobody reads it back.
ANYWHERE = text("UPDATE event_feedback SET rowid = :place WHERE id = :id").bindparams(
    bindparam("id", type_=Uuid())
)


def answer(occurrence: Occurrence, *, face: Face, words: str, submission_key: str) -> None:
    """Keep it without person or time; sent again, it is kept once.

    Raises Refused when it is not the time, or when more answers came than people.
    """
    if not feedback.is_open(occurrence):
        raise Refused(_("It is too early or too late to say how this date was."))
    sent = keys.digest("event feedback", submission_key)
    hold(occurrence)
    if db.session.scalars(select(Feedback.id).filter_by(submission_digest=sent)).one_or_none():
        return
    if queries.is_full_of_answers(occurrence):
        raise Refused(_("As many people have answered as came: no more answers are taken. You may call us."))
    said = {"face": face, "words": words or None, "state": Shown.UNREAD}
    made = insert_once(Feedback, occurrence_id=occurrence.id, submission_digest=sent, **said)
    if made and db.engine.dialect.name == "sqlite":
        db.session.connection().execute(ANYWHERE, {"id": made.id, "place": secrets.randbits(62)})


def hold(occurrence: Occurrence) -> None:
    """Until this unit ends, nobody else adds to what this date gave: two presses are one."""
    db.session.scalars(select(Occurrence.id).filter_by(id=occurrence.id).with_for_update()).one()


def forget_forms() -> int:
    """When nobody can answer any more, nothing remembers which forms were sent; of how many."""
    over = select(Occurrence.id).where(Occurrence.ends_at < now() - feedback.LASTS)
    kept = update(Feedback).where(Feedback.submission_digest.is_not(None), Feedback.occurrence_id.in_(over))
    return db.session.connection().execute(kept.values(submission_digest=None)).rowcount


def forget_words(before: datetime) -> int:
    """Erase what was written about dates that ended before; the faces stay. Of how many dates."""
    dates = queries.with_words(before)
    for date in dates:
        erased = update(Feedback).where(Feedback.occurrence_id == date.id)
        db.session.execute(erased.values(words=None))
        journal.record("feedback erased", "occurrence", date.code, by=None)
    return len(dates)


def forget_agreements() -> int:
    """Who is forgotten agrees to nothing any more; of how many sign-ups."""
    nameless = update(SignUp).where(SignUp.name.is_(None), SignUp.agrees_to_photos.is_(True))
    return db.session.connection().execute(nameless.values(agrees_to_photos=False)).rowcount


def judge(one: Feedback, occurrence: Occurrence, *, state: Shown, by: Account) -> None:
    """Show somebody's words on the page of the date, or keep them to the team."""
    if one.state is not state:
        one.state = state
        journal.record(f"feedback {state}", "occurrence", occurrence.code, by=by)


def write_minutes(occurrence: Occurrence, *, words: str, seen: str, by: Account) -> None:
    """What everybody reads of it. Raises Refused when somebody else wrote since `seen` was shown."""
    db.session.refresh(occurrence, ["minutes_words"], with_for_update=True)
    if seen != mark(occurrence.minutes_words):
        raise Refused(_("Somebody wrote these minutes meanwhile. Copy your words, and look at theirs."))
    if occurrence.minutes_words != words:
        occurrence.minutes_words = words
        journal.record("minutes written", "occurrence", occurrence.code, by=by)


def mark(words: str) -> str:
    """What tells one text from another."""
    return keys.digest("minutes", words)


def add_photo(occurrence: Occurrence, *, photo: CheckedPhoto, alt: str, by: Account) -> None:
    """A picture that everybody on it agreed to. Raises Refused for too many."""
    hold(occurrence)
    if len(queries.photos(occurrence.id)) >= MOST_PHOTOS:
        raise Refused(_("A date shows %(most)s pictures at most. Take one away first.", most=MOST_PHOTOS))
    upload = uploads.keep(photo, alt=alt)
    added = {"added_by_id": by.id, "added_at": now()}
    db.session.add(EventPhoto(occurrence_id=occurrence.id, upload_id=upload.id, **added))
    journal.record("event photo added", "occurrence", occurrence.code, by=by, note=alt)


def remove_photo(occurrence: Occurrence, photo: EventPhoto, *, by: Account) -> None:
    """Nobody sees it any more, and its file is erased."""
    upload = photo.upload
    db.session.delete(photo)
    db.session.flush()
    uploads.erase(upload)
    journal.record("event photo removed", "occurrence", occurrence.code, by=by, note=upload.alt)


def tie(occurrence: Occurrence, commitment: Commitment, *, by: Account) -> None:
    """Say that this commitment follows from this date. Twice is once."""
    hold(occurrence)
    held = {"occurrence_id": occurrence.id, "commitment_id": commitment.id}
    if db.session.get(EventCommitment, tuple(held.values())) is None:
        db.session.add(EventCommitment(**held))
        journal.record("commitment tied", "occurrence", occurrence.code, by=by, note=commitment.title)


def untie(occurrence: Occurrence, commitment: Commitment, *, by: Account) -> None:
    hold(occurrence)
    held = db.session.get(EventCommitment, (occurrence.id, commitment.id))
    if held:
        db.session.delete(held)
        journal.record("commitment untied", "occurrence", occurrence.code, by=by, note=commitment.title)


def agree_to_photos(sign_up: SignUp, yes: bool) -> None:
    """Whether this person may be on pictures; no is what stands until they say yes."""
    sign_up.agrees_to_photos = yes


def read_refusals(occurrence: Occurrence, *, by: Account) -> Sequence[SignUp]:
    """Who came, or has a place, and did not agree to pictures; the look is in the journal."""
    journal.record("guests viewed", "occurrence", occurrence.code, by=by)
    return queries.without_agreement(occurrence)
