"""What goes with a mail: made in the moment it leaves, by the feature that wrote it, and never stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from engage.outbox.models import Message


class Attachment(NamedTuple):
    """A file; `media_type` as in `text/calendar`."""

    name: str
    media_type: str
    content: bytes


Make = Callable[[Message], Attachment | None]
_makers: dict[str, Make] = {}


def with_mails_about(kind: str, make: Make) -> None:
    """Let a feature give a file to each mail about a thing of this kind."""
    _makers[kind] = make


def attachment(message: Message) -> Attachment | None:
    make = _makers.get(message.about_kind)
    return make(message) if make else None
