"""The timeline of an idea in plain words, and who asked to be told about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.models import Idea, Progress, Publication, Step, StepKind, Support, Visibility
from engage.ideas.timeline.models import IdeaGroup
from engage.intake.models import Door, Reply
from engage.outbox.models import Channel

Viewer = Literal["public", "author", "team"]
SEEN_BY: dict[Viewer, set[Visibility]] = {
    "public": {Visibility.PUBLIC},
    "author": {Visibility.PUBLIC, Visibility.AUTHOR},
    "team": set(Visibility),
}
CARRIED = (StepKind.PROGRESS, StepKind.ANSWER, StepKind.COMMITMENT)
CHANNELS = {
    Reply.MAIL: Channel.MAIL,
    Reply.PHONE: Channel.PHONE,
    Reply.LETTER: Channel.LETTER,
    Reply.RECEPTION: Channel.RECEPTION,
}
SIGNS = {
    StepKind.PUBLICATION: "publish",
    StepKind.PROGRESS: "way",
    StepKind.ANSWER: "answer",
    StepKind.QUESTION: "question",
    StepKind.REPLY: "message",
    StepKind.PRECISION: "message",
    StepKind.MERGED: "merge",
    StepKind.UNMERGED: "undo",
    StepKind.COMMITMENT: "commitment",
}


def steps(idea: Idea, viewer: Viewer) -> list[Step]:
    """What happened to the idea, oldest first, as far as `viewer` may read it.

    The author of an idea that joined another one also reads what the team does with that one.
    """
    wanted = and_(Step.idea_id == idea.id, Step.visibility.in_(SEEN_BY[viewer]))
    if viewer == "author" and idea.merged_into_id:
        carried = and_(Step.kind.in_(CARRIED), Step.visibility == Visibility.PUBLIC)
        wanted = or_(wanted, and_(Step.idea_id.in_(_joined_ids(idea)), carried))
    return list(db.session.scalars(select(Step).where(wanted).order_by(Step.at, Step.id)))


class Story(NamedTuple):
    """What everybody may read of what happened, and whether a group takes care of the idea."""

    steps: list[Step]
    is_carried: bool


# Built once: building is half the price of asking.
STORY = (
    select(exists().where(IdeaGroup.idea_id == Idea.id), Step)
    .select_from(Idea)
    .outerjoin(Step, and_(Step.idea_id == Idea.id, Step.visibility == Visibility.PUBLIC))
    .where(Idea.id == bindparam("idea"))
    .order_by(Step.at, Step.id)
)


def story(idea: Idea) -> Story:
    """As `steps` for everybody; one query."""
    rows = db.session.execute(STORY, {"idea": idea.id}).all()
    return Story([step for _carried, step in rows if step is not None], any(row[0] for row in rows))


def carriers(idea: Idea) -> list[IdeaGroup]:
    """The groups that take care of it, in the order in which they took it up."""
    rows = select(IdeaGroup).where(IdeaGroup.idea_id == idea.id).options(joinedload(IdeaGroup.group))
    return list(db.session.scalars(rows.order_by(IdeaGroup.taken_up_at, IdeaGroup.group_id)))


def _joined_ids(idea: Idea) -> Select[tuple[int | None]]:
    """The idea it joined, and the one that joined in turn."""
    chain = select(Idea.merged_into_id.label("id")).where(Idea.id == idea.id).cte("chain", recursive=True)
    chain = chain.union(select(Idea.merged_into_id).where(Idea.id == chain.c.id))
    return select(chain.c.id).where(chain.c.id.is_not(None))


SENTENCES = {
    StepKind.PROGRESS: _l("News of who takes care of the idea."),
    StepKind.ANSWER: _l("An answer is there."),
    StepKind.QUESTION: _l("The team asked a question."),
    StepKind.REPLY: _l("The author answered the question."),
    StepKind.PRECISION: _l("The author added a precision."),
    StepKind.MERGED: _l("Two ideas that say the same were brought together."),
    StepKind.UNMERGED: _l("Ideas that were brought together stand apart again."),
    StepKind.COMMITMENT: _l("A commitment takes up this idea."),
}
OF_PUBLICATION = {
    Publication.WAITING: _l("The idea waits to be read again by the team."),
    Publication.PUBLIC: _l("The idea is published."),
    Publication.TEAM: _l("The idea is read by the team, without being published."),
    Publication.REFUSED: _l("The idea cannot be published."),
    Publication.MERGED: _l("The idea joined another one that says the same."),
    Publication.WITHDRAWN: _l("The idea was withdrawn by its author."),
}
OF_PROGRESS = {
    Progress.RECEIVED: _l("The idea is received."),
    Progress.STUDY: _l("The team is studying the idea."),
    Progress.ACCEPTED: _l("The idea is accepted."),
    Progress.DECLINED: _l("The idea is not retained."),
    Progress.UNDER_WAY: _l("The work has begun."),
    Progress.DONE: _l("It is done."),
}


def sentence(step: Step) -> str:
    """What the step says happened, in one plain sentence of the reader's language."""
    if step.kind is StepKind.PUBLICATION and step.publication:
        return publication_sentence(step.publication)
    if step.kind is StepKind.PROGRESS and step.progress:
        return progress_sentence(step.progress)
    return str(SENTENCES[step.kind])


