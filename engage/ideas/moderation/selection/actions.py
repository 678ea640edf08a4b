"""One thing done to several ideas; what cannot be done safely at a glance is left, and said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from engage.accounts.models import Account
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.ideas.models import Idea
from engage.ideas.moderation import actions as moderation
from engage.ideas.moderation.publication import actions as publication
from engage.ideas.moderation.selection import queries
from engage.ideas.moderation.selection.queries import Deed
from engage.intake import queries as intake_queries

Act = Callable[..., None]


@dataclass(frozen=True)
class Outcome:
    """How many ideas were done, and which were left, each with the sentence that says why."""

    done: int
    left: list[tuple[str, str]]


def act_on(
    chosen: Sequence[str],
    *,
    deed: Deed,
    reason: str = "",
    theme_id: int | None = None,
    owner_id: int | None = None,
    by: Account,
) -> Outcome:
    """`chosen` holds "code:version"; an idea that somebody else changed meanwhile is left as it is."""
    deeds: dict[Deed, Act] = {
        Deed.PUBLISH: _publish,
        Deed.KEEP_TO_TEAM: publication.keep_to_team,
        Deed.REFUSE: partial(publication.refuse, reason=reason),
        Deed.THEME: partial(publication.edit, theme_id=theme_id),
        Deed.OWNER: partial(_hand_on, owner_id=owner_id),
    }
    seen = dict(_as_seen(chosen))
    ideas = queries.to_change(list(seen))
    left = [
        (idea.shown_title, why)
        for idea in ideas
        if (why := _why_left(deeds[deed], idea, seen[idea.code], by))
    ]
    return Outcome(len(ideas) - len(left), left)


def _why_left(act: Act, idea: Idea, version: int, by: Account) -> str:
    """Do it; else leave the idea as it was, with the sentence that says why."""
    try:
        act(idea, version=version, by=by)
    except Refused as refusal:
        db.session.expire(idea)
        return str(refusal.message)
    return ""


def _as_seen(chosen: Sequence[str]) -> list[tuple[str, int]]:
    pairs = (one.partition(":") for one in chosen)
    return [(code, int(version)) for code, _colon, version in pairs if version.isdigit()]


def _hand_on(idea: Idea, *, version: int, owner_id: int | None, by: Account) -> None:
    moderation.assign(idea, version=version, owner_id=owner_id, due_on=idea.due_on, by=by)


def _publish(idea: Idea, *, version: int, by: Account) -> None:
    """Words that are marked, and photos, deserve a look of their own."""
    if intake_queries.findings(f"{idea.title}\n{idea.text}"):
        raise Refused(_("Some words are marked: open it to read it again."))
    publication.publish(idea, version=version, by=by)
