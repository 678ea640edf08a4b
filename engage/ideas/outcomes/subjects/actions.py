"""A group takes up an idea, answers it in its own name, or lets it go; each time people are told."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import INSERT, db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.models import Group
from engage.ideas.models import Idea, Step, StepKind, Visibility
from engage.ideas.outcomes.subjects import queries
from engage.ideas.timeline import actions as timeline
from engage.ideas.timeline.models import IdeaGroup
from engage.journal import actions as journal


def take_up(idea: Idea, group: Group, *, by: Account) -> None:
    """From now on the group takes care of it. Raises Refused when it does already."""
    if not _insert(idea, group, by):
        raise Refused(_("This group takes care of the idea already."))
    words = _("The group “%(group)s” takes care of it.", group=group.name)
    step = _signed(idea, group, StepKind.PROGRESS, words, by)
    journal.record("taken up by a group", "idea", idea.code, by=by, note=group.code)
    body = _l("The group “%(group)s” takes care of it.", group=group.name)
    timeline.tell(idea, subject=_l("A group takes care of your idea"), body=body, key=timeline.key(step))


def _insert(idea: Idea, group: Group, by: Account) -> bool:
    """False when it is held already, also by somebody who pressed in the same moment."""
    values = {"idea_id": idea.id, "group_id": group.id, "taken_up_at": now(), "by_id": by.id}
    asked = INSERT[db.engine.dialect.name](IdeaGroup).on_conflict_do_nothing().returning(IdeaGroup.idea_id)
    return db.session.execute(asked.values(**values)).first() is not None


def _signed(idea: Idea, group: Group, kind: StepKind, words: str, by: Account) -> Step:
    """A public step, signed by the group instead of whoever writes for it."""
    step = timeline.note(idea, kind, visibility=Visibility.PUBLIC, words=words, by=by)
    step.by_role = group.name
    db.session.flush()
    return step


def let_go(idea: Idea, group: Group, *, by: Account) -> None:
    """The group takes care of it no longer; what it said stays in the timeline."""
    held = queries.held(idea, group)
    if held is None:
        raise Refused(_("This group does not take care of the idea."))
    db.session.delete(held)
    words = _("The group “%(group)s” takes care of it no longer.", group=group.name)
    _signed(idea, group, StepKind.PROGRESS, words, by)
    journal.record("let go by a group", "idea", idea.code, by=by, note=group.code)


def answer(idea: Idea, group: Group, *, text: str, by: Account) -> None:
    """Publish the group's answer, in its own name: whoever asked is told.

    A second press of the same words changes nothing, and tells nobody twice.
    """
    held = queries.held(idea, group, lock=True)
    if held is None:
        raise Refused(_("A group answers the ideas that it takes care of: take it up first."))
    if queries.last_answer(idea, group) == text:
        return
    held.answered_at = held.answered_at or now()
    timeline.mark_answered(idea)
    step = _signed(idea, group, StepKind.ANSWER, text, by)
    journal.record("answered for a group", "idea", idea.code, by=by, note=group.code)
    subject = _l("The group “%(group)s” has answered", group=group.name)
    said = _l("The answer of the group “%(group)s”:", group=group.name)
    timeline.tell(idea, subject=subject, body=timeline.above(said, text), key=timeline.key(step))
