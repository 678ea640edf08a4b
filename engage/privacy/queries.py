"""What the site knows of a person, gathered for that person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.events.after.hours import queries as hours
from engage.events.joining import queries as joining
from engage.events.joining.models import Member
from engage.events.programme import queries as programmes
from engage.events.signing import queries as signing
from engage.events.signing.models import SignUp
from engage.groups.belonging import takeout as memberships
from engage.groups.calling.applying import queries as applications
from engage.groups.charter import queries as charters
from engage.groups.meeting import takeout as meetings
from engage.groups.minutes import mine
from engage.groups.models import Membership, MembershipWish
from engage.groups.partnering import takeout
from engage.ideas.models import Idea, Publication, Step, Support, Visibility
from engage.involvement import queries as involvement
from engage.involvement.carrying import queries as carrying
from engage.pages.rounds import takeout as readings
from engage.pages.writing import takeout as pages

DAYS_IN_A_MONTH = 30.44


def my_ideas(me: Account) -> Sequence[Idea]:
    """What I sent, the newest first."""
    rows = select(Idea).where(Idea.account_id == me.id).options(joinedload(Idea.theme))
    return db.session.scalars(rows.order_by(Idea.received_at.desc(), Idea.id.desc())).all()


def posted_to(me: Account) -> list[str]:
    """The postal addresses that I gave to my groups."""
    rows = select(MembershipWish.address).join(Membership, Membership.id == MembershipWish.membership_id)
    return [one for one in db.session.scalars(rows.where(Membership.account_id == me.id)) if one]


def my_supports(me: Account) -> Sequence[Idea]:
    """The public ideas I support, the newest support first."""
    rows = select(Idea).join(Support, Support.idea_id == Idea.id)
    rows = rows.where(Support.account_id == me.id, Idea.publication == Publication.PUBLIC)
    return db.session.scalars(rows.order_by(Support.id.desc()).limit(200)).all()


def followed(ref: str) -> Idea | None:
    """The idea that a follow-up code opened."""
    return db.session.scalars(select(Idea).where(Idea.code == ref)).one_or_none()


def erasable(months: int, limit: int) -> Sequence[Idea]:
    """Ideas closed for longer than `months` whose contact is still kept, the oldest first."""
    before = now() - timedelta(days=months * DAYS_IN_A_MONTH)
    held = or_(Idea.contact.is_not(None), Idea.first_name != "")
    rows = select(Idea).where(Idea.closed_at < before, Idea.contact_erased_at.is_(None), held)
    return db.session.scalars(rows.order_by(Idea.closed_at).limit(limit)).all()


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _steps(idea: Idea) -> list[dict[str, Any]]:
    rows = select(Step).where(Step.idea_id == idea.id, Step.visibility != Visibility.TEAM).order_by(Step.id)
    return [
        {"at": _iso(step.at), "kind": str(step.kind), "words": step.words}
        for step in db.session.scalars(rows)
    ]


def idea_record(idea: Idea) -> dict[str, Any]:
    """Everything about one idea that its author may have, in plain types."""
    return {
        "code": idea.code,
        "title": idea.title,
        "text": idea.original or idea.text,
        "shown_text": idea.text,
        "first_name": idea.first_name,
        "reply": str(idea.reply),
        "contact": idea.contact,
        "helper_relation": idea.helper_relation,
        "helper_summary": idea.helper_summary,
        "publication": str(idea.publication),
        "progress": str(idea.progress),
        "door": str(idea.door),
        "received_at": _iso(idea.received_at),
        "steps": _steps(idea),
    }


def sign_up_record(sign_up: SignUp, slots: list[str]) -> dict[str, Any]:
    """Everything about one sign-up that the person may have, in plain types."""
    return {
        "event": sign_up.occurrence.event.title,
        "starts_at": _iso(sign_up.occurrence.starts_at),
        "name": sign_up.name,
        "reply": str(sign_up.reply),
        "contact": sign_up.contact,
        "state": str(sign_up.state),
        "companions": [{"role": str(one.role), "name": one.name} for one in sign_up.companions],
        "needs": sign_up.needs,
        "needs_words": sign_up.needs_words,
        "answers": sign_up.said,
        "slots": slots,
        "agrees_to_photos": sign_up.agrees_to_photos,
        "reminded_by": str(sign_up.reminded_by) if sign_up.reminded_by else None,
        "created_at": _iso(sign_up.created_at),
    }


def my_sign_ups(me: Account) -> list[dict[str, Any]]:
    """What I signed up for, with what I chose of each day."""
    theirs = signing.every_of_account(me)
    slots = programmes.of_parties([one.id for one in theirs])
    return [sign_up_record(one, slots.get(one.id, [])) for one in theirs]


def member_record(member: Member) -> dict[str, Any]:
    """Everything about one membership that the person may have, in plain types."""
    return {
        "event": member.event.title,
        "name": member.name,
        "reply": str(member.reply),
        "contact": member.contact,
        "companions": [{"role": str(role), "name": name or None} for role, name in member.beside],
        "needs": member.needs,
        "needs_words": member.needs_words,
        "answers": member.said,
        "agrees_to_photos": member.agrees_to_photos,
        "reminded_by": str(member.reminded_by) if member.reminded_by else None,
        "joined_at": _iso(member.joined_at),
        "left_at": _iso(member.left_at),
    }


def carried_record(me: Account) -> dict[str, Any]:
    """For which house a relay speaks, and what they brought for whom."""
    facts = carrying.facts(me)
    return {
        "kind": facts and str(facts.kind),
        "organisation": facts and facts.organisation,
        "brought": [
            {"kind": one.kind, "code": one.ref, "person": one.person, "at": _iso(one.carried_at)}
            for one in carrying.of_relay(me)
        ],
    }


def _in_groups(me: Account) -> dict[str, Any]:
    return {
        "memberships": memberships.records(me),
        "charters": charters.record(me),
        "meetings": meetings.record(me),
        "in_groups": mine.record(me),
    }


def attended_record(me: Account) -> list[dict[str, Any]]:
    """The dates at which this person was."""
    return [
        {"event": one.occurrence.event.title, "starts_at": _iso(one.occurrence.starts_at)}
        for one in hours.attended(me, None)
    ]


def account_record(me: Account) -> dict[str, Any]:
    """Everything about an account that its owner may have, in plain types."""
    return {
        "first_name": me.first_name,
        "last_name": me.last_name,
        "email": me.email,
        "phone": me.phone,
        "role": str(me.role),
        "language": me.language,
        "created_at": _iso(me.created_at),
        "ideas": [idea_record(idea) for idea in my_ideas(me)],
        "supports": [{"code": idea.code, "title": idea.shown_title} for idea in my_supports(me)],
        "sign_ups": my_sign_ups(me),
        "attended": attended_record(me),
        **_taking_part(me),
    }


def _taking_part(me: Account) -> dict[str, Any]:
    """What groups, calls and the way into taking part hold of this person."""
    return {
        "groups": [member_record(member) for member in joining.every_of_account(me)],
        "partner_file": takeout.whole(me),
        "carried": carried_record(me),
        "pages": pages.record(me),
        "applications": applications.record(me),
        **_in_groups(me),
        "readings": readings.record(me),
        "participation": involvement.record(person) if (person := involvement.of_account(me)) else None,
    }
