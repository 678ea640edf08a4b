"""One line of the day, and what its words need."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from engage.core.i18n import gettext as _


@dataclass(frozen=True)
class Todo:
    """One line of the day: what, why now, and the one way to do it."""

    title: str
    text: str
    icon: str
    go: str
    endpoint: str
    code: str | None = None
    urgent: bool = False


def has(endpoint: str) -> bool:
    """A feature may be taken out of the site: nothing leads to it then."""
    return endpoint in current_app.view_functions


def quoted(title: str) -> str:
    return _("“%(title)s”", title=title)
