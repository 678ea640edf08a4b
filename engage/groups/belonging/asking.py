"""Whom the team may invite: people with an account, and people on the way without one, found by name."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from engage.accounts.models import Account
from engage.core.db import db
from engage.core.words import fold
from engage.groups.belonging import queries
from engage.groups.belonging.models import GroupInvitation
from engage.groups.belonging.telling import address_of
from engage.involvement.models import Person
from engage.involvement.pathway import actions as pathway
from engage.involvement.pathway.queries import LIST_LOOKED

MOST = 20
LOOKED_THROUGH = 500
ACCOUNT, PERSON = "account", "person"
EVERYBODY = "list"  # as the desk of the pathway notes it


class Candidate(NamedTuple):
    """`key` says who it is in a form, `words` to the team."""

    key: str
    words: str


def found(asked: str, chosen: str) -> list[Candidate]:
    """Everybody whose name holds what was asked, and who was chosen before; nobody without a question."""
    words = fold(asked).strip()
    rows = [*_accounts(words), *_persons(words)] if len(words) > 1 else []
    if (before := _one(chosen)) and before not in rows:
        rows.insert(0, before)
    return rows[:MOST]


def look(asked: str, chosen: str, *, by: Account) -> list[Candidate]:
    """The same; people on the way are listed to `by`, which is noted once a day."""
    rows = found(asked, chosen)
    if any(one.key.startswith(PERSON) for one in rows):
        pathway.look(LIST_LOOKED, EVERYBODY, by=by)
    return rows


def _accounts(words: str) -> list[Candidate]:
    """Names carry accents that databases fold each in their way: they are compared here."""
    names = select(Account.actor_id, Account.first_name, Account.last_name).where(Account.ended_at.is_(None))
    rows = db.session.execute(names.order_by(func.lower(Account.first_name), Account.id))
    named = [(actor, f"{first} {last}".strip()) for actor, first, last in rows]
    return [Candidate(f"{ACCOUNT} {actor}", name) for actor, name in named if words in fold(name)][:MOST]


def _persons(words: str) -> list[Candidate]:
    """Their names are encrypted: the latest of them are looked through."""
    rows = select(Person.code, Person.name).where(Person.account_id.is_(None))
    latest = db.session.execute(rows.order_by(Person.id.desc()).limit(LOOKED_THROUGH))
    return [Candidate(f"{PERSON} {code}", name) for code, name in latest if name and words in fold(name)]


def _one(key: str) -> Candidate | None:
    account, person = _whom(key)
    if account:
        return Candidate(key, account.full_name)
    return Candidate(key, person.name or "…") if person else None


def _whom(key: str) -> tuple[Account | None, Person | None]:
    kind, _sign, ref = key.partition(" ")
    if kind == ACCOUNT:
        try:
            actor = UUID(ref)
        except ValueError:
            return None, None
        return db.session.scalars(
            select(Account).filter_by(actor_id=actor, ended_at=None)
        ).one_or_none(), None
    person = select(Person).filter_by(code=ref, account_id=None)
    return None, db.session.scalars(person).one_or_none() if kind == PERSON else None


def wanted(values: dict[str, Any]) -> dict[str, Any]:
    """What the form says, as `actions.invite` takes it."""
    account, person = _whom(values["whom"])
    holder = queries.by_id(values["substitute_for"])
    said = {name: values[name] for name in ("side", "kind", "mandate_ends_on")}
    return said | {"account": account, "person": person, "substitute_for": holder}


def is_mailed(invitation: GroupInvitation) -> bool:
    return address_of(invitation) is not None
