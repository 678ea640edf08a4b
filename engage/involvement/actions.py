"""Meeting somebody, and going with them up and down the way."""

from __future__ import annotations

from datetime import date
from typing import Any, Unpack

from sqlalchemy import update

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.intake import actions as intake
from engage.intake import queries as intake_queries
from engage.intake.models import Door, Reply
from engage.involvement import queries, seeing, telling
from engage.involvement.models import NextStep, Person, Source, Stage, StageChange
from engage.involvement.said import Said
from engage.involvement.telling import KIND
from engage.journal import actions as journal
from engage.outbox import actions as outbox

LISTS = ("themes", "acts", "whens")


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
    if account is not None and by is None:
        known.declined_at = None
    _note(known, max(stage, known.stage, key=queries.ORDER.index), by=by)
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


def _found_by(said: Said, account: Account | None) -> str | None:
    """By what they left, else by the address of their account."""
    own = queries.contact_digest(said["reply"], said["contact"])
    return own or queries.contact_digest(Reply.MAIL, account.email if account else None)


def _welcome(said: Said, stage: Stage, account: Account | None, by: Account | None) -> Person:
    """A new person, with the first line of their history."""
    facts: dict[str, Any] = {"how_long": "", "source": None, **dict.fromkeys(LISTS, ()), **said}
    source = facts.pop("source")
    person = Person(
        **facts | {name: list(facts[name]) for name in LISTS},
        contact_digest=_found_by(said, account),
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
    """What they said this time. "Not now" stays until they take it back themselves, where it is proven."""
    given: dict[str, Any] = {**said}
    for name in LISTS:
        fresh = list(given.get(name, ()))
        if fresh and is_proven:
            setattr(person, name, fresh)
        elif fresh:
            setattr(person, name, list(dict.fromkeys([*getattr(person, name), *fresh])))
    person.how_long = said.get("how_long") or person.how_long
    person.name = person.name or said["name"] or None
    if person.contact is None and said["contact"] and is_proven:
        person.reply, person.contact = said["reply"], said["contact"]
        person.contact_digest = queries.contact_digest(said["reply"], said["contact"])


def move(
    person: Person, stage: Stage, *, by: Account | None, words: str = "", seen: int | None = None
) -> None:
    """To this stage, up or down, with who, when and why. To the same stage: nothing happens.

    `seen`: the version that was on the screen. Raises Refused when somebody else changed it meanwhile.
    """
    seeing.still(person, seen)
    if person.stage is not stage:
        _note(person, stage, by=by, words=words)
        _journal("person moved", person, by, note=str(stage))


def _journal(verb: str, person: Person, by: Account | None, *, note: str = "") -> None:
    """What the team does for somebody is in the journal; what they do themselves is not."""
    if by is not None and by.id != person.account_id:
        journal.record(verb, KIND, person.code, by=by, note=note)


def _note(person: Person, stage: Stage, *, by: Account | None, words: str = "") -> None:
    """A line of their history; at the same stage it only says that we heard of them."""
    person.stage = stage
    change = {"at": now(), "stage": stage, "by_id": by and by.id, "words": words or None}
    db.session.add(StageChange(person_id=person.id, **change))
    db.session.flush()


def decline(person: Person, *, by: Account | None = None) -> None:
    """They say "not now", which is an answer: nobody asks again, and nothing is left to do with them."""
    person.declined_at = person.declined_at or now()
    still = update(NextStep).where(NextStep.person_id == person.id, NextStep.done_at.is_(None))
    db.session.execute(still.values(done_at=now()))
    _journal("person declined", person, by)


def decline_unnamed(*, submission_key: str, language: str, door: Door, source: Source | None) -> None:
    """Somebody who left nothing says "not now": only that is counted. Sent twice it counts once."""
    queries.lock_door()
    if queries.by_key(submission_key) is None:
        said: Said = {"submission_key": submission_key, "name": "", "reply": Reply.NONE, "contact": None,
                      "language": language, "door": door, "source": source}  # fmt: skip
        _welcome(said, Stage.CONTACT, None, None).declined_at = now()


def wish(person: Person, **wishes: Any) -> None:
    """What interests them now; whoever says so no longer says "not now"."""
    for name, value in wishes.items():
        setattr(person, name, value)
    person.declined_at = None
    _note(person, person.stage, by=person.account)


def correct(
    person: Person,
    *,
    name: str,
    reply: Reply,
    contact: str | None,
    by: Account | None = None,
    seen: int | None = None,
    **wishes: Any,
) -> None:
    """What they say of themselves now, and nothing of before stays; "not now" does, it was not asked.

    `seen`: as `move` takes it.
    """
    seeing.still(person, seen)
    digest = queries.contact_digest(reply, contact)
    if digest != person.contact_digest:
        outbox.forget_reader([person.contact], about=(KIND, person.code))
    person.name, person.reply, person.contact, person.contact_digest = name or None, reply, contact, digest
    for wish_of, value in wishes.items():
        setattr(person, wish_of, value)
    _note(person, person.stage, by=by or person.account)
    _journal("person corrected", person, by)


def step_down(person: Person, *, seen: str) -> None:
    """One rung down from the one they saw, because they want to: no reason is asked. Twice is once.

    Raises Refused on the first rung.
    """
    if seen != person.stage:
        return
    below = queries.below(person.stage)
    if below is None:
        raise Refused(_("There is no rung below this one."))
    _note(person, below, by=person.account)


def pause(person: Person, until: date, *, by: Account | None = None) -> None:
    """Nothing is written to them before that day, not even what was written already and has not left."""
    person.paused_until = until
    telling.hush(person)
    _journal("person paused", person, by)


def resume(person: Person, *, by: Account | None = None) -> None:
    """They are back before the day."""
    person.paused_until, person.declined_at = None, None
    _note(person, person.stage, by=by or person.account)
    _journal("person back", person, by)


def erase(person: Person, *, by: Account | None = None) -> None:
    """Nothing of them stays: neither words nor contact nor history, nor what was written to them."""
    outbox.forget((KIND, person.code))
    intake.close_follow_ups(KIND, person.code)
    _journal("person erased", person, by)
    db.session.delete(person)
    db.session.flush()


def remind(person: Person) -> bool:
    """The one reminder ever; whether it was written. Who cannot be reached is not tried again."""
    person.reminded_at = now()
    return telling.remind(person)


def forget_account(account: Account) -> None:
    """The same, when the whole account goes."""
    if (person := queries.of_account(account)) is not None:
        erase(person)


def own_code(person: Person) -> str:
    """The follow-up code in plain of somebody who left no contact: the same one whenever it is asked."""
    code = intake.code_of(person.submission_key)
    if intake_queries.find_follow_up(code) is None:
        intake.open_follow_up(KIND, person.code, seed=person.submission_key)
    return code


def give_code(person: Person, *, by: Account) -> str:
    """A new follow-up code in plain, to be told or handed over: it opens the page of this person."""
    journal.record("person code given", KIND, person.code, by=by)
    return intake.open_follow_up(KIND, person.code)
