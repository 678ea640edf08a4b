"""Writing what is to be told, stopping what a person wants no more, forgetting what is over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.exc import IntegrityError

from engage.core import keys
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db, insert_once
from engage.core.i18n import gettext as _
from engage.core.render import link
from engage.outbox import queries, resting
from engage.outbox.models import SIGNATURE, Channel, Kind, Message, State, Stop, mail_digest


def write(
    *,
    key: str,
    kind: Kind,
    channel: Channel,
    subject: str,
    body: str,
    address: str | None = None,
    person: str = "",
    about: tuple[str, str] = ("", ""),
    whom: str = "",
) -> Message | None:
    """Write a message into the caller's transaction: the worker sends mail, the team tells the rest.

    `whom` tells people without an address apart: it is the same for each message to one of them.
    None, and nothing is written, when a message with this key exists, when the address stopped this kind,
    when its reader takes a pause, or when mail has no address. A mail that can be stopped says
    how, in the language spoken now.
    """
    address = (address or "").strip() or None
    digest = address_digest(channel, address or whom)
    if channel is Channel.MAIL and (address is None or queries.is_stopped(digest, kind)):
        return None
    if resting.is_resting(kind, resting.Reader(channel, address, person, whom)):
        return None
    said = {"key": key, "kind": kind, "channel": channel, "subject": " ".join(subject.split())}
    whom_to = {"address": address, "address_digest": digest, "person": person or None}
    told = {"about_kind": about[0], "about_ref": about[1], **_stoppable(key, kind, channel, body)}
    return insert_once(Message, **said, **whom_to, **told, **_sealed())


def _sealed() -> dict[str, Any]:
    """What makes it one mail however often it is tried."""
    present = now()
    message_id = f"<{keys.random_code(26).lower()}@{_own_domain()}>"
    return {"message_id": message_id, "created_at": present, "not_before": present}


def _stoppable(key: str, kind: Kind, channel: Channel, body: str) -> dict[str, str]:
    """The body, and in a mail the way to stop its like."""
    if channel is not Channel.MAIL or not kind.can_stop:
        return {"body": body}
    digest = keys.digest("stop", stop_token(key))
    return {"body": f"{body.rstrip()}\n{_way_to_stop(key)}", "stop_token_digest": digest}


def address_digest(channel: Channel, address: str) -> str | None:
    """What finds all that was written to this address, or to `whom` of `write`, by this channel."""
    if not address:
        return None
    return mail_digest(address) if channel is Channel.MAIL else keys.digest(f"to {channel}", address.lower())


def stop_token(key: str) -> str:
    """The secret of the link that stops messages like the one with this key; only its digest is stored."""
    return keys.digest("stop token", key)[:32]


def _way_to_stop(key: str) -> str:
    words = _("You no longer want these messages? Open this page and press the button:")
    return f"{SIGNATURE}{words}\n{stop_link(key)}\n"


def stop_link(key: str) -> str:
    return link("outbox.stop", token=stop_token(key))


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings


def _own_domain() -> str:
    return parseaddr(_settings().mail_from)[1].rpartition("@")[2] or "localhost"


def stop(message: Message) -> None:
    """Write no more mails of this kind to the address of this message. Doing it twice is doing it once."""
    if message.address_digest is None or queries.is_stopped(message.address_digest, message.kind):
        return
    try:
        with db.session.begin_nested():
            db.session.add(Stop(address_digest=message.address_digest, kind=message.kind, at=now()))
            db.session.flush()
    except IntegrityError:
        if not queries.is_stopped(message.address_digest, message.kind):
            raise


def resume(message: Message) -> None:
    """Mails of this kind go to the address of this message again."""
    mine = delete(Stop).where(Stop.address_digest == message.address_digest, Stop.kind == message.kind)
    db.session.execute(mine)


FORGOTTEN = {"address": None, "person": None, "subject": "", "body": "", "problem": ""}


def forget(about: tuple[str, str]) -> None:
    """Erase what messages about this thing say and to whom; what still waited is not told any more."""
    _forget(Message.about_kind == about[0], Message.about_ref == about[1])


def forget_reader(addresses: Iterable[str | None], *, about: tuple[str, str] | None = None) -> None:
    """Erase what was written to these addresses, or these `whom` of `write`.

    With `about`, only of this thing, words at reception too.
    """
    known = {digest for address in addresses if address for digest in _digests(address)}
    theirs: ColumnElement[bool] = Message.address_digest.in_(known)
    if about:
        theirs |= Message.address.is_(None)
        _forget(theirs, Message.about_kind == about[0], Message.about_ref == about[1])
    else:
        _forget(theirs, address_digest=None)


def forget_teller(account_id: int) -> None:
    """That it was told stays; who told it is nobody any more."""
    theirs = update(Message).where(Message.told_by_id == account_id)
    db.session.execute(theirs.values(told_by_id=None, told_by_name=""))


def _digests(address: str) -> Iterable[str | None]:
    return (address_digest(channel, address.strip()) for channel in Channel)


def _forget(*these: ColumnElement[bool], **nothing: None) -> None:
    db.session.flush()
    db.session.execute(
        update(Message).where(*these, Message.state.in_(queries.OPEN)).values(state=State.STOPPED)
    )
    db.session.execute(update(Message).where(*these).values(FORGOTTEN | nothing))


def withdraw(about: tuple[str, str], kind: Kind) -> None:
    """What was written of this thing for this purpose, and nobody was told yet, is told no more."""
    db.session.flush()
    theirs = update(Message).where(Message.about_kind == about[0], Message.about_ref == about[1])
    open_ones = theirs.where(Message.kind == kind, Message.state.in_(queries.OPEN))
    db.session.execute(open_ones.values(state=State.STOPPED))


def withdraw_reader(
    readers: Iterable[str | None], kinds: Iterable[Kind], *, is_theirs: Callable[[Message], bool]
) -> None:
    """What waits for these addresses, or these `whom` of `write`, is told no more where it is theirs."""
    db.session.flush()
    known = {digest for reader in readers if reader for digest in _digests(reader)}
    for message in queries.untold(known, kinds):
        if is_theirs(message):
            message.state = State.STOPPED
    db.session.flush()


def forget_before(limit: datetime) -> int:
    """Erase what finished messages said and to whom, if they were over before `limit`; how many."""
    over = update(Message).where(
        Message.state.in_((State.SENT, State.STOPPED, State.TOLD)),
        Message.created_at < limit,
        Message.told_at.is_(None) | (Message.told_at < limit),
        Message.subject != "",
    )
    return len(db.session.scalars(over.values(FORGOTTEN).returning(Message.id)).all())


def allow(address: str, kind: Kind) -> None:
    """Mails of this kind go to this address again."""
    db.session.execute(delete(Stop).where(Stop.address_digest == mail_digest(address), Stop.kind == kind))
