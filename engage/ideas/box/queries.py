"""What the public pages of ideas ask for, and how they say it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from math import ceil
from typing import Any, NamedTuple

from flask import url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from engage.centre import queries as centre_queries
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.render import day, link
from engage.ideas import queries
from engage.ideas.box.listing import A_PAGE, Order, Wanted
from engage.ideas.models import Idea, Progress, Step, StepKind
from engage.ideas.timeline import queries as timeline
from engage.themes import queries as themes

LOOKS = {
    Progress.RECEIVED: ("wait", _l("Received")),
    Progress.STUDY: ("way", _l("Under study")),
    Progress.ACCEPTED: ("way", _l("Accepted")),
    Progress.DECLINED: ("no", _l("Not retained")),
    Progress.UNDER_WAY: ("way", _l("Under way")),
    Progress.DONE: ("done", _l("Done")),
}
ORDERS = [
    (Order.FAIR, _l("Each in turn")),
    (Order.NEWEST, _l("The newest first")),
    (Order.SUPPORTED, _l("The most supported first")),
]
ASKED = ("q", "theme", "avancement", "ordre")
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
        self.kept = {name: asked[name] for name in ASKED if asked.get(name)}

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


def told(steps: Iterable[Step]) -> tuple[Told, ...]:
    return tuple(
        Told(timeline.sentence(step), step.at, timeline.signed(step), timeline.sign(step), step.words)
        for step in steps
    )


def looks(progress: Progress) -> tuple[str, str]:
    """The kind of tag (of ui/status.html) and the word that say how far an idea is."""
    kind, word = LOOKS[progress]
    return kind, str(word)


def open_question(steps: Iterable[Step]) -> Step | None:
    """The last question of the team that its author has not answered yet."""
    asked = None
    for step in steps:
        if step.kind is StepKind.QUESTION:
            asked = step
        elif step.kind is StepKind.REPLY:
            asked = None
    return asked


class Shown(NamedTuple):
    """What everybody reads of an idea, without a row behind it: it can be kept for some seconds."""

    code: str
    title: str
    text: str
    language: str
    is_public: bool
    joined: tuple[str, str] | None
    look: tuple[str, str]
    theme: str
    origin: str
    received_at: datetime
    awaited: date | None
    photo: tuple[str, int, int] | None
    steps: tuple[Told, ...]
    commitments: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str, bool], ...]
    support_count: int


def shown(idea: Idea) -> Shown:
    """One query: the steps; one more for who takes care of it, one where a step names a commitment."""
    steps, is_carried = timeline.story(idea)
    promised = queries.commitments_of(idea) if any(s.kind is StepKind.COMMITMENT for s in steps) else []
    into, photo = idea.merged_into, idea.photo if idea.photo_is_public else None
    return Shown(
        code=idea.code,
        title=idea.shown_title,
        text=idea.text if idea.text != idea.shown_title else "",
        language=idea.language,
        is_public=idea.is_public,
        joined=(into.code, into.shown_title) if into and into.is_public else None,
        look=looks(idea.progress),
        theme=themes.name(idea.theme) if idea.theme else "",
        origin=timeline.origin(idea),
        received_at=idea.received_at,
        awaited=awaited(idea),
        photo=(photo.alt, photo.width, photo.height) if photo else None,
        steps=told(steps),
        commitments=tuple((promise.code, promise.title) for promise in promised),
        groups=carried(idea) if is_carried else (),
        support_count=idea.support_count,
    )


def carried(idea: Idea) -> tuple[tuple[str, str, bool], ...]:
    """The groups that take care of it: code, name, and whether everybody may open their page."""
    held = (one.group for one in timeline.carriers(idea))
    return tuple((group.code, group.name, group.is_public) for group in held)


def awaited(idea: Idea) -> date | None:
    """The day an answer is promised for, as long as there is none."""
    return None if idea.answered_at or idea.is_closed else idea.due_on


def qr_of(address: str) -> Markup:
    return qr.svg(address, label=_("Code to scan, to the page of this idea"))


def reach(address: str, alt: str) -> dict[str, object]:
    """The foot of every paper: the address to type or scan, and whom to call."""
    referent = centre_queries.referent()
    name = referent.first_name if referent else _("Reception")
    return {
        "scan": _("Scan, or type:"),
        "address": address.rsplit("://", maxsplit=1)[-1],
        "qr": {"rows": qr.matrix(address), "alt": alt},
        "contact": _("%(name)s answers your questions:", name=name),
        "phone": (referent.phone if referent else "") or centre_queries.centre().phone,
    }


def sheet(idea: Idea, steps: Iterable[Step]) -> dict[str, object]:
    """What the paper of one idea says."""
    rows = [{"label": _("Received"), "when": day(idea.received_at), "note": "", "kind": "done"}]
    rows += [
        {"label": step.title, "when": day(step.at), "note": step.words, "kind": "done"}
        for step in told(steps)
    ]
    rows[-1]["kind"] = "now"
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "title": idea.shown_title,
        "text": idea.text if idea.text != idea.shown_title else "",
        "progress_label": _("What has happened"),
        "steps": rows,
        "invite": _("Is it important for you too? Support this idea."),
        **reach(link("ideas.show", code=idea.code), _("Code to scan, to the page of this idea")),
    }
