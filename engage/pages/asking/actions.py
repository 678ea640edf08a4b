"""Readers say whether they understood and what is missing; the team deals with it, the clock forgets it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from engage.accounts.models import Account
from engage.core import limits, traces
from engage.core.clock import now
from engage.core.db import INSERT, db, insert_once
from engage.intake import queries as intake
from engage.journal import actions as journal
from engage.pages.asking import queries
from engage.pages.asking.models import Missing, Understood, UnderstoodCount
from engage.pages.models import Body, Page, PageVersion

ONCE_FOR = timedelta(days=30)


def count(version: PageVersion, *, body: Body, section: str, answer: Understood, browser: str) -> bool:
    """Count one answer, whether it counts: a section that is there, and once a browser.

    Of the browser only a digest is kept, beside the counters of requests and for a month; no answer knows it.
    """
    if section not in queries.titles(version, body):
        return False
    place = f"understood {version.id} {body} {section}"
    if not limits.first_time(place, browser, until=now() + ONCE_FOR):
        return False
    one = {"version_id": version.id, "body": body, "section": section, "answer": answer, "times": 1}
    table = UnderstoodCount.__table__
    keys = ["version_id", "body", "section", "answer"]
    asked = INSERT[db.engine.dialect.name](table).values(one)
    more = asked.on_conflict_do_update(index_elements=keys, set_={"times": table.c.times + 1})
    db.session.connection().execute(more)
    return True


def tell(version: PageVersion, *, body: Body, section: str, words: str, submission_key: str) -> None:
    """Keep what a reader misses, without who, with what the screening saw in it; sent again, once."""
    seen = [{"kind": str(one.kind), "start": one.start, "end": one.end} for one in intake.findings(words)]
    facts = {"version_id": version.id, "body": body, "words": words, "marks": seen, "said_at": now()}
    place = section if section in queries.titles(version, body) else ""
    insert_once(Missing, submission_key=submission_key, section=place, **facts)


def handle(page: Page, missing: Missing, *, by: Account) -> None:
    """Somebody dealt with it. Twice is once."""
    if missing.handled_at is None:
        missing.handled_at, missing.handled_by_id = now(), by.id
        journal.record("missing words handled", "page", page.slug, by=by)


def forget(before: datetime) -> int:
    """Erase words that were said before; how many."""
    gone = queries.said_before(before)
    if gone:
        traces.overwrite_deleted()
        db.session.execute(delete(Missing).where(Missing.id.in_(gone)))
    return len(gone)
