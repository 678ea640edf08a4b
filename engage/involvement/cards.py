"""What one can do here, from the lightest act to the deepest."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import current_app, url_for

from engage.core.i18n import lazy_gettext as _l


class Card(NamedTuple):
    """An act: what it is, the time it needs, what one gains.

    `page`: where one does it at once; without it, or while that page is not there, one says to be interested.
    """

    act: str
    icon: str
    title: Any
    what: Any
    time: Any
    gain: Any
    go: Any
    page: str = ""

    @property
    def url(self) -> str:
        """Where one does it, or an empty text."""
        return url_for(self.page) if self.page in current_app.view_functions else ""


CARDS = (
    Card(
        "question",
        "form",
        _l("Answer one question"),
        _l("You say how you find things here. Nobody asks who you are."),
        _l("2 minutes, when you like"),
        _l("You see what everyone answered, and what changes."),
        _l("See the questionnaires"),
        "surveys.index",
    ),
    Card(
        "idea",
        "idea",
        _l("Give an idea"),
        _l("You say in a few words what would be better for you."),
        _l("5 minutes, without an account"),
        _l("You get an answer, and you can follow it."),
        _l("Write an idea"),
        "writing.new",
    ),
    Card(
        "meet",
        "walk",
        _l("Come once"),
        _l("A walk, a workshop, a film: you come, you listen, you say what you like."),
        _l("1 to 2 hours, once"),
        _l("You meet people, and you learn something for you."),
        _l("See the dates"),
        "events.index",
    ),
    Card(
        "read",
        "book",
        _l("Read a text before the others"),
        _l("You tell us whether a paper or a page is easy to understand."),
        _l("1 hour, from home if you like"),
        _l("Your neighbours understand better, thanks to you."),
        _l("This interests me"),
    ),
    Card(
        "group",
        "users",
        _l("Join a group"),
        _l("With other patients and the team, you work on one subject and decide together."),
        _l("2 hours a month, for a time you choose"),
        _l("You are heard, and somebody goes with you."),
        _l("See the groups"),
        "space.index",
    ),
    Card(
        "partner",
        "helper",
        _l("Become a partner patient"),
        _l("What you have lived through helps other patients, and the team."),
        _l("A few hours a month, after a training"),
        _l("You learn, and you get a certificate of what you did."),
        _l("See what we are looking for"),
        "calls.index",
    ),
)
ACTS = {card.act: card.title for card in CARDS}
ICONS = {card.act: card.icon for card in CARDS}
