"""Writing what is to be told, handing mail to a worker, and stopping what a person wants no more."""

from __future__ import annotations

from email.utils import parseaddr

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from engage.core import keys
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.core.render import link
from engage.outbox import queries
from engage.outbox.models import Channel, Kind, Message, Stop, mail_digest


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
) -> Message | None:
    """Write a message into the caller's transaction: the worker sends mail, the team tells the rest.

    None, and nothing is written, when a message with this key exists, when the address stopped this kind,
    or when mail has no address. A mail that can be stopped says how, in the language spoken now.
    """
    address = address.strip() if address else None
    digest = _address_digest(channel, address)
    if channel is Channel.MAIL and (address is None or queries.is_stopped(digest, kind)):
        return None
    stoppable = channel is Channel.MAIL and kind.can_stop
    present = now()
    message = Message(
        key=key,
        kind=kind,
        channel=channel,
        subject=" ".join(subject.split()),
        body=f"{body.rstrip()}\n{_way_to_stop(key)}" if stoppable else body,
        address=address,
        address_digest=digest,
        person=person or None,
        about_kind=about[0],
        about_ref=about[1],
        message_id=f"<{keys.random_code(26).lower()}@{_own_domain()}>",
        stop_token_digest=keys.digest("stop", stop_token(key)) if stoppable else None,
        created_at=present,
        not_before=present,
    )
    return message if _is_first(message) else None


def _address_digest(channel: Channel, address: str | None) -> str | None:
    if address is None:
        return None
    return mail_digest(address) if channel is Channel.MAIL else keys.digest(f"to {channel}", address.lower())


def _is_first(message: Message) -> bool:
    """Write the row unless its key is taken; the caller's transaction goes on either way."""
    try:
        with db.session.begin_nested():
            db.session.add(message)
            db.session.flush()
    except IntegrityError:
        if not queries.has_key(message.key):
            raise
        return False
    return True


def stop_token(key: str) -> str:
    """The secret of the link that stops messages like the one with this key; only its digest is stored."""
    return keys.digest("stop token", key)[:32]


def _way_to_stop(key: str) -> str:
    words = _("You no longer want these messages? Open this page and press the button:")
    return f"\n-- \n{words}\n{link('outbox.stop', token=stop_token(key))}\n"


def _own_domain() -> str:
    settings: Settings = current_app.extensions["engage_settings"]
    return parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"


def stop(message: Message) -> None:
    """Write no more mails of this kind to the address of this message. Doing it twice is doing it once."""
    if queries.is_stopped(message.address_digest, message.kind):
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
