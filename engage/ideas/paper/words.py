"""Why a slip of paper is put aside, in words."""

from __future__ import annotations

from enum import StrEnum

from engage.core.i18n import lazy_gettext as _l


class Reason(StrEnum):
    """The reasons that come back; any other is written out."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    DOUBLE = "double"
    HANDED_ON = "handed_on"
    OTHER = "other"


REASONS = {
    Reason.EMPTY: _l("Nothing is written on it"),
    Reason.UNREADABLE: _l("It cannot be read"),
    Reason.DOUBLE: _l("The same slip is there twice"),
    Reason.HANDED_ON: _l("It is a message for somebody, handed on"),
    Reason.OTHER: _l("Another reason"),
}


def reason(kept: str) -> str:
    """The reason of a slip that was put aside, as people read it."""
    return str(REASONS[Reason(kept)]) if kept in set(Reason) else kept
