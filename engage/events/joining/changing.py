"""Changing what a member said once for all dates: who comes along, needs, answers, reminders, pictures."""

from __future__ import annotations

from typing import Any, Unpack

from sqlalchemy import update

from engage.accounts.models import Account
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.joining import actions, queries, telling
from engage.events.joining.models import Member
from engage.events.kinds import Cause, Reminded
from engage.events.signing import actions as signing
from engage.events.signing import taking
from engage.events.signing.models import SignUp
from engage.events.signing.taking import Said
from engage.journal import actions as journal


def change(member: Member, *, by: Account | None = None, **said: Unpack[Said]) -> list[SignUp]:
    """On the coming dates too; those that keep the party they had, for want of places. Told once.

    Raises Refused for too many people, or for who has left.
    """
    kept = actions.kept(said)
    _hold(member)
    is_news = any(getattr(member, name) != value for name, value in kept.items())
    for name, value in kept.items():
        setattr(member, name, value)
    is_changed, behind = _carry(member, said, by)
    if not (is_news or is_changed):
        return behind
    telling.changed(member, behind, by_team=by is not None)
    if by:
        journal.record("member changed", "event", member.event.code, by=by)
    return behind


def _hold(member: Member) -> None:
    """Nobody takes the member out, or changes the same, until this unit ends."""
    mine = update(Member).where(Member.id == member.id, Member.left_at.is_(None)).values(party=Member.party)
    if db.session.execute(mine.returning(Member.id)).scalar_one_or_none() is None:
        raise Refused(_("You are no longer in this group."))
    db.session.refresh(member)


def _carry(member: Member, said: Said, by: Account | None) -> tuple[bool, list[SignUp]]:
    """Whether any date changed, and those where there is no room for who comes more."""
    who: dict[str, Any] = {"cause": Cause.TEAM if by else Cause.PERSON, "by": by}
    is_changed, behind = False, []
    for one in queries.to_come(member):
        done = _rewritten(one, said, who)
        if done is None:
            smaller: Said = {**said, "companions": taking.beside(one)}
            done = _rewritten(one, smaller, who)
            behind += [] if done is None else [one]
        is_changed |= bool(done)
    return is_changed, behind


def _rewritten(sign_up: SignUp, said: Said, who: dict[str, Any]) -> bool | None:
    """Whether anything changed; None when it was refused."""
    try:
        return signing.rewrite(sign_up, **who, **said) is not None
    except Refused:
        return None


def agree_to_photos(member: Member, yes: bool) -> None:
    """On the coming dates too."""
    member.agrees_to_photos = yes
    for one in queries.to_come(member):
        one.agrees_to_photos = yes


def prefer(sign_up: SignUp, way: Reminded) -> None:
    """Whoever chose for a date of their group chose for those that are made later."""
    if member := queries.of_sign_up(sign_up):
        member.reminded_by = way
