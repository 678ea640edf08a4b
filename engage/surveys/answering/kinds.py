"""The kinds of things a wave is made of."""

from __future__ import annotations

from enum import StrEnum


class Anonymity(StrEnum):
    """Strict: nobody can link an answer to a person. Confidential: few could, and none will."""

    STRICT = "strict"
    CONFIDENTIAL = "confidential"


class ChannelKind(StrEnum):
    LINK = "link"
    POSTER = "poster"
    SLIPS = "slips"
    KIOSK = "kiosk"
    PAPER = "paper"
    PHONE = "phone"
    EVENT = "event"
    IDEA = "idea"


class Answered(StrEnum):
    """What became of a question; only what was answered ever stands in a denominator."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    NOT_SHOWN = "not_shown"
    NOT_APPLICABLE = "not_applicable"
    ILLEGIBLE = "illegible"
