"""A paper box is opened, its slips are typed or discarded, and it is closed when none is missing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from engage.accounts.models import Account
from engage.centre.queries import centre
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.ideas import actions as ideas
from engage.ideas import queries as ideas_queries
from engage.ideas.models import Batch, Discard, Idea
from engage.ideas.paper import queries
from engage.intake.models import Door
from engage.journal import actions as journal


def open_batch(*, opened_on: date, opened_by: str, slips: int, submission_key: str, by: Account) -> Batch:
    """Note that the box was opened, by whom, and how many slips were in it."""
    code = keys.code_from(submission_key)  # sent twice, it opens one box
    batch = Batch(
        code=code,
        opened_on=opened_on,
        opened_by=opened_by,
        slips=slips,
        created_at=now(),
        created_by_id=by.id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(batch)
            db.session.flush()
    except IntegrityError:
        held = queries.by_code(code)
        if held is None:
            raise
        return held
    journal.record("batch opened", "batch", code, by=by, note=f"{slips}")
    return batch


def _still_open(batch: Batch) -> None:
    if batch.closed_at is not None:
        raise Refused(_("This box is closed: nothing more can be typed into it."))


def _room(batch: Batch) -> None:
    """Raises Refused when every slip that was counted is already entered or discarded."""
    _still_open(batch)
    if not queries.get(batch.code).left:
        raise Refused(_("All the slips you counted are done. If there are more, correct their number first."))


def enter(batch: Batch, *, submission_key: str, by: Account, **said: Any) -> tuple[Idea, str]:
    """Type one slip: the idea, and its follow-up code. Sent again it is the same slip.

    `batch` comes from `queries.to_change`: two people never type the same last slip.
    """
    if ideas_queries.by_submission(submission_key) is None:
        _room(batch)
    return ideas.receive(
        **said, submission_key=submission_key, door=Door.PAPER, batch_id=batch.id, entered_by=by
    )


def discard(batch: Batch, *, reason: str, submission_key: str, by: Account) -> None:
    """Put a slip aside, and say why. Sent again it is the same slip."""
    if queries.is_discarded(submission_key):
        return
    _room(batch)
    db.session.add(Discard(batch_id=batch.id, submission_key=submission_key, reason=reason, at=now()))
    journal.record("slip discarded", "batch", batch.code, by=by)


def put_back(batch: Batch, discarded: Discard, *, by: Account) -> None:
    """The slip was put aside by mistake: it is to be typed."""
    _still_open(batch)
    db.session.delete(discarded)
    journal.record("slip put back", "batch", batch.code, by=by)


def recount(batch: Batch, *, slips: int, by: Account) -> None:
    """The slips were miscounted. Raises Refused below the number that was already dealt with."""
    _still_open(batch)
    done = queries.get(batch.code).done
    if slips < done:
        raise Refused(
            ngettext(
                "%(num)s slip is already typed in or put aside: there cannot be fewer.",
                "%(num)s slips are already typed in or put aside: there cannot be fewer.",
                done,
            )
        )
    journal.record("batch recounted", "batch", batch.code, by=by, note=f"{batch.slips} → {slips}")
    batch.slips = slips


def close_batch(batch: Batch, *, by: Account) -> None:
    """Nothing is missing. Raises Refused when slips are. Doing it twice is doing it once."""
    if batch.closed_at is not None:
        return
    missing = queries.get(batch.code).left
    if missing:
        raise Refused(
            ngettext(
                "%(num)s slip is missing: type it, put it aside, or correct the number of slips.",
                "%(num)s slips are missing: type them, put them aside, or correct the number of slips.",
                missing,
            )
        )
    batch.closed_at = now()
    journal.record("batch closed", "batch", batch.code, by=by)


def forget_person(me: Account) -> None:
    """Their name goes from the boxes that they opened: the health centre did.

    The team signs with a first name too; one that a patient bears alone may be anybody's.
    """
    names = [me.full_name] if me.last_name else []
    names += [me.first_name] if me.is_staff else []
    if not names:
        return
    name = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
    for batch in db.session.scalars(select(Batch)):
        batch.opened_by = name.sub(lambda _found: centre().name, batch.opened_by)
