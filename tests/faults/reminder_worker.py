"""A worker as a process of its own, which begins at some moment and writes reminders slowly.

`python -m tests.faults.reminder_worker FOLDER SMTP_PORT MOMENT [DATABASE_URL]`
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import time_machine

from engage.app import create_app
from engage.core.config import Settings
from engage.events.reminding import commands, telling
from engage.events.reminding.models import DeliveryKind
from engage.events.reminding.ways import Way
from engage.events.signing.models import SignUp
from engage.outbox.models import Message
from engage.worker import run_worker

BATCH = 5
tell = telling.tell


def slowly(sign_up: SignUp, kind: DeliveryKind, way: Way) -> Message | None:
    time.sleep(0.1)
    return tell(sign_up, kind, way)


def main(folder: str, port: str, moment: str, url: str | None = None) -> None:
    commands.BATCH, telling.tell = BATCH, slowly
    settings = Settings(data=Path(folder), database_url=url, smtp_host="127.0.0.1", smtp_port=int(port))
    with time_machine.travel(moment, tick=True):
        run_worker(create_app(settings))


if __name__ == "__main__":
    main(*sys.argv[1:])
