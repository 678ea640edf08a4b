"""With an account goes what still waits to be told to it, whatever the way."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from engage.core.db import db
from engage.groups.deciding.telling import tell
from engage.groups.models import MembershipWish
from engage.outbox.models import Channel, Message, State
from engage.privacy import actions
from tests import make


@pytest.mark.parametrize("channel", [Channel.RECEPTION, Channel.LETTER, Channel.PHONE, Channel.MAIL])
def test_nothing_of_what_waits_stays_readable(session: None, channel: Channel) -> None:
    mail: dict[str, Any] = {} if channel is Channel.MAIL else {"email": None, "email_digest": None}
    phone = "06 12 34 56 78" if channel is Channel.PHONE else None
    account = make.account("Lucette", phone=phone, **mail)
    group = make.group()
    member = make.membership(group, account)
    if channel is Channel.LETTER:
        db.session.get_one(MembershipWish, member.id).address = "3 rue du Lavoir"
        db.session.flush()
    tell(
        group,
        "Du nouveau",
        "charter/mail/read.txt",
        key="x",
        name="",
        charter=SimpleNamespace(number=1),
        address="",
    )
    message = db.session.scalars(select(Message)).one()
    assert (message.channel, message.person) == (channel, "Lucette")
    actions.erase_me(account)
    db.session.expire_all()
    assert (message.state, message.person, message.body) == (State.STOPPED, None, "")
