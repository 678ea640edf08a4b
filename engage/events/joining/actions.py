"""Joining a group once, being signed up for what comes, leaving."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Unpack

from sqlalchemy import update

from engage.accounts.models import Account, Role
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.joining import queries, telling
from engage.events.joining.models import Member
from engage.events.kinds import ACTIVE, Cause, EventState, Need, SigningUp, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.signing import actions as signing
from engage.events.signing import line, places, sentences, taking
from engage.events.signing import queries as signed
from engage.events.signing.models import SignUp, SignUpChange
from engage.events.signing.taking import Said, Wanted
from engage.intake import actions as intake
from engage.intake.models import Reply
from engage.journal import actions as journal
from engage.outbox import actions as outbox


def join(
    event: Event, *, account: Account | None = None, by: Account | None = None, **wanted: Unpack[Wanted]
) -> tuple[Member, str]:
    """A member, signed up for the next dates, and the follow-up code in plain; sent again, the same ones.

    Raises Refused when the group takes nobody, or this person belongs to it already.
    """
    key = wanted["submission_key"]
    if earlier := queries.by_submission(key):
        return _same_group(earlier, event), intake.code_of(key)
    _refuse_closed(event)
    person = signed.person_digest(account, wanted["name"], wanted["contact"], wanted["reply"])
    made = _write(event, wanted, person_digest=person, account=account, by=by)
    if made is None:
        if earlier := queries.by_submission(key):
            return _same_group(earlier, event), intake.code_of(key)
        raise Refused(_("You already belong to this group."))
    code = intake.open_follow_up("member", made.code, seed=key)
    if by:
        journal.record("member added", "event", event.code, by=by)
    telling.joined(made)
    for occurrence in queries.to_sign_up(event):
        _sign_up(made, occurrence)
    return made, code


def _same_group(earlier: Member, event: Event) -> Member:
    if earlier.event_id != event.id:
        raise Refused(_("This form was already sent. Please open the page again."))
    return earlier


def _refuse_closed(event: Event) -> None:
    if not event.is_joined_once:
        raise Refused(_("This is no group: please sign up for a date."))
    if event.state is not EventState.PUBLISHED or event.signing_up is SigningUp.NONE:
        raise Refused(_("This group takes nobody at the moment. You may call us."))


def _write(
    event: Event, wanted: Wanted, *, person_digest: str | None, account: Account | None, by: Account | None
) -> Member | None:
    return insert_once(
        Member,
        code=keys.public_code(),
        submission_key=wanted["submission_key"],
        event_id=event.id,
        person_digest=person_digest,
        account_id=account and account.id,
        entered_by_id=by and by.id,
        name=wanted["name"],
        reply=wanted["reply"],
        contact=wanted["contact"] or None,
        language=wanted["language"],
        reminded_by=wanted.get("reminded_by"),
        agrees_to_photos=wanted.get("agrees_to_photos", False),
        joined_at=now(),
        left_at=None,
        **kept(wanted),
    )


def kept(said: Said) -> dict[str, Any]:
    """What a member says of each date, as it is kept. Raises Refused for too many people."""
    names = [name for _role, name in said["companions"]]
    return {
        "party": sentences.checked_party(said["companions"]),
        "companions": [role.value for role, _name in said["companions"]],
        "companion_names": json.dumps(names, ensure_ascii=False) if any(names) else None,
        **taking.needs_of(said),
    }


def _sign_up(member: Member, occurrence: Occurrence) -> SignUp | None:
    """As everybody does, but without a message where it went well; None where it cannot be."""
    try:
        made, _code = signing.sign_up(
            occurrence,
            account=member.account,
            is_partner=bool(member.account and member.account.role is Role.PARTNER),
            submission_key=queries.key_of(member, occurrence),
            name=member.name or "",
            reply=member.reply,
            contact=member.contact,
            companions=member.beside,
            needs=[Need(need) for need in member.needs],
            needs_words=member.needs_words or "",
            answers=member.said,
            language=member.language,
            reminded_by=member.reminded_by,
            agrees_to_photos=member.agrees_to_photos,
        )
    except Refused:  # signed up already, or closed a moment ago
        return None
    if made.state is SignUpState.CONFIRMED:
        _hush(made)
    return made


def _hush(sign_up: SignUp) -> None:
    """Whoever joined once knows that they come: no message for each date."""
    theirs = update(SignUpChange).where(SignUpChange.sign_up_id == sign_up.id, SignUpChange.to_tell)
    db.session.execute(theirs.values(to_tell=False))


def fill(occurrence: Occurrence) -> int:
    """Sign every member up for a date that has come near, once each whatever they did since; how many."""
    return sum(_sign_up(member, occurrence) is not None for member in queries.missing(occurrence))


def leave(member: Member, *, by: Account | None = None) -> None:
    """No longer of the group: its places on the dates to come go to who waits. Told once; twice is once."""
    locked = update(Member).where(Member.id == member.id, Member.left_at.is_(None))
    if not db.session.execute(locked.values(left_at=now()).returning(Member.id)).scalar_one_or_none():
        return
    db.session.refresh(member)
    dates = _free(member, by=by)
    telling.left(member, by_team=by is not None, dates=dates)
    if by:
        journal.record("member removed", "event", member.event.code, by=by)


def _free(member: Member, *, by: Account | None) -> int:
    theirs: Sequence[SignUp] = queries.to_come(member)
    for one in theirs:
        occurrence = places.lock_running(one.occurrence_id)
        db.session.refresh(one)
        if one.state in ACTIVE:
            line.move(one, SignUpState.CANCELLED, Cause.TEAM if by else Cause.PERSON, by=by)
            line.settle(occurrence)
    return len(theirs)


def read_members(event: Event, *, by: Account) -> Sequence[Member]:
    """Names and contacts of who belongs to the group: each look is in the journal."""
    journal.record("members viewed", "event", event.code, by=by)
    return queries.members(event)


def forget(member: Member) -> None:
    """Nobody can tell any more who it was; that somebody belonged to the group stays."""
    member.left_at = member.left_at or now()
    member.name = member.contact = member.needs_words = member.person_digest = None
    member.answers = member.companion_names = member.reminded_by = None
    member.needs, member.companions, member.reply, member.account_id = [], [], Reply.NONE, None
    member.agrees_to_photos = False
    intake.close_follow_ups("member", member.code)
    outbox.forget(("member", member.code))
    journal.record("contact erased", "member", member.code, by=None)
    db.session.flush()


def unlink() -> None:
    """A list that is anonymous must not lead back by its keys to who still belongs to the group."""
    of_groups = update(SignUp).where(SignUp.name.is_(None), SignUp.submission_key.startswith("member "))
    db.session.execute(of_groups.values(submission_key="forgotten " + SignUp.code))


def forget_person(account: Account) -> None:
    """Leave every group of an account that is about to be erased; what it said there is erased too."""
    for member in queries.every_of_account(account):
        leave(member)
        forget(member)
