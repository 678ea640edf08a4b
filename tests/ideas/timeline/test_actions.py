"""Everyone who asked is told, each once, by their own channel and in their language."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.models import Idea, Publication, Support
from engage.ideas.timeline import actions
from engage.intake.models import Reply
from engage.outbox.models import Channel, Message
from tests import make

pytestmark = pytest.mark.usefixtures("session")


def tell(idea: Idea, key: str = "published") -> list[Message]:
    actions.tell(idea, subject="Une nouvelle", body="Le banc est posé.", key=key)
    db.session.flush()
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def public(text: str = "Un banc devant la porte.", **values: Any) -> Idea:
    return make.idea(text, publication=Publication.PUBLIC, **values)


def support(idea: Idea, **account: Any) -> None:
    who = make.account(**account)
    db.session.add(Support(idea_id=idea.id, account_id=who.id, at=now()))


@pytest.mark.parametrize(
    ("reply", "contact", "channel"),
    [
        (Reply.MAIL, "jeanne@exemple.fr", Channel.MAIL),
        (Reply.PHONE, "06 12 34 56 78", Channel.PHONE),
        (Reply.LETTER, "Jeanne, 3 rue des Lilas", Channel.LETTER),
        (Reply.RECEPTION, None, Channel.RECEPTION),
    ],
)
def test_the_author_is_told_by_the_channel_they_chose(
    reply: Reply, contact: str | None, channel: Channel
) -> None:
    (message,) = tell(public(reply=reply, contact=contact, first_name="Jeanne"))
    assert (message.channel, message.address, message.person) == (channel, contact, "Jeanne")
    assert "Bonjour Jeanne" in message.body
    assert "Le banc est posé." in message.body


def test_who_asked_for_nothing_is_left_in_peace() -> None:
    assert tell(public()) == []


def test_a_contact_that_was_erased_is_not_used() -> None:
    assert tell(public(reply=Reply.RECEPTION, contact_erased_at=now())) == []


def test_supporters_with_an_account_are_told_and_who_has_no_mail_is_called_or_told_at_reception() -> None:
    idea = public()
    support(idea, first_name="Paul")
    support(idea, first_name="Rose", email=None, phone="06 00 00 00 01")
    support(idea, first_name="Luce", email=None)
    support(idea, first_name="Partie", ended_at=now())
    db.session.add(Support(idea_id=idea.id, device_digest="d", at=now()))
    assert [(m.person, m.channel) for m in tell(idea)] == [
        ("Paul", Channel.MAIL),
        ("Rose", Channel.PHONE),
        ("Luce", Channel.RECEPTION),
    ]


def test_authors_of_ideas_merged_into_it_are_told_however_far() -> None:
    idea = public()
    first = make.idea(
        publication=Publication.MERGED, merged_into_id=idea.id, reply=Reply.MAIL, contact="a@exemple.fr"
    )
    make.idea(
        publication=Publication.MERGED, merged_into_id=first.id, reply=Reply.MAIL, contact="b@exemple.fr"
    )
    assert [m.address for m in tell(idea)] == ["a@exemple.fr", "b@exemple.fr"]


def test_nobody_is_told_twice() -> None:
    idea = public(reply=Reply.MAIL, contact="Paul@exemple.fr")
    support(idea, first_name="Paul", email="paul@exemple.fr")
    make.idea(merged_into_id=idea.id, reply=Reply.MAIL, contact=" paul@EXEMPLE.fr")
    assert len(tell(idea)) == 1
    assert len(tell(idea)) == 1, "the same key again"
    assert len(tell(idea, "answered")) == 2


def test_the_author_with_an_account_who_supports_is_told_once_by_the_channel_of_the_idea() -> None:
    account = make.account("Jeanne")
    idea = public(reply=Reply.PHONE, contact="06 12 34 56 78", account_id=account.id)
    db.session.add(Support(idea_id=idea.id, account_id=account.id, at=now()))
    assert [m.channel for m in tell(idea)] == [Channel.PHONE]


def test_only_the_author_hears_what_is_theirs() -> None:
    idea = public(reply=Reply.MAIL, contact="jeanne@exemple.fr")
    support(idea, first_name="Paul")
    actions.tell_author(idea, subject="Pour vous", body="Rien que pour vous.", key="refused")
    assert [m.address for m in db.session.scalars(select(Message))] == ["jeanne@exemple.fr"]


def test_each_reads_their_language_and_a_private_idea_is_not_named_in_a_mail() -> None:
    idea = make.idea("Madame Secret attend.", reply=Reply.MAIL, contact="jane@exemple.fr", language="en")
    actions.tell(idea, subject=_l("The idea is accepted."), body=_l("It is done."), key="k")
    message = db.session.scalars(select(Message)).one()
    assert message.subject == "The idea is accepted."
    assert "Hello" in message.body
    assert "Secret" not in message.body
    assert "/suivi" in message.body
