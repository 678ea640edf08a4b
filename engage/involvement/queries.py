"""Who is on the way, found by their account, their code or how they are reached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort
from sqlalchemy import (
    ColumnElement,
    ScalarResult,
    ScalarSelect,
    Select,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account, actor_of, email_digest, plain_email
from engage.centre.models import Centre
from engage.centre.queries import centre_today
from engage.core import keys
from engage.core.clock import ago
from engage.core.db import db
from engage.core.words import fold
from engage.intake.models import Reply
from engage.involvement.models import NextStep, PathwayNote, Person, Stage, StageChange
from engage.outbox.models import Channel
from engage.outbox.resting import Reader

ORDER = list(Stage)
QUIET_DAYS = 30
KEPT_DAYS = 730
AT_ONCE = 200
REPLIES = {
    Channel.MAIL: Reply.MAIL,
    Channel.SMS: Reply.PHONE,
    Channel.PHONE: Reply.PHONE,
    Channel.LETTER: Reply.LETTER,
    Channel.RECEPTION: Reply.RECEPTION,
}
PHONE_SIGNS = 9  # +33 6 12… and 06 12… are one number


def contact_digest(reply: Reply, contact: str | None) -> str | None:
    """What finds who came before by the way they are reached; None when they left none."""
    if not contact:
        return None
    if reply is Reply.PHONE:
        plain = "".join(sign for sign in contact if sign.isdigit())[-PHONE_SIGNS:]
    elif reply is Reply.MAIL:
        plain = plain_email(contact)
    else:
        plain = " ".join(fold(contact).split())
    return keys.digest("involvement contact", f"{plain}")


def lock_door() -> None:
    """Until this unit ends nobody else comes in: two forms sent at once are one person, on every engine."""
    db.session.execute(select(Centre.id).with_for_update())


def by_key(submission_key: str) -> Person | None:
    return db.session.scalars(select(Person).filter_by(submission_key=submission_key)).one_or_none()


def of_account(account: Account, *, is_locked: bool = False) -> Person | None:
    """The way of this person."""
    return _rows(select(Person).filter_by(account_id=account.id), is_locked).one_or_none()


def _rows(people: Select[Person], is_locked: bool) -> ScalarResult[Person]:
    """Locked, they are as they stand now, and nobody changes them before this unit ends."""
    if is_locked:
        people = people.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(people)


def reached_by(digest: str | None, name: str, *, is_locked: bool = False) -> Person | None:
    """Who is reached this way; couples share a phone: two names without a common word are two people."""
    if digest is None:
        return None
    found = select(Person).filter_by(contact_digest=digest).order_by(Person.id)
    return next((one for one in _rows(found, is_locked) if may_be(one.name, name)), None)


def may_be(one: str | None, other: str) -> bool:
    """Whether two names at one address may be one person."""
    first, second = set(fold(one or "").split()), set(fold(other).split())
    return not first or not second or bool(first & second)


def find(code: str) -> Person | None:
    """With their account and the way they came in."""
    found = select(Person).filter_by(code=code).options(joinedload(Person.account), joinedload(Person.source))
    return db.session.scalars(found).one_or_none()


def get(code: str) -> Person:
    """Aborts with 404."""
    return find(code) or abort(404)


def is_paused(person: Person) -> bool:
    """Whether nothing may be written to them: a pause holds until its day, that day not included."""
    return person.paused_until is not None and centre_today() < person.paused_until


def may_write(account: Account | None = None, person: Person | None = None) -> bool:
    """Whether anything may be written to this person, or to who has this account: never in a pause."""
    if person is None and account is not None:
        person = of_account(account)
    return person is None or not is_paused(person)


def is_resting(reader: Reader) -> bool:
    """Whether who is reached this way takes a pause, by whatever feature they are written to.

    A mailbox has one reader; two names at one phone or one door are two people. Who has an account is known
    by what is theirs for sure: what they typed about themselves could be the address of somebody else.
    """
    digest = contact_digest(REPLIES[reader.channel], reader.address)
    mail = reader.address if reader.channel is Channel.MAIL else None
    actor = actor_of(reader.whom)
    unknown = Person.account_id.is_(None)
    ways: list[tuple[object, ColumnElement[bool]]] = [(digest, unknown & (Person.contact_digest == digest))]
    ways.append((mail, Person.account_id.in_(_ids(Account.email_digest == email_digest(mail or "")))))
    ways.append((actor, Person.account_id.in_(_ids(Account.actor_id == actor))))
    asked = [way for value, way in ways if value]
    if not asked:
        return False
    rows = select(Person.name).where(Person.paused_until > centre_today(), or_(*asked))
    return any(mail or actor or may_be(name, reader.person) for name in db.session.scalars(rows))


def _ids(condition: ColumnElement[bool]) -> Select[int]:
    return select(Account.id).where(condition)


def below(stage: Stage) -> Stage | None:
    """The rung before this one."""
    return ORDER[ORDER.index(stage) - 1] if stage is not ORDER[0] else None


def history(person: Person) -> list[tuple[StageChange, Account | None]]:
    """Every move, the first one first, and who made it."""
    rows = select(StageChange, Account).outerjoin(Account, Account.id == StageChange.by_id)
    found = db.session.execute(rows.where(StageChange.person_id == person.id).order_by(StageChange.id))
    return [(change, account) for change, account in found]


def notes(person: Person) -> list[tuple[PathwayNote, Account | None]]:
    """What the team wrote down, the latest first, and who did."""
    rows = select(PathwayNote, Account).outerjoin(Account, Account.id == PathwayNote.by_id)
    found = db.session.execute(rows.where(PathwayNote.person_id == person.id).order_by(PathwayNote.id.desc()))
    return [(note, account) for note, account in found]


def open_step(person: Person) -> NextStep | None:
    """What the team does next with them."""
    rows = select(NextStep).where(NextStep.person_id == person.id, NextStep.done_at.is_(None))
    return db.session.scalars(rows.options(joinedload(NextStep.owner))).one_or_none()


def _last_heard() -> ScalarSelect[datetime]:
    return select(func.max(StageChange.at)).where(StageChange.person_id == Person.id).scalar_subquery()


def to_remind() -> list[Person]:
    """Interested for `QUIET_DAYS` with nothing done or planned since; never twice, never in a pause."""
    planned = exists().where(NextStep.person_id == Person.id, NextStep.made_at >= ago(days=QUIET_DAYS))
    still = exists().where(NextStep.person_id == Person.id, NextStep.done_at.is_(None))
    rows = select(Person).where(
        Person.stage == Stage.INTEREST,
        Person.reminded_at.is_(None),
        Person.declined_at.is_(None),
        or_(Person.paused_until.is_(None), Person.paused_until <= centre_today()),
        Person.reply != Reply.NONE,
        _last_heard() < ago(days=QUIET_DAYS),
        not_(planned),
        not_(still),
    )
    return list(
        db.session.scalars(rows.options(joinedload(Person.account)).order_by(Person.id).limit(AT_ONCE))
    )


def not_heard_of() -> list[Person]:
    """Who did and said nothing for `KEPT_DAYS`, and of whom nobody noted anything either.

    A member of a group stays while their account does; who takes a pause stays until its day.
    """
    limit = ago(days=KEPT_DAYS)
    noted = exists().where(PathwayNote.person_id == Person.id, PathwayNote.at >= limit)
    planned = exists().where(NextStep.person_id == Person.id, NextStep.made_at >= limit)
    is_here = exists().where(Account.id == Person.account_id, Account.ended_at.is_(None))
    rows = select(Person).where(
        Person.created_at < limit,
        _last_heard() < limit,
        or_(Person.paused_until.is_(None), Person.paused_until <= centre_today()),
        not_(or_(noted, planned)),
        not_(and_(Person.stage == Stage.MEMBER, is_here)),
    )
    return list(db.session.scalars(rows.order_by(Person.id).limit(AT_ONCE)))


def record(person: Person) -> dict[str, Any]:
    """Everything that is kept of a person, for that person, in plain types."""
    step = open_step(person)
    plain = ("name", "contact", "themes", "acts", "whens", "how_long")
    days = ("created_at", "declined_at", "reminded_at", "paused_until")
    moments = {name: value.isoformat() if (value := getattr(person, name)) else None for name in days}
    return {
        **{name: getattr(person, name) for name in plain},
        **moments,
        "reply": str(person.reply),
        "door": str(person.door),
        "source": person.source.label if person.source else None,
        "stage": str(person.stage),
        "history": [
            {"at": change.at.isoformat(), "stage": str(change.stage), "words": change.words}
            for change, _by in history(person)
        ],
        "notes": [
            {"at": note.at.isoformat(), "words": note.words, "reason": note.reason}
            for note, _by in notes(person)
        ],
        "next_step": {"words": step.words, "due_on": step.due_on.isoformat()} if step else None,
    }
