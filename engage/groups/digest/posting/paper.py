"""Everything that waits to be posted, in one file: one letter a person, in large print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engage.centre import queries as centre
from engage.core.i18n import gettext as _
from engage.groups.deciding import queries as deciding
from engage.groups.digest.posting.queries import Letter, Paper, PaperKind
from engage.groups.meeting.agenda import paper as agendas
from engage.groups.meeting.agenda import queries as agenda
from engage.groups.meeting.words import title
from engage.groups.minutes import paper as minutes_paper
from engage.groups.minutes import queries as minutes


def named(one: Paper) -> str:
    """What the paper is, in words."""
    if one.kind is PaperKind.AGENDA:
        return _("Agenda: %(title)s", title=title(one.meeting))
    return _("Minutes: %(title)s", title=title(one.meeting))


def data(letters: Sequence[Letter]) -> dict[str, object]:
    """For the template `group_papers`."""
    return {
        "paper": "a4",
        "centre": centre.centre().name,
        "title": _("Papers to post"),
        "letters": [_letter(letter) for letter in letters],
    }


def _letter(letter: Letter) -> dict[str, object]:
    lines = (letter.address or _("To be handed over at reception")).splitlines()
    return {
        "name": letter.account.full_name,
        "address": [line.strip() for line in lines if line.strip()],
        "words": _("Hello %(name)s,", name=letter.account.first_name) + "\n\n" + _("Here are your papers:"),
        "papers": [_sheet(one) for one in letter.papers],
    }


def _sheet(one: Paper) -> dict[str, Any]:
    if one.kind is PaperKind.AGENDA:
        return agendas.sheet(one.meeting, agenda.items(one.meeting))
    held = minutes.of(one.meeting)
    assert held is not None
    said = minutes_paper.sheet(held, deciding.of_meeting(one.meeting), minutes.tasks_of(one.meeting))
    decided = "\n\n".join(f"{row['question']} {row['outcome']}".strip() for row in said["decisions"])
    to_do = "\n\n".join(f"{row['text']} ({row['who']})" for row in said["tasks"])
    parts = [
        *said["parts"],
        {"heading": said["decisions_title"], "text": decided},
        {"heading": said["tasks_title"], "text": to_do},
    ]
    return {
        "group": one.group.name,
        "title": named(one),
        "lead": f"{said['when']}. {said['state']}",
        "points_title": "",
        "points": [],
        "parts": [part for part in parts if part["text"]],
    }