def publication_sentence(publication: Publication) -> str:
    return str(OF_PUBLICATION[publication])


def progress_sentence(progress: Progress) -> str:
    return str(OF_PROGRESS[progress])


SIGNED: dict[str, object] = {
    Role.STAFF: _l("The team"),
    Role.COORDINATOR: _l("The coordination"),
    Role.ADMIN: _l("The administration"),
    Role.PARTNER: _l("A partner patient"),
}


def signed(step: Step) -> str:
    """Who speaks, by role: the job they hold, else what their role is called."""
    return str(SIGNED.get(step.by_role, step.by_role))


def origin(idea: Idea) -> str:
    """Where people said it together, in one plain sentence; nothing when it came in alone."""
    if idea.workshop and idea.workshop_table:
        return _(
            "Said during the workshop “%(workshop)s”, at the table “%(table)s”.",
            workshop=idea.workshop,
            table=idea.workshop_table,
        )
    if idea.workshop:
        return _("Said during the workshop “%(workshop)s”.", workshop=idea.workshop)
    return _("Said during a workshop.") if idea.door is Door.WORKSHOP else ""


def sign(step: Step) -> str:
    """The pictogram (of ui/icon.html) that stands beside the step."""
    if step.progress is Progress.DONE:
        return "done"
    return SIGNS[step.kind]


@dataclass(frozen=True)
class Reader:
    """Somebody who asked to be told, and how; `marks` are what makes two readers the same person."""

    channel: Channel
    address: str | None
    person: str
    language: str
    marks: tuple[str, ...]


def _plain(channel: Channel, address: str) -> str:
    """The address without what people write differently from one time to the next."""
    if channel is Channel.PHONE:
        return "".join(sign for sign in address if sign.isdigit())[-9:]
    return " ".join(address.casefold().split())


def _author_reader(idea: Idea, account: Account | None) -> Reader | None:
    channel = CHANNELS.get(idea.reply)
    if channel is None or (idea.contact_erased_at and account is None):
        return None
    held = {Channel.MAIL: account.email, Channel.PHONE: account.phone} if account else {}
    address = idea.contact or held.get(channel)
    if address is None and channel is not Channel.RECEPTION:
        return None
    first = f"{channel} {_plain(channel, address)}" if address else f"idea {idea.code}"
    marks = (first, account.whom) if account else (first,)
    return Reader(channel, address, idea.first_name, idea.language, marks)


def _supporter_reader(account: Account) -> Reader:
    """By mail; who has none is called, and who has no phone either is told at reception."""
    address = account.email or account.phone
    channel = Channel.MAIL if account.email else Channel.PHONE if account.phone else Channel.RECEPTION
    marks = (f"{channel} {_plain(channel, address)}",) if address else ()
    return Reader(channel, address, account.full_name, account.language, (*marks, account.whom))


def author(idea: Idea) -> Reader | None:
    """Who sent the idea, if they asked to be told and can still be reached."""
    account = db.session.get(Account, idea.account_id) if idea.account_id else None
    return _author_reader(idea, account if account and account.is_active else None)


def _family_ids(idea: Idea) -> Select[tuple[int]]:
    """The idea and all that were merged into it, however far."""
    family = select(Idea.id).where(Idea.id == idea.id).cte("family", recursive=True)
    family = family.union(select(Idea.id).where(Idea.merged_into_id == family.c.id))
    return select(family.c.id)


def family(idea: Idea) -> list[Idea]:
    """The idea itself, then those merged into it."""
    rows = select(Idea).where(Idea.id.in_(_family_ids(idea)))
    return list(db.session.scalars(rows.order_by(Idea.id != idea.id, Idea.id)))


def readers(idea: Idea) -> list[Reader]:
    """Everyone who asked to be told: authors (of merged ideas too) and supporters with an account."""
    present = Account.ended_at.is_(None)
    joined = select(Idea, Account).outerjoin(Account, (Account.id == Idea.account_id) & present)
    own_first = joined.where(Idea.id.in_(_family_ids(idea))).order_by(Idea.id != idea.id, Idea.id)
    supporting = select(Account).join(Support, Support.account_id == Account.id)
    supporters = db.session.scalars(
        supporting.where(Support.idea_id == idea.id, present).order_by(Account.id)
    )
    found = [reader for row in db.session.execute(own_first) if (reader := _author_reader(*row))]
    return _once([*found, *map(_supporter_reader, supporters)])


def _once(found: list[Reader]) -> list[Reader]:
    seen: set[str] = set()
    kept = []
    for reader in found:
        if not seen.intersection(reader.marks):
            kept.append(reader)
        seen.update(reader.marks)
    return kept
