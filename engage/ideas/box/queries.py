"""What the public pages of ideas ask for, and how they say it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import ceil
from typing import Any, NamedTuple

from flask import url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from engage.accounts.models import Role
from engage.centre import queries as centre_queries
from engage.core import qr
from engage.core.cache import remember
from engage.core.i18n import gettext as _
from engage.core.render import day, link
from engage.ideas.models import Idea, Progress, Step, StepKind
from engage.ideas.queries import A_PAGE, Order, Wanted
from engage.ideas.timeline import queries as timeline
from engage.themes import queries as themes

LOOKS = {
    Progress.RECEIVED: "wait",
    Progress.STUDY: "way",
    Progress.ACCEPTED: "way",
    Progress.DECLINED: "no",
    Progress.UNDER_WAY: "way",
    Progress.DONE: "done",
}
LONGEST_SEARCH = 200


def wanted(asked: MultiDict[str, str]) -> Wanted:
    """What the address asks the list for; what nobody knows is left out."""
    theme = themes.by_code(asked.get("theme", ""))
    progress, order = asked.get("avancement", ""), asked.get("ordre", "")
    return Wanted(
        words=asked.get("q", "").strip()[:LONGEST_SEARCH],
        theme_id=theme.id if theme else None,
        progress=Progress(progress) if progress in set(Progress) else None,
        order=Order(order) if order in set(Order) else Order.FAIR,
    )


def theme_name(theme_id: int | None) -> str:
    """What the theme is called in the language of this page; nothing for none."""
    return next((themes.name(theme) for theme in themes.everything() if theme.id == theme_id), "")


def number(asked: MultiDict[str, str]) -> int:
    """Which page the address asks for: 1 when it is no number."""
    typed = asked.get("page", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 1


def last(total: int) -> int:
    """The number of the last page of a list of `total` ideas."""
    return max(1, ceil(total / A_PAGE))


class Page:
    """Which page of the list this is, and the address of the others."""

    def __init__(self, asked: MultiDict[str, str], number: int, total: int) -> None:
        self.number, self.pages = number, last(total)
        self.kept = {name: value for name, value in asked.items() if name != "page" and value}

    def url(self, number: int) -> str:
        asked: dict[str, Any] = self.kept | ({"page": number} if number > 1 else {})
        return url_for("ideas.index", **asked)


class Told(NamedTuple):
    """A step as people read it."""

    title: str
    at: datetime
    by: str
    icon: str
    words: str


def told(steps: Iterable[Step]) -> list[Told]:
    return [
        Told(timeline.sentence(step), step.at, signed(step.by_role), timeline.sign(step), step.words)
        for step in steps
    ]


def signed(role: str) -> str:
    """Who speaks, by role: the job they hold, else what their role is called."""
    names: dict[str, str] = {
        Role.STAFF: _("The team"),
        Role.COORDINATOR: _("The coordination"),
        Role.ADMIN: _("The administration"),
        Role.PARTNER: _("A partner patient"),
    }
    return names.get(role, role)


def looks(progress: Progress) -> tuple[str, str]:
    """The kind of tag (of ui/status.html) and the word that say how far an idea is."""
    words: dict[Progress, str] = {
        Progress.RECEIVED: _("Received"),
        Progress.STUDY: _("Under study"),
        Progress.ACCEPTED: _("Accepted"),
        Progress.DECLINED: _("Not retained"),
        Progress.UNDER_WAY: _("Under way"),
        Progress.DONE: _("Done"),
    }
    return LOOKS[progress], words[progress]


def open_question(steps: Iterable[Step]) -> Step | None:
    """The last question of the team that its author has not answered yet."""
    asked = None
    for step in steps:
        if step.kind is StepKind.QUESTION:
            asked = step
        elif step.kind is StepKind.REPLY:
            asked = None
    return asked


def orders() -> list[tuple[Order, str]]:
    return [
        (Order.FAIR, _("Each in turn")),
        (Order.NEWEST, _("The newest first")),
        (Order.SUPPORTED, _("The most supported first")),
    ]


def qr_of(idea: Idea) -> Markup:
    """The code to scan, drawn once an hour: its address does not change."""
    address = link("ideas.show", code=idea.code)
    label = _("Code to scan, to the page of this idea")
    return remember(("qr", address, label), lambda: qr.svg(address, label=label), seconds=3600)


def has_commitment(steps: Iterable[Step]) -> bool:
    return any(step.kind is StepKind.COMMITMENT for step in steps)


def sheet(idea: Idea, steps: Iterable[Step]) -> dict[str, Any]:
    """What the paper of one idea says."""
    centre, referent = centre_queries.centre(), centre_queries.referent()
    address = link("ideas.show", code=idea.code)
    rows = [{"label": _("Received"), "when": day(idea.received_at), "note": "", "kind": "done"}]
    rows += [
        {"label": step.title, "when": day(step.at), "note": step.words, "kind": "done"}
        for step in told(steps)
    ]
    rows[-1]["kind"] = "now"
    has_title = bool(idea.title)
    return {
        "paper": "a4",
        "centre": centre.name,
        "title": idea.shown_title,
        "text": idea.text if has_title or idea.shown_title.endswith("…") else "",
        "progress_label": _("What has happened"),
        "steps": rows,
        "invite": _("Is it important for you too? Support this idea."),
        "scan": _("Scan, or type:"),
        "address": address.split("://")[-1],
        "qr": {"rows": qr.matrix(address), "alt": _("Code to scan, to the page of this idea")},
        "contact": _(
            "%(name)s answers your questions:", name=referent.first_name if referent else _("Reception")
        ),
        "phone": (referent.phone if referent else "") or centre.phone,
    }
