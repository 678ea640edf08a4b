"""What every page needs and hardly ever changes, kept for a few seconds in each process."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from flask import Flask, current_app, g

Value = TypeVar("Value")
MOST = 300  # among them whole pages of 40 kB, in each process
PATIENCE_SECONDS = 0.1


def _store() -> dict[Hashable, tuple[float, Any]]:
    store: dict[Hashable, tuple[float, Any]] = current_app.extensions["engage_cache"]
    return store


def remember(key: Hashable, make: Callable[[], Value], *, seconds: float = 5) -> Value:
    """`make()`, at most once in `seconds` for this key in this process; tests remember for one request."""
    if current_app.testing:
        return _this_request(key, make)
    held = _held(key)
    return held[0] if held else _made(key, make, seconds)


def _held(key: Hashable) -> tuple[Any] | None:
    until, value = _store().get(key, (0.0, None))
    return (value,) if monotonic() < until else None


def _made(key: Hashable, make: Callable[[], Value], seconds: float) -> Value:
    """Who comes while somebody makes it waits for that, but not long: they may hold what the maker needs."""
    makers: dict[Hashable, Lock] = current_app.extensions["engage_cache_makers"]
    maker = makers.setdefault(key, Lock())
    is_alone = maker.acquire(timeout=PATIENCE_SECONDS)
    try:
        if held := _held(key):
            return held[0]  # type: ignore[no-any-return]
        made, store = make(), _store()
        if len(store) >= MOST:
            _make_room(store)
        store.pop(key, None)  # the newest stands last
        store[key] = (monotonic() + seconds, made)
        return made
    finally:
        makers.pop(key, None)
        if is_alone:
            maker.release()


def _make_room(store: dict[Hashable, tuple[float, Any]]) -> None:
    """What is over goes; where that is little, the older part of the rest too: a robot that reads every page
    does not take from everybody what each page needs, which is made anew every few seconds."""
    present = monotonic()
    for key, (until, _value) in list(store.items()):
        if until <= present:
            store.pop(key, None)
    for key in list(store)[: max(0, len(store) - MOST * 3 // 4)]:
        store.pop(key, None)


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
    app.extensions["engage_cache_makers"] = {}
