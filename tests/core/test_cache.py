"""What is kept for some seconds is made once, also when many ask for it in the same moment."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from engage.core import cache

PEOPLE = 4


@pytest.fixture
def engine_name() -> str:
    """No database is asked."""
    return "sqlite"


def ask(app: Flask, seconds: float) -> tuple[list[str], int]:
    """What people who come at once are given by a maker that needs `seconds`, and how often it was asked."""
    app.testing = False
    made: list[int] = []
    together = threading.Barrier(PEOPLE)

    def make() -> str:
        made.append(1)
        time.sleep(seconds)
        return "a page"

    def come(_person: int) -> str:
        with app.app_context():
            together.wait()
            return cache.remember("page", make)

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(come, range(PEOPLE))), len(made)


def test_who_comes_while_it_is_made_gets_the_same(app: Flask) -> None:
    assert ask(app, 0.02) == (["a page"] * PEOPLE, 1)


def test_nobody_waits_long_for_somebody_else(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "PATIENCE_SECONDS", 0.02)
    given, times = ask(app, 0.5)
    assert given == ["a page"] * PEOPLE
    assert times == PEOPLE


def test_a_maker_that_fails_leaves_the_way_free(app: Flask) -> None:
    app.testing = False
    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            cache.remember("page", lambda: 1 / 0)
        assert cache.remember("page", lambda: "a page") == "a page"
        assert app.extensions["engage_cache_makers"] == {}


def test_what_is_over_makes_room_for_what_is_new(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST", 4)
    app.testing = False
    with app.app_context():
        for key in ("goes", "gone"):
            cache.remember(key, lambda: 1, seconds=-1)
        for key in ("stays", "other", "new"):
            cache.remember(key, lambda: 1, seconds=60)
        assert list(app.extensions["engage_cache"]) == ["stays", "other", "new"]


def test_a_robot_that_reads_everything_only_drives_out_what_is_old(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST", 8)
    app.testing = False
    with app.app_context():
        for number in range(40):
            cache.remember(("page", number), lambda: 1, seconds=60)
            held = list(app.extensions["engage_cache"])
            assert len(held) <= 8
            assert set(held) >= {("page", old) for old in range(max(0, number - 5), number + 1)}
