"""Everything about one idea on one page: what it says, what happened, what may be done."""

from __future__ import annotations

from typing import Any

from engage.centre.queries import centre_today
from engage.core.render import render
from engage.ideas.models import Idea, Publication
from engage.ideas.moderation import queries, words
from engage.ideas.moderation.forms import AssignForm, DeskForm
from engage.ideas.moderation.merging import queries as merging_queries
from engage.ideas.moderation.progress.forms import answer_form, move_form
from engage.ideas.moderation.publication.forms import AskForm, RefuseForm, reading_form, spans
from engage.ideas.timeline import queries as timeline
from engage.intake import screening

TAKEN_UP = (Publication.PUBLIC, Publication.TEAM)


def page(idea: Idea, sent: DeskForm | None = None, **said: Any) -> str:
    """The page; the form that was `sent` comes back with its words and its errors.

    `said`: what was `revealed` once, the `doubts` about an answer, who has `overtaken` this person.
    """
    draft = queries.draft(idea)
    forms = _forms(idea, draft.text if draft else "")
    if sent is not None:
        forms[sent.name] = sent
    if said.get("overtaken"):
        for form in forms.values():
            form.fresh(idea)
    return render(
        "ideas_desk/show.html",
        **{"revealed": {}, "doubts": [], "overtaken": "", "typed": [], **said},
        **forms,
        **_facts(idea),
        idea=idea,
        form=sent if sent is not None and sent.errors else None,
        draft=draft,
        words=words,
        timeline=timeline,
    )


def _forms(idea: Idea, draft: str) -> dict[str, DeskForm]:
    return {
        "reading": reading_form(idea),
        "refuse": RefuseForm.of(idea),
        "ask": AskForm.of(idea),
        "move": move_form(idea),
        "answer": answer_form(idea, draft),
        "assign": AssignForm.of(idea, owner_id=idea.owner_id, due_on=idea.due_on),
    }


def _facts(idea: Idea) -> dict[str, Any]:
    steps = timeline.steps(idea, "team")
    next_code, waiting = queries.next_to_read(idea)
    return {
        "spans": spans(idea.text),
        "reason": screening.reason,
        "steps": steps,
        "carriers": timeline.carriers(idea) if idea.publication in TAKEN_UP else [],
        "unread": [step for step in steps if step.kind in queries.FROM_AUTHOR and step.read_at is None],
        "sources": merging_queries.sources(idea),
        "next_code": next_code,
        "waiting": waiting,
        "today": centre_today(),
        "open": idea.publication not in (Publication.MERGED, Publication.WITHDRAWN),
    }
