"""The way a mail leaves: through the mail server of the settings, or into a folder in the demo."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from enum import Enum, auto
from pathlib import Path
from typing import Protocol, Self, TypeVar

from engage.core.config import Settings
from engage.outbox.attached import Attachment
from engage.outbox.models import Message

STEP_SECONDS = 20
ANSWER_SECONDS = 120
LONGEST_SECONDS = 9 * STEP_SECONDS + ANSWER_SECONDS
IMPLICIT_TLS_PORT = 465
SAID_LENGTH = 300
WHOLE_HEADERS = SMTP.clone(max_line_length=900)  # a folded or encoded address is lost on many programs
FIGURES = len("550 5.1.1")


class Fate(Enum):
    """What became of a mail or an SMS.

    NOBODY: no server could be talked to. UNKNOWN: the line broke before it said whether it took the mail.
    """

    SENT = auto()
    LATER = auto()
    NOBODY = auto()
    REFUSED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Outcome:
    """`said` is the answer of the mail server or gateway, or the fault met on the way to it."""

    fate: Fate
    said: str = ""

    @property
    def loggable(self) -> str:
        """Servers repeat the reader's address in their words: of those only the figures are for the log."""
        return self.said if self.fate in {Fate.NOBODY, Fate.UNKNOWN} else self.said[:FIGURES]


@dataclass(frozen=True)
class Letter:
    """A mail ready to leave, with nothing left to ask the database. `name` names its file in the demo."""

    name: str
    sender: str
    to: str
    content: bytes


class CannotWrite(ValueError):
    """No mail can be written to this address."""


def letter(
    message: Message, settings: Settings, *, stop_link: str, attached: Attachment | None = None
) -> Letter:
    """Raises CannotWrite when the address is none."""
    mail = EmailMessage(policy=SMTP)
    try:
        local, _at, domain = (message.address or "").rpartition("@")
        to = Address(addr_spec=f"{local}@{domain.encode('idna').decode()}")
        to.addr_spec.encode("ascii")
        mail["To"] = to
    except (ValueError, IndexError, MessageError) as fault:
        raise CannotWrite("not an address") from fault
    mail["From"] = settings.mail_from
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    if message.stop_token_digest:
        mail["List-Unsubscribe"] = f"<{stop_link}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    _fill(mail, message.body, attached)
    name = message.message_id.strip("<>").partition("@")[0]
    sender = parseaddr(settings.mail_from)[1]
    return Letter(name, sender, to.addr_spec, mail.as_bytes(policy=WHOLE_HEADERS))


def _fill(mail: EmailMessage, words: str, attached: Attachment | None) -> None:
    mail.set_content(words, charset="utf-8", cte="quoted-printable")
    if attached:
        maintype, _slash, subtype = attached.media_type.partition("/")
        utf8 = {"charset": "utf-8"}  # else text is read as ASCII
        mail.add_attachment(attached.content, maintype, subtype, filename=attached.name, params=utf8)


Taken_contra = TypeVar("Taken_contra", contravariant=True)


class Post(Protocol[Taken_contra]):
    """Whoever takes letters, of paper or of a phone."""

    def deliver(self, letter: Taken_contra, /) -> Outcome: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_fault: object) -> None: ...


class Folder:
    """The demo's post: each letter becomes a file that a mail program opens."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        self.path.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_fault: object) -> None:
        """Nothing is open."""

    def deliver(self, letter: Letter) -> Outcome:
        fresh = self.path / f"{letter.name}.part"
        fresh.write_bytes(letter.content)
        fresh.replace(self.path / f"{letter.name}.eml")
        return Outcome(Fate.SENT)


class Smtp:
    """A mail server, asked for the first letter and kept for the next ones."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._leave()

    def deliver(self, letter: Letter) -> Outcome:
        try:
            server = self.server = self.server or self.reach()
            if said := self._offer(server, letter):
                return said
        except OSError as fault:  # smtplib's own faults are among them
            self._leave()
            return Outcome(Fate.NOBODY, _short(fault))
        try:
            server.sock.settimeout(ANSWER_SECONDS)  # type: ignore[union-attr]
            said = _judged(*server.data(letter.content))
            server.sock.settimeout(STEP_SECONDS)  # type: ignore[union-attr]
        except smtplib.SMTPDataError as refusal:
            said = _judged(refusal.smtp_code, refusal.smtp_error)
        except OSError as fault:
            self._leave()
            return Outcome(Fate.UNKNOWN, _short(fault))
        return said

    def reach(self) -> smtplib.SMTP:
        """A server that greets us, over TLS and signed in where the settings say so. Raises OSError."""
        found = self.settings
        if found.smtp_tls and found.smtp_port == IMPLICIT_TLS_PORT:
            safe = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                found.smtp_host, found.smtp_port, timeout=STEP_SECONDS, context=safe
            )
        else:
            server = smtplib.SMTP(found.smtp_host, found.smtp_port, timeout=STEP_SECONDS)
        try:
            self._introduce(server)
        except OSError:
            server.close()
            raise
        return server

    def _introduce(self, server: smtplib.SMTP) -> None:
        found = self.settings
        if found.smtp_tls and found.smtp_port != IMPLICIT_TLS_PORT:
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if found.smtp_user:
            server.login(found.smtp_user, found.smtp_password.get_secret_value())

    @staticmethod
    def _offer(server: smtplib.SMTP, letter: Letter) -> Outcome | None:
        """None when the server takes mail for this address; our own faults are never the reader's."""
        code, words = server.mail(letter.sender)
        if code // 100 == 2:
            code, words = server.rcpt(letter.to)
            if code // 100 == 2:
                return None
            said = _judged(code, words)
        else:
            said = Outcome(Fate.LATER, _words(code, words))
        server.rset()
        return said

    def _leave(self) -> None:
        server, self.server = self.server, None
        if server is None:
            return
        try:
            server.quit()
        except OSError:
            server.close()


def _judged(code: int, words: bytes | str) -> Outcome:
    """RFC 5321, 4.2.1: 2xx done, 4xx not now, 5xx not at all."""
    fate = {2: Fate.SENT, 5: Fate.REFUSED}.get(code // 100, Fate.LATER)
    return Outcome(fate, _words(code, words))


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {text}"[:SAID_LENGTH]


def _short(fault: OSError) -> str:
    return f"{type(fault).__name__}: {fault}"[:SAID_LENGTH]


def chosen(settings: Settings) -> Post[Letter] | None:
    """The post of these settings; None when mail has no way out, so that it waits."""
    if settings.smtp_host:
        return Smtp(settings)
    return Folder(settings.data / "mail") if settings.demo else None


def problem(settings: Settings) -> str:
    """Why mail would not leave now, in one line; empty when the server answers (and takes our name)."""
    if not settings.smtp_host:
        return "" if settings.demo else "no server is set (ENGAGE_SMTP_HOST): mail waits"
    try:
        Smtp(settings).reach().quit()
    except OSError as fault:
        return f"{settings.smtp_host}:{settings.smtp_port} does not take mail: {_short(fault)}"
    return ""
