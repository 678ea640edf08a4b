"""Who may write the questions of the centre."""

from __future__ import annotations

from engage.accounts.models import Account


def see_desk(me: Account | None) -> bool:
    """The team reads every questionnaire, rehearses it and takes it out as a file."""
    return bool(me and me.is_staff)


def create(me: Account | None) -> bool:
    """Coordinators and administrators write questionnaires."""
    return bool(me and me.is_coordinator)


def edit(me: Account | None) -> bool:
    return create(me)


def bring_in(me: Account | None) -> bool:
    return create(me)


def record(me: Account | None) -> bool:
    return create(me)


def freeze(me: Account | None) -> bool:
    return create(me)


def renew(me: Account | None) -> bool:
    return create(me)


def classify(me: Account | None) -> bool:
    return create(me)


def retire(me: Account | None) -> bool:
    return create(me)


def discard(me: Account | None) -> bool:
    return create(me)
