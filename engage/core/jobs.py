"""What the clock does: jobs that features name in `JOBS` of their commands.py, and how the worker stops."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

stopping = threading.Event()
"""Set when the worker was asked to end: a job with several things to do ends after the one it is at."""


@dataclass(frozen=True)
class Job:
    """Runs `run` in an application context, every so many seconds or at times of `cron`.

    `cron` holds fields of APScheduler's CronTrigger in UTC, such as {"hour": 5, "minute": 30}. It never falls
    between 02:00 and 03:00 on the centre's clock, an hour that some nights lack and others have twice.
    """

    name: str
    run: Callable[[], object]
    every_seconds: int = 0
    cron: Mapping[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if bool(self.every_seconds) == bool(self.cron):
            raise ValueError(f"the job {self.name!r} runs either every so many seconds or by cron")
