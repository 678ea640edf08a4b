"""What other features bring to the doors: pages of authors, offers of the tablet, drafts to wipe."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Offer(NamedTuple):
    """Something to do on the tablet of the waiting room, beside writing an idea."""

    title: str
    words: str
    go: str
    url: str
    icon: str


_endpoints: dict[str, str] = {}
_offers: dict[str, Callable[[], Offer | None]] = {}
_opened: dict[str, tuple[str, ...]] = {}
_drafts: dict[str, str] = {"draft": "idea"}


def shows(kind: str, endpoint: str) -> None:
    """A feature says which of its pages an author sees; that page reads `session["follow"]`."""
    _endpoints[kind] = endpoint


def endpoint(kind: str) -> str:
    """Raises KeyError for a kind nobody shows."""
    return _endpoints[kind]


def offers_on_a_kiosk(offer: Callable[[], Offer | None], *, opens: tuple[str, ...]) -> None:
    """A feature offers something on tablets, which may then open endpoints that begin like these."""
    _offers[offer.__module__], _opened[offer.__module__] = offer, opens


def kiosk_offers() -> list[Offer]:
    """What there is to do now."""
    return [offer for make in _offers.values() if (offer := make()) is not None]


def opens_on_a_kiosk(name: str) -> bool:
    """Whether a feature lets tablets open this endpoint."""
    return any(name.startswith(opens) for opens in _opened.values())


def keeps_a_draft(place: str, kind: str) -> None:
    """A feature says where in the session the key of a draft of this kind stands."""
    _drafts[place] = kind


def drafts() -> list[tuple[str, str]]:
    """Where in a session drafts are, and of which kind."""
    return list(_drafts.items())
