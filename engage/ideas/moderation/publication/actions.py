"""What everyone may read: publish, keep to the team, refuse with a reason, ask, mask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, Unpack

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.models import Idea, Publication, StepKind, Visibility
from engage.ideas.moderation.actions import take
from engage.ideas.moderation.queries import step_of
from engage.ideas.timeline import actions as timeline
from engage.journal import actions as journal

MASK = "[…]"


def masked(text: str, hide: Sequence[str]) -> str:
    """The text with a sign instead of each of these words; the longest first, so that no part is left."""
    for words in sorted(filter(None, hide), key=len, reverse=True):
        text = text.replace(words, MASK)
    return text


class Words(TypedDict, total=False):
    """The public version of an idea; what is not said stays as it is."""

    title: str
    text: str
    theme_id: int | None
    hide: Sequence[str]
    photo_is_public: bool
    photo_alt: str


def _write(idea: Idea, words: Words) -> None:
    """Set the public version; the first words are kept apart as soon as they differ from it."""
    hide = words.get("hide", ())
    shown, first = masked(words.get("text", idea.text), hide), idea.original or idea.text
    idea.text, idea.original = shown, first if shown != first else None
    idea.title = masked(words.get("title", idea.title), hide)
    idea.theme_id = words.get("theme_id", idea.theme_id)
    if idea.photo:
        idea.photo_is_public = words.get("photo_is_public", idea.photo_is_public)
        idea.photo.alt = words.get("photo_alt", idea.photo.alt)


def edit(idea: Idea, *, version: int, by: Account, **words: Unpack[Words]) -> None:
    """Change the words people read, and nothing else."""
    take(idea, version)
    _write(idea, words)
    timeline.index(idea)
    journal.record("words changed", "idea", idea.code, by=by)


def publish(idea: Idea, *, version: int, by: Account, **words: Unpack[Words]) -> None:
    """Let everyone read it. Raises Refused when its author said no, or when it is public already."""
    take(idea, version)
    if not idea.wants_public:
        raise Refused(_("The author asked that this idea stay with the team: it cannot be published."))
    if idea.is_public:
        raise Refused(_("This idea is already published."))
    _write(idea, words)
    idea.published_at = idea.published_at or now()
    key = _now(idea, Publication.PUBLIC, "published", by)
    body = _l("Everyone can now read this idea on the site. The team will answer it.")
    timeline.tell(idea, subject=_l("The idea is published"), body=body, key=key)


def keep_to_team(idea: Idea, *, version: int, by: Account, **words: Unpack[Words]) -> None:
    """Read by the team alone. Raises Refused when it is so already."""
    take(idea, version)
    if idea.publication is Publication.TEAM:
        raise Refused(_("This idea already stays with the team."))
    _write(idea, words)
    key = _now(idea, Publication.TEAM, "kept to team", by)
    body = _l("It stays with the team and is not published. The team will answer you.")
    timeline.tell_author(idea, subject=_l("The team has read your message"), body=body, key=key)
    _tell_others(idea, key)


def refuse(idea: Idea, *, version: int, reason: str, by: Account) -> None:
    """Not published, and nothing more is expected: its author is always told why."""
    take(idea, version)
    if not reason.strip():
        raise Refused(_("Say why: the author will read it."))
    if idea.publication is Publication.REFUSED:
        raise Refused(_("This idea is already refused."))
    key = _now(idea, Publication.REFUSED, "refused", by, reason)
    timeline.mark_answered(idea)
    body = timeline.above(_l("We cannot publish this message. Here is why:"), reason)
    timeline.tell_author(idea, subject=_l("About your message"), body=body, key=key)
    _tell_others(idea, key)


def _tell_others(idea: Idea, key: str) -> None:
    """Who supports it, or said the same, learns that it is not on the site; why is its author's business."""
    body = _l("The team has read this idea. It is not on the site, or no longer.")
    timeline.tell(idea, subject=_l("About an idea you follow"), body=body, key=key)


def _now(idea: Idea, publication: Publication, verb: str, by: Account, reason: str = "") -> str:
    """Move the idea in its first column; the key under which the change is told."""
    idea.publication = publication
    timeline.settle(idea)
    timeline.index(idea)
    seen = Visibility.PUBLIC if publication is Publication.PUBLIC else Visibility.AUTHOR
    step = timeline.note(
        idea, StepKind.PUBLICATION, visibility=seen, words=reason, by=by, publication=publication
    )
    journal.record(verb, "idea", idea.code, by=by)
    return timeline.key(step)


def ask(idea: Idea, *, question: str, version: int, by: Account) -> None:
    """Ask the author something; the answer comes back on the page of their follow-up code."""
    take(idea, version)
    step = timeline.note(idea, StepKind.QUESTION, visibility=Visibility.AUTHOR, words=question, by=by)
    journal.record("question asked", "idea", idea.code, by=by)
    body = timeline.above(
        _l("To understand your message well, the team asks:"),
        question,
        _l("You can answer with your follow-up code."),
    )
    timeline.tell_author(
        idea, subject=_l("The team has a question for you"), body=body, key=timeline.key(step)
    )


def show_precision(idea: Idea, *, step_id: int, public: bool, version: int, by: Account) -> None:
    """Let everyone read what the author added, or take it back. Aborts with 404 if it is none."""
    take(idea, version)
    step = step_of(idea, step_id)
    step.visibility = Visibility.PUBLIC if public else Visibility.AUTHOR
    step.read_at = step.read_at or now()
    journal.record("precision shown" if public else "precision hidden", "idea", idea.code, by=by)
    if public and idea.is_public:
        body = timeline.above(_l("The author has added a precision:"), step.words)
        subject = _l("An idea has been made more precise")
        timeline.tell(idea, subject=subject, body=body, key=timeline.key(step))
