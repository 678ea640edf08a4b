"""The worker runs the jobs of every feature, outlives those that fail, and rests in the changing hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import structlog
from apscheduler.triggers.cron import CronTrigger
from flask import Flask, current_app
from structlog.testing import capture_logs

from engage import worker
from engage.core.db import db
from engage.core.jobs import Job
from engage.outbox.models import Message

PARIS = ZoneInfo("Europe/Paris")
UTC = ZoneInfo("UTC")


def test_every_feature_has_its_jobs_under_a_name_of_their_own(app: Flask) -> None:
    names = [job.name for job in worker.jobs()]
    assert {"send mail", "forget old mail", "sweep files", "forget rate counters"} <= set(names)
    assert len(names) == len(set(names))


def test_no_job_falls_in_the_hour_that_changes(app: Flask) -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    for job in worker.jobs():
        moment = begun
        while job.cron and moment < begun + timedelta(days=366):
            found = CronTrigger(timezone=UTC, **job.cron).get_next_fire_time(None, moment)
            assert found.astimezone(PARIS).hour != 2, f"{job.name} at {found.astimezone(PARIS)}"
            moment = found + timedelta(seconds=1)


def test_clock_knows_every_job(app: Flask) -> None:
    clock = worker.scheduler(app, worker.jobs())
    assert {job.id for job in clock.get_jobs()} == {job.name for job in worker.jobs()}


def test_job_runs_in_a_context_and_a_fault_is_only_its_own(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "log", structlog.get_logger())  # one that no other test has used and kept
    seen: list[str] = []

    def works() -> None:
        seen.append(current_app.name)

    def breaks() -> None:
        db.session.add(Message())
        raise RuntimeError("a fault")

    with capture_logs() as said:
        for run in (breaks, works):
            worker.run_job(app, Job("a job", run, every_seconds=1))
    assert seen == ["engage"]
    assert [line["event"] for line in said] == ["job_failed"]
    with app.app_context():
        assert db.session.query(Message).count() == 0


@pytest.mark.parametrize("timing", [{}, {"every_seconds": 1, "cron": {"hour": 4}}])
def test_job_has_one_timing(timing: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="either"):
        Job("a job", print, **timing)  # type: ignore[arg-type]
