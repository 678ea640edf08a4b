"""A worker as a process of its own: `python -m tests.outbox.runner FOLDER SMTP_PORT [DATABASE_URL]`."""

from __future__ import annotations

import sys
from pathlib import Path

from engage.app import create_app
from engage.core.config import Settings
from engage.worker import run_worker


def main(folder: str, port: str, url: str | None = None) -> None:
    settings = Settings(
        data=Path(folder), database_url=url, testing=True, smtp_host="127.0.0.1", smtp_port=int(port)
    )
    run_worker(create_app(settings))


if __name__ == "__main__":
    main(*sys.argv[1:])
