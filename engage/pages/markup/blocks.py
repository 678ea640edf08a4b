"""The blocks of our Markdown, and how a line of it is told from another."""

from __future__ import annotations

import re
from enum import StrEnum

from engage.core.i18n import LANGUAGES, speaking
from engage.core.i18n import gettext as _
from engage.core.words import fold


class Block(StrEnum):
    """Named as writers write them, without accents."""

    MESSAGE = "message"
    STEPS = "etapes"
    DO = "faire"
    AVOID = "eviter"
    CALL = "appeler"
    WARNING = "attention"
    WORD = "mot"
    PICTURE = "image"


ICONS = {
    Block.MESSAGE: "message",
    Block.STEPS: "list",
    Block.DO: "done",
    Block.AVOID: "close",
    Block.CALL: "phone",
    Block.WARNING: "alert",
    Block.WORD: "book",
}
FENCE = re.compile(r"\s{0,3}:{3,}\s*(?P<name>[^\W\d_]*)[^\S\n]*(?P<words>[^\n]*)")
HEADING = re.compile(r"\s{0,3}(?P<level>#{1,6})\s+(?:\{(?P<icon>[\w-]+)\}\s*)?(?P<words>.*)$")
PICTURED = re.compile(r"\s*\{(?P<icon>[\w-]+)\}\s*(?P<words>.*)$")
ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s+(?P<words>.*)$")
FIELD = re.compile(r"\s*[-*+•]\s+(?P<field>t[ée]l[ée]phone|bouton|date)\s*:\s*(?P<words>\S.*)$", re.I)
LINK = re.compile(r"(?P<picture>!?)\[(?P<words>[^\[\]\n]*)\]\((?P<address>[^)\n]{0,500})\)")
PHONE = re.compile(r"\+?\d(?:[\d\s.\u00a0\u202f-]*\d)?")
ADDRESS = re.compile(
    r"https?://[^\s/][^\s]*|mailto:[^\s@]+@[^\s@]+|(?:tel|sms):\+?\d[\d.-]*|/(?![/\\])[^\s]*", re.I
)
IMAGE = re.compile(r"image:(?P<name>[\w.-]+)")


def block(name: str) -> Block | None:
    """The block that a writer names, with or without its accents; None when there is none of that name."""
    folded = fold(name)
    return Block(folded) if folded in set(Block) else None


def titles(code: str) -> dict[Block, str]:
    """What stands above a block without words of its own; nothing in a language that we do not speak."""
    if code not in LANGUAGES:
        return {}
    with speaking(code):
        return {
            Block.MESSAGE: _("To remember"),
            Block.STEPS: _("Step by step"),
            Block.DO: _("Do"),
            Block.AVOID: _("Avoid"),
            Block.CALL: _("What you can do"),
            Block.WARNING: _("Careful"),
        }


def field_name(name: str) -> str:
    """`phone`, `button` or `date`"""
    return {"telephone": "phone", "bouton": "button"}.get(fold(name), "date")
