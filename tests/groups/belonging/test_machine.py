"""Memberships under everything that may happen to them, as hypothesis thinks of it."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.groups.belonging.machine import Belonging

DEEP = bool(os.environ.get("ENGAGE_TEST_DEEP"))


def test_any_history_leaves_one_membership_at_most_and_replays(session: None, engine_name: str) -> None:
    few = 24 if engine_name == "sqlite" else 8
    run_state_machine_as_test(
        Belonging,
        settings=settings(
            max_examples=300 if DEEP else few,
            stateful_step_count=60 if DEEP else 40,
            deadline=None,
            derandomize=not DEEP,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
