"""Recorded words: a short sound that every browser can play, sent by the team alone."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import NamedTuple

from tinytag import TinyTag, TinyTagException

from engage.core.i18n import gettext as _

ACCEPT = "audio/mpeg,audio/mp4,audio/ogg,audio/wav,.mp3,.m4a,.ogg,.wav"
HEAD_BYTES = 12
# What Python's own readers raise below TinyTag on files that lie or stop in the middle.
BROKEN = (
    TinyTagException,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    ArithmeticError,
)


class Limits(NamedTuple):
    """How heavy and how long a sound may be."""

    bytes: int
    seconds: int


SHORT = Limits(3_000_000, 180)  # a question
LONG = Limits(8_000_000, 900)  # a page


class NotASound(ValueError):
    """The file cannot be kept; says why in one plain sentence."""


@dataclass(frozen=True)
class CheckedSound:
    """A sound as it came, of a kind and a length that we know."""

    data: bytes
    media_type: str
    width: int = 0
    height: int = 0


def check(data: bytes, limits: Limits = SHORT) -> CheckedSound:
    """Raises NotASound for what is no sound, too heavy or too long."""
    if not data:
        raise NotASound(_("This file is empty. Please choose your recording again."))
    if len(data) > limits.bytes:
        limit = limits.bytes // 1_000_000
        raise NotASound(_("This recording is too heavy. It may weigh %(limit)s MB at most.", limit=limit))
    media_type = _media_type(data[:HEAD_BYTES])
    if media_type is None:
        raise NotASound(_("This file is not a sound that phones can play. We take MP3, M4A, OGG and WAV."))
    seconds = _seconds(data)
    if seconds > limits.seconds:
        raise NotASound(
            _("This recording is too long: %(limit)s minutes at most.", limit=limits.seconds // 60)
        )
    return CheckedSound(data, media_type)


def _media_type(head: bytes) -> str | None:
    """By the first bytes, whatever the name of the file says."""
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0
    return "audio/mpeg" if head.startswith(b"ID3") or is_frame else None


def _seconds(data: bytes) -> float:
    try:
        found = TinyTag.get(file_obj=io.BytesIO(data)).duration
    except BROKEN as fault:
        raise NotASound(_("This recording is damaged or incomplete. Please choose it again.")) from fault
    if not found:
        raise NotASound(_("This recording is damaged or incomplete. Please choose it again."))
    return found
