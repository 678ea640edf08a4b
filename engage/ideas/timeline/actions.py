"""Each change of an idea becomes a row of its timeline, and is told to everyone who asked."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import LazyString

from engage.accounts.models import Account
from engage.core import fulltext, keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.ideas.models import Idea, Progress, Publication, Step, StepKind, Visibility
from engage.ideas.timeline import queries
from engage.ideas.timeline.queries import Reader
from engage.outbox import actions as outbox
from engage.outbox.models import Kind


def note(
    idea: Idea,
    kind: StepKind,
    *,
    visibility: Visibility,
    words: str = "",
    by: Account | None = None,
    publication: Publication | None = None,
    progress: Progress | None = None,
    submission_key: str | None = None,
) -> Step:
    """Add a step, written at once; it is signed by the role of `by`, never by a name."""
    said = {"visibility": visibility, "words": words, "publication": publication, "progress": progress}
    step = Step(idea_id=idea.id, at=now(), kind=kind, submission_key=submission_key, **said)
    if by is not None:
        step.by_id, step.by_role = by.id, by.job or by.role
    db.session.add(step)
    db.session.flush()
    return step


def key(step: Step) -> str:
    """The key under which a step is told: once to each person."""
    return f"idea step {step.id}"


def index(idea: Idea) -> None:
    """Let the team find the idea, and everyone while it is public."""
    words = f"{idea.title} {idea.text}"
    fulltext.put("idea-desk", idea.code, words)
    if idea.is_public:
        fulltext.put("idea", idea.code, words)
    else:
        fulltext.drop("idea", idea.code)


def above(*parts: object) -> LazyString:
    """Parts of a message, lazy or not, one above the other; empty ones are left out."""
    return LazyString(lambda: "\n\n".join(filter(None, map(str, parts))))


def tell(idea: Idea, *, subject: object, body: object, key: str, kind: Kind = Kind.NEWS) -> None:
    """Tell everyone who asked, each in their language and by their channel.

    The same `key` never tells one person twice. `subject` and `body` may be lazy: each reads their language.
    """
    db.session.flush()
    _write(idea, queries.readers(idea), subject=subject, body=body, key=key, kind=kind)


def tell_author(idea: Idea, *, subject: object, body: object, key: str, kind: Kind = Kind.NEWS) -> None:
    """Tell only who sent the idea: what is said here is nobody else's business."""
    author = queries.author(idea)
    _write(idea, [author] if author else [], subject=subject, body=body, key=key, kind=kind)


def _write(
    idea: Idea, readers: Iterable[Reader], *, subject: object, body: object, key: str, kind: Kind
) -> None:
    for reader in readers:
        with speaking(reader.language):
            outbox.write(
                key=f"{key}:{keys.digest('told', reader.marks[0])[:32]}",
                kind=kind,
                channel=reader.channel,
                subject=str(subject),
                body=_framed(idea, reader, str(body)),
                address=reader.address,
                person=reader.person,
                about=("idea", idea.code),
                whom=reader.marks[-1],
            )


def _framed(idea: Idea, reader: Reader, words: str) -> str:
    page = link("ideas.show", code=idea.code) if idea.is_public else link("intake.follow")
    return render("ideas_desk/mail/told.txt", idea=idea, person=reader.person, words=words, page=page)


def mark_answered(idea: Idea) -> None:
    """Its author, and those of ideas merged into it, can now see an answer; the first one counts."""
    for one in queries.family(idea):
        one.answered_at = one.answered_at or now()


def settle(idea: Idea) -> None:
    """Note the day from which nothing more is expected; merged ideas follow."""
    for one in queries.family(idea):
        one.closed_at = (one.closed_at or now()) if idea.is_closed else None
