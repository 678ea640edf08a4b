"""A recording is kept for the words that were read, and taken away."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.journal import actions as journal
from engage.pages.models import Body, PageVersion
from engage.pages.sounds import queries
from engage.pages.sounds.models import Recording
from engage.uploads import actions as uploads
from engage.uploads.sounds import CheckedSound


def record(version: PageVersion, *, body: Body, sound: CheckedSound, said_by: str, by: Account) -> None:
    """Somebody read this text aloud; an earlier recording of it goes."""
    page = version.page
    if (before := queries.held(page, version.language, body)) is not None:
        _erase(before)
    facts = {"said_by": said_by, "recorded_at": now(), "recorded_by_id": by.id}
    db.session.add(
        Recording(
            page_id=page.id,
            language=version.language,
            body=body,
            words_digest=queries.digest(version, body),
            upload=uploads.keep(sound),
            **facts,
        )
    )
    db.session.flush()
    journal.record("page read aloud", "page", page.slug, by=by, note=f"{version.language} {body}")


def remove(recording: Recording, *, by: Account) -> None:
    slug, note = recording.page.slug, f"{recording.language} {recording.body}"
    _erase(recording)
    journal.record("recording of a page removed", "page", slug, by=by, note=note)


def _erase(recording: Recording) -> None:
    upload = recording.upload
    db.session.delete(recording)
    db.session.flush()
    uploads.erase(upload)
