"""The minutes on paper, in large print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response

from engage.centre import queries as centre_queries
from engage.core import pdf
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import day, moment
from engage.groups.deciding import words as deciding
from engage.groups.deciding.models import Decision
from engage.groups.meeting.words import title
from engage.groups.minutes.models import Minutes, MinutesState, Task
from engage.groups.minutes.queries import Reading


def sheet(minutes: Minutes, decisions: Sequence[Decision], tasks: Sequence[Task]) -> dict[str, Any]:
    """What the paper says; empty parts are left out."""
    meeting = minutes.meeting
    parts = [
        (_("What we heard"), minutes.heard),
        (_("What we decided"), minutes.decided),
        (_("In full"), minutes.in_full),
    ]
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "group": meeting.group.name,
        "title": title(meeting),
        "when": moment(meeting.starts_at),
        "state": state(minutes),
        "parts": [{"heading": heading, "text": text} for heading, text in parts if text],
        "decisions_title": _("Decisions"),
        "decisions": [{"question": one.question, "outcome": deciding.outcome(one)} for one in decisions],
        "tasks_title": _("To do"),
        "tasks": [{"text": one.text, "who": _who(one)} for one in tasks],
    }


def state(minutes: Minutes) -> str:
    """How far these minutes are, in a sentence."""
    if minutes.approved_at:
        return _("Approved on %(day)s.", day=day(minutes.approved_at))
    if minutes.correct_until and minutes.state is MinutesState.SHARED:
        return _("Members may correct until %(day)s.", day=day(minutes.correct_until))
    return _("Draft: only those who write it see it.")


def _who(task: Task) -> str:
    owner = task.owner.full_name if task.owner else _("nobody yet")
    until = _("until %(day)s", day=day(task.due_on)) if task.due_on else ""
    return ", ".join(filter(None, (owner, until, _("done") if task.done_at else "")))


def response(reading: Reading, decisions: Sequence[Decision], tasks: Sequence[Task]) -> Response:
    """The file, kept by nobody on the way."""
    assert reading.minutes is not None
    content = pdf.render("minutes", sheet(reading.minutes, decisions, tasks), lang=language())
    headers = {
        "Content-Disposition": f'inline; filename="compte-rendu-{reading.meeting.code}.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype="application/pdf", headers=headers)
