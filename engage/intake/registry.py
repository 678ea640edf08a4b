"""Which page shows each kind of thing that a follow-up code opens."""

from __future__ import annotations

_endpoints: dict[str, str] = {}


def shows(kind: str, endpoint: str) -> None:
    """A feature says which of its pages an author sees; that page reads `session["follow"]`."""
    _endpoints[kind] = endpoint


def endpoint(kind: str) -> str:
    """Raises KeyError for a kind nobody shows."""
    return _endpoints[kind]
