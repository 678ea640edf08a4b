"""Which ideas there are to see, and for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import abort
from rapidfuzz import fuzz, process
from sqlalchemy import Row, Select, bindparam, exists, func, select
from sqlalchemy.orm import defer, joinedload, load_only

from engage.accounts.models import Account
from engage.commitments.models import Commitment
from engage.core import fulltext, keys
from engage.core.db import db
from engage.core.words import STOP, TOKEN, fold, stem, terms
from engage.groups.models import Membership
from engage.ideas.models import (
    Idea,
    IdeaCommitment,
    Merge,
    Progress,
    Publication,
    Step,
    Support,
    short_title,
)
from engage.intake.models import Door

SENT_HERE = (Door.WEB, Door.KIOSK)
ALIKE = 56  # of 100: from here on two ideas are worth showing side by side
WEIGHED = 100
TELLING = 4  # words
CODE = re.compile(r"[0-9a-z]{1,20}", re.ASCII)
KEY = re.compile(r"[\w-]{16,64}", re.ASCII)
# What a line of a list shows: enough of the text for a title, and no column that must be decrypted.
LINE = (
    Idea.code, Idea.title, func.substr(Idea.text, 1, 240).label("text"), Idea.theme_id, Idea.progress,
    Idea.support_count, Idea.published_at, Idea.received_at,
)  # fmt: skip


# What is encrypted stays so until somebody asks for it. Built once: building is half the price of asking.
ITSELF = select(Idea).where(Idea.code == bindparam("code")).options(defer(Idea.contact), defer(Idea.original))
WHOLE = ITSELF.options(
    joinedload(Idea.photo),
    joinedload(Idea.theme),
    joinedload(Idea.merged_into).load_only(Idea.code, Idea.title, Idea.text, Idea.publication),
)


STAMP = select(
    Idea.account_id,
    Idea.merged_into_id,
    Idea.version,
    select(func.max(Step.id)).where(Step.idea_id == Idea.id).scalar_subquery(),
).where(Idea.code == bindparam("code"))


def _voices(column: Any, *more: Any) -> Select[Any]:
    mine = select(Support.id).where(Support.idea_id == Idea.id, column == bindparam("whose"))
    return select(Idea.support_count, mine.exists(), *more).where(Idea.code == bindparam("code"))


BY_SUBMISSION = select(Idea).where(Idea.submission_key == bindparam("key"))
SENT = BY_SUBMISSION.where(Idea.door.in_(SENT_HERE)).options(
    load_only(
        Idea.code,
        Idea.text,
        Idea.submission_key,
        Idea.photo_id,
        Idea.wants_public,
        Idea.due_on,
        Idea.is_distress,
    )
)
BELONGS = exists().where(Membership.account_id == bindparam("whose"), Membership.ended_at.is_(None))
OF_ACCOUNT = _voices(Support.account_id, BELONGS)
OF_DEVICE = _voices(Support.device_digest)


BY_CODES = select(*LINE, Idea.publication).where(Idea.code.in_(bindparam("codes", expanding=True)))


class Line(NamedTuple):
    """One idea of a list."""

    code: str
    title: str
    theme_id: int | None
    progress: Progress
    support_count: int
    published_at: Any


def line(row: Row[Any]) -> Line:
    title = short_title(row.title, row.text)
    return Line(
        row.code, title, row.theme_id, row.progress, row.support_count, row.published_at or row.received_at
    )


def by_submission(key: str) -> Idea | None:
    """The idea that this form already became."""
    return db.session.scalars(BY_SUBMISSION, {"key": key}).one_or_none()


def became(key: str) -> Idea:
    """The idea that this form, sent before, became."""
    return db.session.scalars(BY_SUBMISSION, {"key": key}).one()


def sent(key: str) -> Idea | None:
    """The idea that its author sent with this form; the key of a form that the team filled opens nothing."""
    if not KEY.fullmatch(key):
        return None
    return db.session.scalars(SENT, {"key": key}).one_or_none()


def similar(text: str, limit: int = 3) -> list[Line]:
    """Public ideas that may say the same, the nearest first, whatever accents and endings.

    Weighed are the newest `WEIGHED` that share one of the longest words, which are the rarer ones.
    """
    found = dict(fulltext.sharing("idea", _telling(text), WEIGHED))
    near = process.extract(terms(text), found, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=limit)
    codes = [str(ref) for _terms, _score, ref in near]
    if not codes:
        return []
    rows = db.session.execute(BY_CODES, {"codes": codes})
    public = [line(row) for row in rows if row.publication is Publication.PUBLIC]
    return sorted(public, key=lambda one: codes.index(one.code))


def _telling(text: str) -> str:
    words = {
        stem(word): word for word in TOKEN.findall(fold(text)) if word not in STOP and not word.isdecimal()
    }
    return " ".join(sorted(words.values(), key=len, reverse=True)[:TELLING])


def get(code: str, person: Account | None, *, followed: bool) -> Idea:
    """The idea of this address, for who may read it, or `followed` it by its code. Aborts with 404."""
    idea = _by_code(code, WHOLE)
    if idea is None or not (followed or may_read(person, idea)):
        abort(404)
    return idea


def own(code: str, person: Account | None, *, followed: bool) -> Idea:
    """The idea of this address, for who sent it. Aborts with 404."""
    idea = _by_code(code, ITSELF)
    if idea is None or not (followed or (person is not None and idea.account_id == person.id)):
        abort(404)
    return idea


class Stamp(NamedTuple):
    """What changes whenever the page of an author does; one that joined another idea follows that too."""

    account_id: int | None
    merged_into_id: int | None
    version: int
    last_step: int | None


def stamp(code: str) -> Stamp | None:
    found = db.session.execute(STAMP, {"code": code}).one_or_none() if CODE.fullmatch(code) else None
    return Stamp(*found) if found else None


def _by_code(code: str, rows: Select[Idea]) -> Idea | None:
    return db.session.scalars(rows, {"code": code}).one_or_none() if CODE.fullmatch(code) else None


def may_read(person: Account | None, idea: Idea) -> bool:
    """Everybody reads what is public; who sent it, and the team, read all."""
    if idea.is_public or (person is not None and (person.is_staff or idea.account_id == person.id)):
        return True
    return _was_public(idea) and idea.merged_into is not None and idea.merged_into.is_public


def _was_public(idea: Idea) -> bool:
    """Whether everybody could read it before it joined another one."""
    if idea.publication is not Publication.MERGED:
        return False
    now_merged = select(Merge.publication_before).where(Merge.source_id == idea.id, Merge.undone_at.is_(None))
    return db.session.scalars(now_merged.order_by(Merge.id.desc()).limit(1)).first() is Publication.PUBLIC


def commitments_of(idea: Idea) -> Sequence[Commitment]:
    """What the centre promised because of this idea."""
    rows = select(Commitment).join(IdeaCommitment).where(IdeaCommitment.idea_id == idea.id)
    return db.session.scalars(rows.order_by(Commitment.due_on)).all()


class Voices(NamedTuple):
    """How many support an idea, whether this reader does, and whether they belong to a group."""

    number: int
    mine: bool
    belongs: bool = False


def voices(code: str, person: Account | None, device: str) -> Voices:
    """The voices as they are now; those of an account, else of a device, are known again."""
    whose = keys.digest("device", device) if person is None else person.id
    asked = OF_DEVICE if person is None else OF_ACCOUNT
    return Voices(*db.session.execute(asked, {"code": code, "whose": whose}).one())
