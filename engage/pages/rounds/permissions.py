"""Who opens a round, invites and closes it; and who may say that a text is easy to read."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.pages import permissions as pages
from engage.pages.models import PageVersion
from engage.pages.rounds.models import ReadingRound, RoundReader


def see_desk(me: Account | None) -> bool:
    """Rounds with the names of readers and what they said."""
    return pages.see_desk(me)


def begin(me: Account | None, version: PageVersion) -> bool:
    return see_desk(me)


def invite(me: Account | None, round_: ReadingRound) -> bool:
    return see_desk(me)


def dismiss(me: Account | None, reader: RoundReader) -> bool:
    return see_desk(me)


def enter(me: Account | None, reader: RoundReader) -> bool:
    """Somebody of the team types in what a reader ticked on paper."""
    return see_desk(me)


def close(me: Account | None, round_: ReadingRound) -> bool:
    return see_desk(me)


def say_changed(me: Account | None, round_: ReadingRound) -> bool:
    return see_desk(me)


def allow(me: Account | None, round_: ReadingRound) -> bool:
    """The one who answers for the page answers for what it says of itself."""
    return pages.answers_for(me, round_.version.page)


def take_back(me: Account | None, round_: ReadingRound) -> bool:
    return allow(me, round_)
