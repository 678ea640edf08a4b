"""What the server writes about itself: one line an event, for a person or for a machine."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog


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
