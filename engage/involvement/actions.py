"""Meeting somebody, and going with them up and down the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Required, TypedDict, Unpack

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.intake.models import Door, Reply
from engage.involvement import queries
from engage.involvement.models import Person, Source, Stage, StageChange

LISTS = ("themes", "acts", "whens")


class Said(TypedDict, total=False):
    """What somebody said when they came in: who they are, what they wish, and by which door."""

    submission_key: Required[str]
    name: Required[str]
    reply: Required[Reply]
    contact: Required[str | None]
    language: Required[str]
    door: Required[Door]
    source: Source | None
    themes: Sequence[int]
    acts: Sequence[str]
    whens: Sequence[str]
    how_long: str


def meet(
    *,
    stage: Stage = Stage.INTEREST,
    account: Account | None = None,
    by: Account | None = None,
    **said: Unpack[Said],
) -> Person:
    """Who came in: somebody known from before, or new. A stage goes up by it, never down.

    Sent again with the same `submission_key` nothing happens. `by` noted it for them. What a stranger types
    under the contact of somebody adds to their wishes and takes nothing away: it proves nothing.
    """
    queries.lock_door()
    if (replayed := queries.by_key(said["submission_key"])) is not None:
        return replayed
    known = _known(said, account, by)
    if known is None:
        return _welcome(said, stage, account, by)
    if account is not None and known.account_id is None:
        known.account_id = account.id
    _add(known, said, is_proven=bool(account or by))
    if queries.is_above(stage, known.stage):
        _note(known, stage, by=by)
    return known


def _known(said: Said, account: Account | None, by: Account | None) -> Person | None:
    """By their account, else by their contact; a contact opens an account's page only where it is proven."""
    if account is not None and (held := queries.of_account(account)) is not None:
        return held
    digest = queries.contact_digest(said["reply"], said["contact"])
    if account is not None and by is None:
        digest = queries.contact_digest(Reply.MAIL, account.email)
    found = queries.reached_by(digest, said["name"])
    is_another = found is not None and account is not None and found.account_id is not None
    return None if is_another else found


def _welcome(said: Said, stage: Stage, account: Account | None, by: Account | None) -> Person:
    """A new person, with the first line of their history."""
    facts: dict[str, Any] = {"how_long": "", "source": None, **dict.fromkeys(LISTS, ()), **said}
    source = facts.pop("source")
    person = Person(
        **facts | {name: list(facts[name]) for name in LISTS},
        contact_digest=queries.contact_digest(said["reply"], said["contact"]),
        account_id=account and account.id,
        source_id=source and source.id,
        stage=stage,
        owner_id=by and by.id,
        entered_by_id=by and by.id,
        created_at=now(),
    )
    person.name, person.contact = said["name"] or None, said["contact"] or None
    db.session.add(person)
    db.session.flush()
    _note(person, stage, by=by)
    return person


def _add(person: Person, said: Said, *, is_proven: bool) -> None:
    """What they said this time; who comes back with a wish no longer says "not now"."""
    given: dict[str, Any] = {**said}
    for name in LISTS:
        fresh = list(given.get(name, ()))
        if fresh and is_proven:
            setattr(person, name, fresh)
        elif fresh:
            setattr(person, name, list(dict.fromkeys([*getattr(person, name), *fresh])))
    person.how_long = said.get("how_long") or person.how_long
    person.name = person.name or said["name"] or None
    person.declined_at = None
    if person.contact is None and said["contact"] and is_proven:
        person.reply, person.contact = said["reply"], said["contact"]
        person.contact_digest = queries.contact_digest(said["reply"], said["contact"])


def move(person: Person, stage: Stage, *, by: Account | None, words: str = "") -> None:
    """To this stage, up or down, with who, when and why. To the same stage: nothing happens."""
    if person.stage is not stage:
        _note(person, stage, by=by, words=words)


def _note(person: Person, stage: Stage, *, by: Account | None, words: str = "") -> None:
    person.stage = stage
    change = {"at": now(), "stage": stage, "by_id": by and by.id, "words": words or None}
    db.session.add(StageChange(person_id=person.id, **change))
    db.session.flush()
