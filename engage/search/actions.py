"""Counting words that found nothing: words alone, and never those that could tell of somebody."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, text

from engage.accounts.models import Account
from engage.core import limits
from engage.core.clock import now
from engage.core.db import db, writing_aside
from engage.core.words import TOKEN, fold
from engage.intake import screening
from engage.intake.screening import Kind
from engage.search.models import EmptySearch

LONGEST = 60  # characters
MOST_A_DAY = 20  # of one address
MOST_KEPT = 2000
KEPT_DAYS = 365
COUNT = text(
    "INSERT INTO empty_search (words, times, last_on) VALUES (:words, 1, :today)"
    " ON CONFLICT (words) DO UPDATE SET times = empty_search.times + 1, last_on = excluded.last_on"
)
# A search for an illness says nothing about who searches; a name or a number does.
HARMLESS = {Kind.HEALTH}


def plain(question: str) -> str:
    """The words to keep of a question; none when it holds a number, a contact, a name, or great pain."""
    marks = {finding.kind for finding in screening.screen(question)}
    words = " ".join(TOKEN.findall(fold(question)))
    is_private = bool(marks - HARMLESS) or any(char.isdigit() for char in words)
    return "" if is_private or len(words) > LONGEST else words


def count(question: str) -> None:
    """One more search for these words without an answer, once a day for each address.

    Written aside at once, as a rate counter is: nothing of the reader's is changed by reading.
    """
    words, today = plain(question), now()
    if not words:
        return
    until = today + timedelta(days=1)
    who = f"{limits.address()} {today.date()}"
    if (
        limits.tally(f"empty {words}", who, until=until) > 1
        or limits.tally("empty", who, until=until) > MOST_A_DAY
    ):
        return
    with writing_aside(alone=True) as connection:
        connection.execute(COUNT, {"words": words, "today": today.date()})


def forget(words: str, *, by: Account) -> None:
    """It is answered now, or it never will be."""
    db.session.execute(delete(EmptySearch).filter_by(words=words))


def forget_old() -> int:
    """Erase what nobody looked for in a year, and the rarest beyond a few thousand; how many."""
    connection = db.session.connection()
    old = now().date() - timedelta(days=KEPT_DAYS)
    gone = connection.execute(delete(EmptySearch).where(EmptySearch.last_on < old)).rowcount
    often = select(EmptySearch.words).order_by(
        EmptySearch.times.desc(), EmptySearch.last_on.desc(), EmptySearch.words
    )
    rare = EmptySearch.words.not_in(often.limit(MOST_KEPT))
    return gone + connection.execute(delete(EmptySearch).where(rare)).rowcount
