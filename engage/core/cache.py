"""What every page needs and hardly ever changes, kept for a few seconds in each process."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, TypeVar

from flask import Flask, current_app, g

Value = TypeVar("Value")
MOST = 1000


def _store() -> dict[Hashable, tuple[float, Any]]:
    store: dict[Hashable, tuple[float, Any]] = current_app.extensions["engage_cache"]
    return store


def remember(key: Hashable, make: Callable[[], Value], *, seconds: float = 5) -> Value:
    """`make()`, at most once in `seconds` for this key in this process; tests remember for one request."""
    if current_app.testing:
        return _this_request(key, make)
    store = _store()
    until, value = store.get(key, (0.0, None))
    if monotonic() < until:
        return value  # type: ignore[no-any-return]
    made = make()
    if len(store) >= MOST:
        store.clear()
    store[key] = (monotonic() + seconds, made)
    return made


def _this_request(key: Hashable, make: Callable[[], Value]) -> Value:
    held: dict[Hashable, Value] = g.setdefault("remembered", {})
    if key not in held:
        held[key] = make()
    return held[key]


def forget() -> None:
    """Drop everything remembered in this process: settings have changed."""
    _store().clear()
    g.pop("remembered", None)


def init_app(app: Flask) -> None:
    app.extensions["engage_cache"] = {}
