"""A mail server on this machine that keeps what it gets, or refuses, stalls and breaks as a test asks."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Desk:
    """Answers to mail. `says` gives another answer to a command (MAIL, RCPT, DATA) than 250."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.readers: list[str] = []
        self.raw: list[bytes] = []
        self.says: dict[str, str] = {}
        self.only_for: str = ""
        self.breaks_after_data = False
        self.slowly = 0.0
        self.taking = threading.Event()

    def _answer(self, command: str, reader: str = "") -> str:
        return self.says.get(command, "250 OK") if self.only_for in reader else "250 OK"

    async def handle_MAIL(self, _s: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        answer = self._answer("MAIL")
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, _s: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        answer = self._answer("RCPT", address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.taking.set()
        if self.slowly:
            await asyncio.sleep(self.slowly)
        answer = self._answer("DATA", envelope.rcpt_tos[0])
        if answer.startswith("250"):
            self.raw.append(envelope.content)
            self.got.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
            self.readers.extend(envelope.rcpt_tos)
        if self.breaks_after_data:
            cast("asyncio.Transport", server.transport).abort()
        return answer

    @property
    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.got]


class MailServer(Controller):
    """Listens on a free port of this machine."""

    def __init__(self, desk: Desk, **options: Any) -> None:
        super().__init__(desk, hostname="127.0.0.1", port=free_port(), **options)
        self.desk = desk


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def listening(**options: Any) -> Iterator[MailServer]:
    server = MailServer(Desk(), **options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
