"""What the server writes about itself: one line an event, for a person or for a machine.

A request is logged by its endpoint, never by its address, its sender or its words.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Any

import structlog
from flask import Flask, Response, g, request, request_finished, request_started


def configure(level: str = "info", *, as_json: bool | None = None) -> None:
    """JSON unless a person is watching (`as_json` None: ask the terminal)."""
    machine = not sys.stderr.isatty() if as_json is None else as_json
    shown: list[Any] = [structlog.processors.JSONRenderer(ensure_ascii=False)]
    if not machine:
        # Plain: other ways to show a fault print what its variables hold, words of people among them.
        shown = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([structlog.processors.format_exc_info] if machine else []),
            *shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def _start(_app: Flask, **_kwargs: object) -> None:
    g.started = time.perf_counter()


def _note(_app: Flask, response: Response, **_kwargs: object) -> None:
    """Written by hand: the machinery of the other events costs as much as a tenth of a page."""
    page = json.dumps(request.endpoint)
    spent = (time.perf_counter() - g.started) * 1000
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    sys.stderr.write(
        f'{{"event": "request", "method": "{request.method}", "page": {page},'
        f' "status": {response.status_code}, "ms": {spent:.1f}, "level": "info", "timestamp": "{at}"}}\n'
    )


def watch(app: Flask) -> None:
    """Log every request of `app`."""
    request_started.connect(_start, app)
    request_finished.connect(_note, app)
