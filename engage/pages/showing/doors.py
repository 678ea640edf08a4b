"""The ways of /comprendre that are no pages: whom to call, the words, the directory."""

from __future__ import annotations

from typing import NamedTuple

from engage.core.i18n import gettext as _


class Door(NamedTuple):
    endpoint: str
    title: str
    words: str
    go: str
    icon: str


def doors() -> list[Door]:
    """Whom to call comes first."""
    return [
        Door(
            "guide.index",
            _("Whom to call?"),
            _("Three questions at most, then a number or a place."),
            _("Find whom to call"),
            "phone",
        ),
        Door(
            "glossary.index",
            _("Words explained"),
            _("DAC, ALD, MSP: what the words of health mean."),
            _("See the words"),
            "book",
        ),
        Door(
            "directory.index",
            _("The directory"),
            _("People and services around you, and how to reach them."),
            _("Open the directory"),
            "directory",
        ),
    ]
