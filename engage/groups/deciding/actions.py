"""A group decides: a question is asked, voices are counted without names, what came out is looked at."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, update

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.keys import public_code
from engage.core.render import day
from engage.groups import queries as groups
from engage.groups.deciding import queries, rules
from engage.groups.deciding.models import Ballot, BallotTicket, Decision, Way
from engage.groups.models import Autonomy, Group
from engage.journal import actions as journal

MOST_OPTIONS = 8
APART = {"synchronize_session": False}
YES_OR_NO = {Way.CONSENT, Way.HANDS}


def ask(
    group: Group, *, way: Way, question: str, options: Sequence[str], meeting_id: int | None,
    moves_autonomy: str, by: Account, code: str = "",
) -> Decision:  # fmt: skip
    """Ask the group. Raises Refused for a question that this way of deciding cannot answer.

    `code`: its public code, when it is known before.
    """
    _ensure_answerable(group, way, options, moves_autonomy)
    decision = Decision(
        code=code or public_code(),
        group_id=group.id,
        meeting_id=meeting_id,
        way=way,
        question=question,
        options=list(options),
        counts={},
        moves_autonomy=moves_autonomy,
        opened_at=now(),
        opened_by_id=by.id,
    )
    decision.group = group
    db.session.add(decision)
    db.session.flush()
    return decision


def _ensure_answerable(group: Group, way: Way, options: Sequence[str], moves_autonomy: str) -> None:
    if group.is_closed:
        raise Refused(_("This group has ended: it decides no more."))
    if way is Way.SCORES and len(options) < 2:
        raise Refused(_("Scores choose between options: please write at least two."))
    if way is Way.HANDS and len(options) == 1:
        raise Refused(_("Please write at least two options, or none for a yes or a no."))
    if len(options) > MOST_OPTIONS or len(set(options)) < len(options):
        raise Refused(_("Please write %(most)d different options at most.", most=MOST_OPTIONS))
    if moves_autonomy and (options or way not in YES_OR_NO or moves_autonomy not in set(Autonomy)):
        raise Refused(_("A step of autonomy is decided by a yes or a no: by consent, or by hands."))


def withdraw(decision: Decision, *, by: Account) -> None:
    """Take back a question that is open; the ballots go with it. Raises Refused when it is closed."""
    _hold(decision)
    journal.record("question taken back", "decision", decision.code, by=by, note=decision.group.code)
    db.session.delete(decision)


def _hold(decision: Decision) -> None:
    """Nobody else votes or closes meanwhile. Raises Refused when it was closed before."""
    mine = update(Decision).where(Decision.id == decision.id, Decision.closed_at.is_(None))
    held: Any = db.session.execute(mine.values(way=Decision.way), execution_options=APART)
    if held.rowcount == 0:
        raise Refused(_("This decision is closed: nothing more can be counted."))


def vote(decision: Decision, *, scores: dict[str, int], by: Account) -> None:
    """Put a ballot in the box. Nothing ties it to `by`: see `_shuffle`.

    Raises Refused when this place has voted, or when the decision is not open to ballots.
    """
    if decision.way is not Way.SCORES:
        raise Refused(_("This decision is not made by ballots."))
    _hold(decision)
    membership = groups.membership(by, decision.group)
    if membership is None or queries.has_voted(membership, decision):
        raise Refused(_("There is a ballot for this place already. Nothing says which: it cannot change."))
    keys = [key for key, _label in rules.labels(decision)]
    if sorted(scores) != sorted(keys) or not all(0 <= score <= rules.BEST for score in scores.values()):
        raise Refused(_("Please give each option a score from 0 to %(best)d.", best=rules.BEST))
    _shuffle(decision, {key: scores[key] for key in keys}, membership.id)


def _shuffle(decision: Decision, scores: dict[str, int], membership_id: int) -> None:
    """Write all ballots and all tickets anew, ballots under new ids and tickets by member, in one go.

    So neither the order of rows, nor the transaction that wrote them, nor an id says which came last.
    """
    box = [*queries.box(decision), scores]
    voted = sorted([*queries.voted(decision), membership_id])
    _empty(decision)
    secrets.SystemRandom().shuffle(box)
    ids = sorted(uuid4() for _ballot in box)
    db.session.execute(
        insert(Ballot),
        [{"id": key, "decision_id": decision.id, "scores": one} for key, one in zip(ids, box, strict=True)],
    )
    db.session.execute(
        insert(BallotTicket), [{"decision_id": decision.id, "membership_id": one} for one in voted]
    )


def _empty(decision: Decision) -> None:
    for model in (Ballot, BallotTicket):
        db.session.execute(delete(model).where(model.decision_id == decision.id), execution_options=APART)


def close(
    decision: Decision, *, counts: dict[str, Any], words: str, review_on: date | None, version: int,
    by: Account, options: Sequence[str] | None = None,
) -> None:  # fmt: skip
    """Write down what came out; ballots are counted and gone. Raises Refused for counts that cannot be.

    `counts`: as the model says; for scores what paper ballots add. `options`: what a summary brought.
    """
    ensure_version(decision, version)
    _hold(decision)
    _ensure_later(review_on)
    _ensure_decided_by_the_group(decision, counts, by)
    if decision.way is Way.SUMMARY:
        decision.options = list(options or [])
    decision.counts = _scores(decision, counts) if decision.way is Way.SCORES else counts
    decision.is_adopted = rules.adopted(decision.way, decision.options, decision.counts)
    decision.words, decision.review_on, decision.closed_at = words, review_on, now()
    journal.record("decision closed", "decision", decision.code, by=by)
    db.session.flush()


def _ensure_decided_by_the_group(decision: Decision, counts: dict[str, Any], by: Account) -> None:
    """No more voices than places; and nobody moves a group by writing alone what it would have said."""
    if decision.way in YES_OR_NO:
        given = counts.values() if decision.options else [sum(counts.values())]
        if max(given, default=0) > queries.voices(decision):
            raise Refused(_("There are more voices than people in the group. Please count again."))
    if not decision.moves_autonomy or (not by.is_staff and groups.membership(by, decision.group)):
        return
    if not queries.was_met(decision):
        raise Refused(_("A step is decided in a meeting. Ask it with its meeting, and note who was there."))


def ensure_version(decision: Decision, version: int) -> None:
    """Raises Refused when somebody changed it since the page was opened."""
    if decision.version != version:
        raise Refused(_("Someone else has just changed this decision. Please look again before you send."))


def _ensure_later(review_on: date | None) -> None:
    if review_on and review_on <= centre_today():
        raise Refused(_("Please choose a later day to look at it again."))


def _scores(decision: Decision, paper: dict[str, Any]) -> dict[str, Any]:
    """What ballots of the site and of paper give together; both kinds are gone after that."""
    box, added = queries.box(decision), int(paper["ballots"])
    number = len(box) + added
    if number == 0:
        raise Refused(_("There is no ballot yet: nothing can be counted."))
    if added > queries.unheard(decision):
        raise Refused(_("There are more ballots than people who have a voice. Please count again."))
    _empty(decision)
    if 0 < len(box) < rules.LEAST_BALLOTS:
        return {"ballots": number}
    keys = [key for key, _label in rules.labels(decision)]
    sums = {key: int(paper["sums"].get(key, 0)) + sum(one[key] for one in box) for key in keys}
    return {"ballots": number, "sums": sums}


def publish(decision: Decision, *, is_public: bool, by: Account) -> None:
    """Show it to everyone, or to the group alone again."""
    if not decision.is_closed:
        raise Refused(_("A decision is shown to everyone when it is closed."))
    if is_public and decision.group.is_closed:
        raise Refused(_("This group has ended: it shows nothing new."))
    decision.is_public = is_public
    verb = "decision published" if is_public else "decision kept to the group"
    journal.record(verb, "decision", decision.code, by=by)


def review(decision: Decision, *, words: str, again_on: date | None, version: int, by: Account) -> None:
    """Note what became of it, below what was noted before; with `again_on` it comes back once more."""
    ensure_version(decision, version)
    if not decision.is_closed:
        raise Refused(_("A decision is looked at again when it is closed."))
    _ensure_later(again_on)
    noted = _("%(day)s: %(words)s", day=day(centre_today()), words=words)
    decision.review_words = "\n\n".join(filter(None, (decision.review_words, noted)))
    decision.review_on = again_on or decision.review_on
    decision.reviewed_at = None if again_on else now()
    journal.record("decision reviewed", "decision", decision.code, by=by)
