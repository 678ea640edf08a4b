"""What somebody is answering, on its way: encrypted, found by four plain words, gone when it is sent."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.intake import drafts
from engage.intake.models import Draft
from engage.surveys.answering import actions, queries, words
from engage.surveys.answering.facts import Facts
from engage.surveys.answering.kinds import ChannelKind

KIND = "survey"
LIFE = timedelta(days=7)
FIND = select(Draft).where(Draft.key_digest == bindparam("digest"))
# Two sendings of one form meet here: the second waits, then sees that it is the second.
FIND_ALONE = FIND.with_for_update().execution_options(populate_existing=True)


@dataclass
class Writing:
    """The draft, and what it holds. When `is_sent` nothing is left of it but that."""

    draft: Draft
    values: dict[str, Any]

    @property
    def code(self) -> str:
        return str(self.values["wave"])

    @property
    def is_sent(self) -> bool:
        return "answers" not in self.values

    @property
    def is_counted(self) -> bool:
        """Whether it was counted among those who began."""
        return bool(self.values.get("is_counted")) or any(self.answers.values())

    @property
    def answers(self) -> dict[str, Sequence[str]]:
        """What the forms carried, by question, right or wrong."""
        held: dict[str, Sequence[str]] = self.values.get("answers", {})
        return held

    @property
    def channel(self) -> ChannelKind:
        return ChannelKind(self.values["channel"])


def begin(
    facts: Facts, *, channel: ChannelKind, ticket: str, together: bool, former: Writing | None = None
) -> tuple[str, Mapping[str, Any]]:
    """A new draft: the words that find it again, and what it holds.

    `former`: what the same person began before; nothing of it stays, and it counts as one beginning.
    """
    values: dict[str, Any] = {
        "wave": facts.code,
        "channel": channel,
        "ticket": ticket,
        "key": secrets.token_urlsafe(24),
        "together": together,
        "at": "",
        "answers": {},
        "is_counted": former is not None and former.is_counted,
    }
    if former and not former.is_sent:
        drafts.close(former.draft)
    key, _draft = drafts.begin(KIND, values, key=words.choose(), until=_until(facts))
    return key, values


def find(said: str, *, alone: bool = False) -> Writing | None:
    """What these words lead to. `alone`: nobody else changes it before this unit ends."""
    if not said:
        return None
    asked = FIND_ALONE if alone else FIND
    draft = db.session.scalars(asked, {"digest": keys.digest("draft", said)}).one_or_none()
    if draft is None or draft.kind != KIND or draft.expires_at <= now():
        return None
    return Writing(draft, draft.values)


def take(writing: Writing, facts: Facts, answers: Mapping[str, Sequence[str]], *, at: str = "") -> None:
    """Put these answers to those before; the first of all counts one more who began."""
    kept = writing.answers | dict(answers)
    if any(kept.values()) and not writing.is_counted:
        actions.count_start(queries.wave_by_code(facts.code), writing.channel)
    writing.values |= {"answers": kept, "at": at or writing.values["at"]}


def keep(writing: Writing, facts: Facts) -> None:
    """Write down what was taken."""
    drafts.keep(writing.draft, writing.values, until=_until(facts))


def close(writing: Writing, facts: Facts) -> None:
    """It is sent: nothing but that is left, until a moment that does not say when."""
    until = min(facts.ends_at, _whole_day(now() + LIFE))
    drafts.keep(writing.draft, {"wave": facts.code}, until=until)


def _until(facts: Facts) -> datetime:
    return min(now() + LIFE, facts.ends_at)


def _whole_day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
