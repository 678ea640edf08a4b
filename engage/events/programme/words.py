"""How a programme is said: hours, kinds of slots, who speaks."""

from __future__ import annotations

from datetime import time

from engage.core.i18n import gettext as _
from engage.core.i18n import language, ngettext
from engage.core.i18n import lazy_gettext as _l
from engage.core.words import fold
from engage.events.programme.document import Timed, Voice
from engage.events.programme.models import SlotKind

KINDS = {
    SlotKind.WELCOME: _l("People arrive"),
    SlotKind.OPENING: _l("Opening"),
    SlotKind.TALK: _l("Talk"),
    SlotKind.ROUND_TABLE: _l("Round table"),
    SlotKind.WORKSHOP: _l("Workshop"),
    SlotKind.BREAK: _l("Break"),
    SlotKind.LUNCH: _l("Lunch"),
    SlotKind.PRIZE: _l("Prize"),
    SlotKind.CLOSING: _l("Closing words"),
    SlotKind.OTHER: _l("Something else"),
}
PAUSES = (SlotKind.BREAK, SlotKind.LUNCH)


def clock(value: time) -> str:
    """`9 h 30`, never broken over two lines."""
    if language() != "fr":
        return f"{value:%H:%M}"
    return f"{value.hour}\u00a0h\u00a0{value:%M}" if value.minute else f"{value.hour}\u00a0h"


def hours(slot: Timed) -> str:
    """`de 9 h 30 à 10 h 50`"""
    return _("from %(start)s to %(end)s", start=clock(slot.starts), end=clock(slot.ends))


def kind(slot: Timed) -> str:
    """`Table ronde 2`; nothing where it says no more than its title."""
    if slot.kind is SlotKind.OTHER or slot.title is None:
        return ""
    name = str(KINDS[slot.kind])
    if slot.number:
        return f"{name} {slot.number}"
    return "" if fold(name) in fold(slot.title) else name


def label(slot: Timed) -> str:
    """What a slot is called: a break has no other title than that."""
    return slot.title or str(KINDS[slot.kind])


def about(voice: Voice) -> str:
    """What stands behind the name of somebody who speaks."""
    away = _("from afar") if voice.is_remote else ""
    return ", ".join(part for part in (voice.role, voice.organisation, away) if part)


def said(voice: Voice) -> str:
    """`Marie Casier, assistante sociale, à distance`"""
    return ", ".join(part for part in (voice.name, about(voice)) if part)


def places(slot: Timed) -> tuple[str, str]:
    """The kind of tag (of ui/status.html) and the word that say whether one can still choose it."""
    if slot.free is None:
        return "done", _("Sign up for it")
    if slot.free < 1:
        return "wait", _("This slot is full")
    return "done", ngettext("%(num)s place left", "%(num)s places left", slot.free)
