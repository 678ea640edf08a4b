"""What happens while somebody belongs to a group: another duty, a break, wishes, one more mandate."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from engage.accounts.models import Account
from engage.centre.queries import centre_today, zone
from engage.core.clock import local, now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.belonging import places, queries, rows, telling
from engage.groups.belonging.models import Renewal
from engage.groups.belonging.refusing import refuse_mandate, refuse_substitute
from engage.groups.models import MemberKind, Membership, MembershipPause, MembershipWish
from engage.journal import actions as journal


def _locked(membership: Membership) -> Membership:
    """The membership as it stands now. Raises Refused when it is over."""
    latest = rows.lock_latest(membership)
    if not latest.is_active:
        raise Refused(_("This membership is over. Nothing was changed."))
    return latest


def change(
    membership: Membership, kind: MemberKind, *, by: Account, substitute_for: Membership | None = None
) -> Membership:
    """Another duty: one membership ends, and another begins with the same mandate.

    Raises Refused for a substitute of somebody who stands in for others in turn.
    """
    held = _locked(membership)
    if held.kind is kind and held.substitute_for_id == (substitute_for and substitute_for.id):
        return held
    if kind is MemberKind.SUBSTITUTE and rows.has_substitute(held):
        raise Refused(_("Somebody stands in for this person. Choose another duty for the substitute first."))
    refuse_substitute(held.group, kind, substitute_for, held.account)
    if held.kind is MemberKind.SUBSTITUTE:
        places.lock_free(held.group, held.side, kind)
    made = rows.follow(
        held, by=by, mandate_ends_on=held.mandate_ends_on, kind=kind,
        substitute_for_id=substitute_for and substitute_for.id,
    )  # fmt: skip
    journal.record("duty changed", "group", held.group.code, by=by, note=f"{held.kind} → {kind}")
    return made


def pause(membership: Membership, until: date | None, *, by: Account) -> None:
    """Nothing is asked of them and nothing sent until this day, or until they come back."""
    if until and until <= centre_today():
        raise Refused(_("A break ends on a day to come. Choose a later day."))
    held = _locked(membership)
    rows.end_pause(held, now())
    db.session.add(MembershipPause(membership_id=held.id, begun_at=now(), until=until))
    if by.id != held.account_id:
        journal.record("membership paused", "group", held.group.code, by=by)


def come_back(membership: Membership, *, by: Account) -> None:
    """The break is over; twice is once."""
    held = _locked(membership)
    rows.end_pause(held, now())
    if by.id != held.account_id:
        journal.record("membership resumed", "group", held.group.code, by=by)


def choose(
    membership: Membership, *, is_named: bool, wants_digest: bool, wants_post: bool,
    address: str | None = None, by: Account,
) -> None:  # fmt: skip
    """What a member wishes. An address is kept only for who wants papers by post; None: the one we know."""
    held = _locked(membership)
    wish = db.session.get_one(MembershipWish, held.id)
    kept = wish.address if address is None else address
    if wants_post and not kept:
        raise Refused(_("We need an address to send you papers by post."))
    wish.is_named, wish.wants_digest, wish.wants_post = is_named, wants_digest, wants_post
    wish.address = kept if wants_post else None
    if by.id != held.account_id:
        journal.record("wishes noted", "group", held.group.code, by=by)


def propose(membership: Membership) -> Renewal | None:
    """Ask whether they go on for as long again, once a membership; None without an end to their mandate.

    Where the term of the group ends too, they are asked whether they would go on with it.
    """
    held = rows.lock_latest(membership)
    if held is not membership or not held.is_active or queries.renewal(held):
        return None
    ends_on = _next_end(held)
    if ends_on is None:
        return None
    renewal = Renewal(membership=held, proposed_at=now(), mandate_ends_on=ends_on)
    db.session.add(renewal)
    db.session.flush()
    telling.propose(renewal)
    return renewal


def _next_end(membership: Membership) -> date | None:
    """As long again as this mandate, never past the end of a group that lasts longer than it."""
    last = membership.mandate_ends_on
    if last is None:
        return None
    began = local(membership.begun_at, zone()).date()
    wanted = last + relativedelta(last, began)
    over = membership.group.ends_on
    return min(wanted, over) if over and over > last else wanted


def answer(renewal: Renewal, goes_on: bool, *, by: Account) -> Membership:
    """Yes ends this membership and begins the next one; no lets it run to its end. Yes twice is once.

    A yes waits for the group where its term ends with the mandate; until then it may become a no.
    Raises Refused when they left meanwhile.
    """
    held = rows.lock_latest(renewal.membership)
    db.session.refresh(renewal)
    if renewal.renewed_id:
        return held
    if not held.is_active:
        raise Refused(_("This membership is over. Nothing was changed."))
    renewal.answered_at, renewal.goes_on = now(), goes_on
    if goes_on and not renewal.waits_for_group:
        held = _begin_next(renewal, held, by)
    if by.id != held.account_id:
        journal.record("renewal answered", "group", held.group.code, by=by, note="yes" if goes_on else "no")
    return held


def _begin_next(renewal: Renewal, held: Membership, by: Account) -> Membership:
    wanted, over = renewal.mandate_ends_on, held.group.ends_on
    renewal.mandate_ends_on = min(wanted, over) if wanted and over else wanted
    refuse_mandate(renewal.mandate_ends_on)
    made = rows.follow(held, by=by, mandate_ends_on=renewal.mandate_ends_on, is_renewed=True)
    renewal.renewed_id = made.id
    return made


def go_on(renewal: Renewal) -> Membership | None:
    """The group goes on, and they had said yes: their next mandate begins. None when all that changed."""
    held = rows.lock_latest(renewal.membership)
    db.session.refresh(renewal)
    is_ready = renewal.is_put_off and held.is_active and not renewal.waits_for_group
    return _begin_next(renewal, held, held.account) if is_ready and held.account else None
