"""Applying, answering each person in words, and forgetting them in time."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any, TypedDict, Unpack

from engage.accounts.models import Account
from engage.centre.queries import centre, centre_today
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.belonging import actions as belonging
from engage.groups.belonging import telling as inviting
from engage.groups.belonging.models import GroupInvitation
from engage.groups.calling.applying import queries, receipts, telling
from engage.groups.calling.applying.refusing import AppliedAlready, refuse_closed, refuse_over
from engage.groups.calling.models import Application, ApplicationState, Call
from engage.groups.models import Group, Side
from engage.intake import actions as intake
from engage.intake.models import Door, Reply
from engage.involvement import actions as involvement
from engage.involvement import queries as pathway
from engage.involvement.carrying import actions as carrying
from engage.involvement.models import Person, Source, Stage
from engage.involvement.pathway import queries as looks
from engage.journal import actions as journal
from engage.outbox import actions as outbox

KIND = receipts.KIND


class Said(TypedDict):
    """What somebody says who applies; `answers` in the order of the questions."""

    submission_key: str
    name: str
    reply: Reply
    contact: str | None
    language: str
    door: Door
    wants_to_talk: bool
    answers: list[str]


def apply(
    to: Call | Group,
    *,
    account: Account | None = None,
    entered_by: Account | None = None,
    source: Source | None = None,
    **said: Unpack[Said],
) -> tuple[Application, str]:
    """The application and its follow-up code in plain; sent again, the same ones.

    `entered_by`: the team or a relay wrote it for them. Raises Refused when it is closed, and
    AppliedAlready when this person has: a stranger must not read from it that they have.
    """
    if (earlier := queries.by_key(said["submission_key"])) is not None:
        return _same_thing(earlier, to), intake.code_of(said["submission_key"])
    refuse_closed(to)
    made = _inserted(to, account, entered_by, said)
    if made is None:
        return _sent_meanwhile(to, account, said)
    _meet(made, source, account, entered_by, said)
    code = intake.open_follow_up(KIND, made.code, seed=said["submission_key"])
    telling.received(made)
    telling.alert(made, queries.answering())
    return made, code


def apply_unknown(to: Call | Group, *, source: Source | None, **said: Unpack[Said]) -> Application | None:
    """The application of a stranger; None, and nothing is written, when this person has one already.

    They alone are told: whoever typed their name must not learn it. Raises Refused when it is closed.
    """
    try:
        with db.session.begin_nested():
            return apply(to, source=source, **said)[0]
    except AppliedAlready as already:
        if already.known:
            telling.again(already.known)
        return None


def _same_thing(earlier: Application, to: Call | Group) -> Application:
    same = earlier.call_id == to.id if isinstance(to, Call) else earlier.group_id == to.id
    if not same:
        raise Refused(_("This form was already sent. Please open the page again."))
    return earlier


def _inserted(
    to: Call | Group, account: Account | None, entered_by: Account | None, said: Said
) -> Application | None:
    """None when this form was sent meanwhile, or this person has applied: the database tells."""
    facts: dict[str, Any] = dict(said) | {"answers": json.dumps(said["answers"], ensure_ascii=False)}
    facts["name"], facts["contact"] = said["name"] or None, said["contact"] or None
    whom = queries.person_digest(account, said["name"], said["contact"], said["reply"])
    return insert_once(
        Application,
        **facts,
        version=1,
        call_id=to.id if isinstance(to, Call) else None,
        group_id=to.group_id if isinstance(to, Call) else to.id,
        person_digest=whom,
        account_id=account and account.id,
        entered_by_id=entered_by and entered_by.id,
        state=ApplicationState.RECEIVED,
        due_on=centre_today() + timedelta(days=centre().answer_days),
        created_at=now(),
    )


def _sent_meanwhile(to: Call | Group, account: Account | None, said: Said) -> tuple[Application, str]:
    earlier = queries.by_key(said["submission_key"])
    if earlier is None:
        whom = queries.person_digest(account, said["name"], said["contact"], said["reply"])
        raise AppliedAlready(queries.held(to, whom))
    return _same_thing(earlier, to), intake.code_of(said["submission_key"])


def _meet(
    made: Application, source: Source | None, account: Account | None, by: Account | None, said: Said
) -> None:
    """Whoever applies is on the way from now on, with the door they came by."""
    known = ("submission_key", "name", "reply", "contact", "language", "door")
    person = involvement.meet(
        account=account, by=by, source=source, stage=Stage.INTEREST,
        **{name: said[name] for name in known},  # type: ignore[literal-required]
    )  # fmt: skip
    made.person_id = person.id
    db.session.flush()
    if (twin := queries.twin(made)) is not None:
        raise AppliedAlready(twin)


def withdraw(application: Application) -> None:
    """They think better of it: what they wrote is erased at once. Twice is once."""
    if application.state is ApplicationState.WITHDRAWN:
        return
    if application.state is not ApplicationState.RECEIVED:
        raise Refused(_("The team has answered you already: there is nothing left to withdraw."))
    application.state, application.answered_at = ApplicationState.WITHDRAWN, now()
    outbox.forget_reader([application.contact], about=(KIND, application.code))
    telling.withdrawn(application)
    _forget(application)


def look(application: Application, *, by: Account) -> None:
    """Note that `by` reads it today; a second look of the day is the same one."""
    if not looks.has_looked(by, queries.LOOKED, application.code):
        journal.record(queries.LOOKED, KIND, application.code, by=by)


def view_contact(application: Application, *, by: Account) -> None:
    """Each look at how to reach somebody is in the journal."""
    journal.record("contact viewed", KIND, application.code, by=by)


def note_answers(application: Application, *, answers: list[str], by: Account) -> None:
    """What was asked by phone. Raises Refused once it is over."""
    refuse_over(application)
    application.answers = json.dumps(answers, ensure_ascii=False)
    journal.record("application answers noted", KIND, application.code, by=by)


def accept(
    application: Application, *, answer: str, side: Side, mandate_ends_on: date | None = None, by: Account
) -> str:
    """Say yes in words, and invite into the group where there is one; the code that nobody mails, or "".

    Raises Refused as `invite` does, and for a mandate beyond the group's own term.
    """
    refuse_over(application)
    _answer(application, ApplicationState.ACCEPTED, answer, by)
    invitation, code = _invite(application, side, mandate_ends_on, by)
    is_mailed = invitation is not None and inviting.address_of(invitation) is not None
    telling.answered(application, is_invited=invitation is not None, is_mailed=is_mailed)
    journal.record("application accepted", KIND, application.code, by=by)
    return "" if is_mailed else code


def _invite(
    application: Application, side: Side, ends_on: date | None, by: Account
) -> tuple[GroupInvitation | None, str]:
    """Their invitation and its code; none where there is no group, or nobody to bind it to."""
    group, person = application.group, application.person
    if group is None or not (application.account or person):
        _go_up(person, by)
        return None, ""
    whom: dict[str, Any] = {"account": application.account} if application.account else {"person": person}
    if ends_on and group.ends_on and ends_on > group.ends_on:
        raise Refused(_("The group ends before this mandate. Choose an earlier day."))
    return belonging.invite(
        group, side=side, mandate_ends_on=ends_on or queries.usual_end(group), by=by, **whom
    )


def _go_up(person: Person | None, by: Account) -> None:
    if person and pathway.ORDER.index(person.stage) < pathway.ORDER.index(Stage.INVITED):
        involvement.move(person, Stage.INVITED, by=by)


def refuse(application: Application, *, answer: str, other_way: str, by: Account) -> None:
    """Say no kindly, with another way to take part."""
    refuse_over(application)
    if not other_way:
        raise Refused(_("Propose another way to take part: nobody leaves with empty hands."))
    _answer(application, ApplicationState.REFUSED, answer, by)
    application.other_way = other_way
    telling.answered(application)
    journal.record("application refused", KIND, application.code, by=by)


def _answer(application: Application, state: ApplicationState, answer: str, by: Account) -> None:
    application.answered_at, application.answered_by_id = now(), by.id
    application.state, application.answer = state, answer
    db.session.flush()


def forget(application: Application) -> None:
    """Nobody can tell any more whose it was; that somebody applied, and what became of it, stays.

    What nobody answered is over with it.
    """
    if application.state is ApplicationState.RECEIVED:
        application.state = ApplicationState.WITHDRAWN
    outbox.forget((KIND, application.code))
    intake.close_follow_ups(KIND, application.code)
    _forget(application)
    application.account_id = application.person_id = None


def _forget(application: Application) -> None:
    application.name = application.contact = application.answers = application.answer = None
    application.person_digest, application.reply = None, Reply.NONE
    if (carried := queries.carried(application)) is not None:
        carrying.forget(carried)
    db.session.flush()


def forget_person(account: Account) -> None:
    """Before an account is erased: what it applied for is taken back, and forgotten."""
    for application in queries.of_account(account):
        forget(application)
