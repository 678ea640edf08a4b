"""The way an SMS leaves: through a program of the centre's own, or into a folder in the demo."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from flask import current_app

from engage.core.config import Settings
from engage.outbox.models import Message
from engage.outbox.post import SAID_LENGTH, CannotWrite, Fate, Outcome

ANSWER_SECONDS = 30
REFUSED = 65  # EX_DATAERR of sysexits.h
ABROAD = "+"
FRENCH = "+33"
FRENCH_MOBILES = ("+336", "+337")
FEWEST_DIGITS, MOST_DIGITS = 8, 15  # ITU-T E.164


class NumberRefused(Exception):
    """The gateway will never take a message for this number."""


class NotNow(Exception):
    """The gateway did not take the message; it may later."""


class NoGateway(Exception):
    """There is nobody to give a message to."""


class Unanswered(Exception):
    """The gateway has the message and never said what became of it."""


class Gateway(Protocol):
    """Whoever sends SMS. Raises one of the four faults above; otherwise the message has left."""

    def send(self, number: str, text: str) -> None: ...


class Command:
    """A program: the number is its last argument, the text stands on its standard input, in UTF-8."""

    def __init__(self, line: str) -> None:
        self.words = shlex.split(line)

    def send(self, number: str, text: str) -> None:
        try:
            done = subprocess.run(  # noqa: S603 (the program of the operator, never through a shell)
                [*self.words, number], input=text.encode(), capture_output=True, check=False,
                timeout=ANSWER_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired as fault:
            raise Unanswered(f"no answer within {ANSWER_SECONDS} s") from fault
        except OSError as fault:
            raise NoGateway(f"{type(fault).__name__}: {fault}"[:SAID_LENGTH]) from fault
        if done.returncode < 0:
            raise Unanswered(f"ended by signal {-done.returncode}")
        if done.returncode:
            said = f"exit {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()}"[:SAID_LENGTH]
            raise NumberRefused(said) if done.returncode == REFUSED else NotNow(said)


class Folder:
    """The demo's gateway: each message becomes a file to read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, number: str, text: str) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / f"{number}.txt").open("a", encoding="utf-8") as file:
            file.write(f"{text}\n\n")


@dataclass(frozen=True)
class Text:
    """An SMS ready to leave, with nothing left to ask the database."""

    number: str
    words: str


FATES = {
    NumberRefused: Fate.REFUSED,
    NotNow: Fate.LATER,
    NoGateway: Fate.NOBODY,
    Unanswered: Fate.UNKNOWN,
}


class Texting:
    """A gateway that is used like the post: it takes a text, and says what became of it."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        """Nothing is open."""

    def deliver(self, text: Text) -> Outcome:
        try:
            self.gateway.send(text.number, text.words)
        except tuple(FATES) as fault:
            return Outcome(FATES[type(fault)], str(fault))
        return Outcome(Fate.SENT)


def international(number: str) -> str:
    """`+33612345678` of a number as people write it. Raises CannotWrite when it is none."""
    digits = "".join(sign for sign in number if sign in "0123456789")
    if number.strip().startswith(ABROAD):
        whole = ABROAD + digits
    elif digits.startswith("00"):
        whole = ABROAD + digits.removeprefix("00")
    else:
        whole = FRENCH + digits.removeprefix("0") if digits.startswith("0") else ""
    if whole.startswith(FRENCH):  # "+33 (0)6 12 34 56 78"
        whole = FRENCH + whole.removeprefix(FRENCH).removeprefix("0")
    if not FEWEST_DIGITS <= len(whole.removeprefix(ABROAD)) <= MOST_DIGITS:
        raise CannotWrite("not a phone number")
    return whole


def can_receive(number: str) -> bool:
    """Whether an SMS can arrive there: French numbers of houses cannot."""
    try:
        whole = international(number)
    except CannotWrite:
        return False
    return not whole.startswith(FRENCH) or whole.startswith(FRENCH_MOBILES)


def text(message: Message) -> Text:
    """Raises CannotWrite when the address is no number."""
    return Text(international(message.address or ""), message.body)


def chosen(settings: Settings) -> Texting | None:
    """The gateway of these settings; None when SMS have no way out."""
    if settings.sms_command:
        return Texting(Command(settings.sms_command))
    return Texting(Folder(settings.data / "sms")) if settings.demo else None


def has_gateway() -> bool:
    """Whether this centre sends SMS."""
    settings: Settings = current_app.extensions["engage_settings"]
    return chosen(settings) is not None


def problem(settings: Settings) -> str:
    """Why SMS would not leave, in one line; empty when the program is there, or none is wanted."""
    if not settings.sms_command:
        return ""
    program = shlex.split(settings.sms_command)[0]
    return "" if shutil.which(program) else f"{program} (ENGAGE_SMS_COMMAND) is no program of this machine"
