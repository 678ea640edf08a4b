"""The waiting list under everything that may happen to it, as hypothesis thinks of it."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.events.signing.machine import WaitingList

DEEP = bool(os.environ.get("ENGAGE_TEST_DEEP"))


def test_the_waiting_list_keeps_its_promises(session: None, engine_name: str) -> None:
    few = 14 if engine_name == "sqlite" else 6
    run_state_machine_as_test(
        WaitingList,
        settings=settings(
            max_examples=300 if DEEP else few,
            stateful_step_count=50 if DEEP else 25,
            deadline=None,
            derandomize=not DEEP,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
