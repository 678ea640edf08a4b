"""The worker: runs what the clock asks of every feature, holding no state of its own."""

from __future__ import annotations

import logging
import signal
from datetime import UTC
from types import FrameType

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

from engage.app import feature_modules
from engage.core import limits
from engage.core.clock import now
from engage.core.jobs import Job, stopping

log = structlog.get_logger()

HEARTBEAT_SECONDS = 600
THREADS = 4
HOUSE_JOBS = [Job("forget rate counters", limits.forget_expired, every_seconds=3600)]


def jobs() -> list[Job]:
    """Those of the house and of every feature."""
    asked = [job for module in feature_modules("commands") for job in getattr(module, "JOBS", [])]
    return HOUSE_JOBS + asked


def run_job(app: Flask, job: Job) -> None:
    """Run it in a context of its own; a job that fails is logged and tried again at its next time."""
    with app.app_context():
        try:
            job.run()
        except Exception:
            log.exception("job_failed", job=job.name)


def scheduler(app: Flask, asked: list[Job]) -> BackgroundScheduler:
    """One run of a job at a time; a run missed while the machine slept is caught up once."""
    made = BackgroundScheduler(
        timezone=UTC,
        executors={"default": {"type": "threadpool", "max_workers": THREADS}},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in asked:
        timing = {"trigger": CronTrigger(timezone=UTC, **job.cron)} if job.cron else _at_once_and_every(job)
        made.add_job(run_job, args=(app, job), id=job.name, **timing)
    return made


def _at_once_and_every(job: Job) -> dict[str, object]:
    return {"trigger": IntervalTrigger(seconds=job.every_seconds, timezone=UTC), "next_run_time": now()}


def _stop(_signal: int, _frame: FrameType | None) -> None:
    stopping.set()


def run_worker(app: Flask) -> None:
    """Run until SIGTERM or SIGINT; then finish what is being done (one mail, not all) and return."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    for asked_to_stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked_to_stop, _stop)
    clock = scheduler(app, jobs())
    clock.start()
    log.info("worker_started", jobs=len(clock.get_jobs()))
    while not stopping.wait(HEARTBEAT_SECONDS):
        log.info("worker_alive")
    clock.shutdown(wait=True)
    log.info("worker_stopped")
