"""A wave takes each answer once, from who may answer, and keeps what it promised."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.outbox.models import Channel as Way
from engage.outbox.models import Message
from engage.surveys.answering import actions, commands, queries
from engage.surveys.answering.kinds import Anonymity, Answered, ChannelKind
from engage.surveys.answering.models import (
    Answer,
    Channel,
    Pending,
    Response,
    ResultNotice,
    Verbatim,
    Wave,
)
from tests.surveys.answering.conftest import Asked

KEY = "k" * 32


def count(model: type[Any]) -> int:
    return db.session.scalars(select(func.count()).select_from(model)).one()


def send(wave: Wave, asked: Asked, number: int, **said: Any) -> None:
    facts = {"channel": ChannelKind.LINK, "submission_key": f"{number:032}"} | said
    actions.send(wave, asked.given(number % 3, f"Mot {number}"), **facts)
    db.session.commit()


def test_only_a_frozen_version_is_asked(asked: Asked, chloe_row: Account) -> None:
    plan: dict[str, Any] = {
        "title": "Trop tôt",
        "opens_at": now(),
        "closes_at": now() - timedelta(days=1),
        "anonymity": Anonymity.STRICT,
        "retained_until": now().date(),
    }
    with pytest.raises(Refused, match="ferme"):
        actions.open_wave(asked.version, [ChannelKind.LINK], by=chloe_row, **plan)


@pytest.mark.parametrize("change", ["anonymity = 'confidential'", "version_id = id"])
def test_what_a_wave_promised_cannot_be_taken_back(wave: Wave, change: str) -> None:
    with pytest.raises(DBAPIError):
        db.session.execute(text(f"UPDATE survey_wave SET {change}"))
    db.session.rollback()
    assert db.session.get_one(Wave, wave.id).anonymity is Anonymity.STRICT


def test_a_form_sent_twice_counts_once(wave: Wave, asked: Asked) -> None:
    send(wave, asked, 1)
    send(wave, asked, 1)
    assert count(Pending) == 1
    assert db.session.scalars(select(Channel.completed).filter_by(kind=ChannelKind.LINK)).one() == 1


def test_a_ticket_opens_one_wave_once(wave: Wave, asked: Asked, chloe_row: Account) -> None:
    code, other = actions.hand_out(wave, 2, by=chloe_row)
    db.session.commit()
    slip = {"channel": ChannelKind.SLIPS}
    send(wave, asked, 1, ticket=f" {code.lower()} ", **slip)
    with pytest.raises(Refused, match="déjà"):
        send(wave, asked, 2, ticket=code, **slip)
    db.session.rollback()
    with pytest.raises(Refused, match="n’appartient pas"):
        send(wave, asked, 3, ticket="ABCDEFGH", **slip)
    db.session.rollback()
    send(wave, asked, 4, ticket=other, **slip)
    slips = db.session.scalars(select(Channel).filter_by(kind=ChannelKind.SLIPS)).one()
    assert (slips.handed_out, slips.completed, count(Pending)) == (2, 2, 2)


def test_who_began_before_the_end_may_finish(wave: Wave, asked: Asked) -> None:
    begun = now() - timedelta(minutes=5)
    wave.closes_at = now() - timedelta(minutes=1)
    db.session.commit()
    with pytest.raises(Refused, match="fermé"):
        send(wave, asked, 1)
    db.session.rollback()
    send(wave, asked, 1, begun_at=begun)
    wave.closes_at = now() - queries.GRACE - timedelta(seconds=1)
    db.session.commit()
    with pytest.raises(Refused, match="fermé"):
        send(wave, asked, 2, begun_at=now() - timedelta(hours=1))


def test_answers_that_are_not_of_this_version_are_refused_whole(wave: Wave, asked: Asked) -> None:
    good = asked.given(0, "Bien")
    strange = [good[:1], [*good, good[0]], [good[0]._replace(choices=(asked.words,)), good[1]]]
    for answers in strange:
        with pytest.raises(Refused, match="ne correspondent pas"):
            actions.send(wave, answers, channel=ChannelKind.LINK, submission_key=KEY)
    assert count(Pending) == 0


def test_nothing_moves_before_five_have_answered(wave: Wave, asked: Asked) -> None:
    for number in range(4):
        send(wave, asked, number)
    assert actions.settle(wave) == 0
    send(wave, asked, 4)
    assert actions.settle(wave) == 5
    db.session.commit()
    assert (count(Pending), count(Response), count(Answer), count(Verbatim)) == (0, 5, 10, 5)
    assert set(db.session.scalars(select(Verbatim.response_id))) == {None}
    assert set(db.session.scalars(select(Answer.state))) == {Answered.ANSWERED}


def end(wave: Wave) -> None:
    wave.closes_at = now() - queries.GRACE - timedelta(seconds=1)
    db.session.commit()


def test_the_rest_moves_when_the_wave_and_its_grace_are_over(wave: Wave, asked: Asked) -> None:
    for number in range(5):
        send(wave, asked, number)
    assert actions.settle(wave) == 5
    send(wave, asked, 5)
    end(wave)
    assert queries.to_settle() == [wave]
    assert actions.settle(wave) == 1
    db.session.commit()
    assert queries.to_settle() == []
    assert count(Response) == 6


def test_four_answers_in_all_are_never_kept(wave: Wave, asked: Asked) -> None:
    """One among at least five was promised: alone, nobody is; who asked for results hears of it."""
    for number in range(4):
        send(wave, asked, number)
    actions.ask_notice(wave, channel=Way.MAIL, contact="amina@example.org")
    end(wave)
    assert commands.settle() == 0
    db.session.add(wave)
    assert (count(Pending), count(Response), count(Answer), count(Verbatim), count(ResultNotice)) == (0,) * 5
    assert wave.had_too_few
    told = db.session.scalars(select(Message)).one()
    assert (told.address, told.subject) == ("amina@example.org", "Trop peu de personnes ont répondu")
    assert "moins de cinq" in told.body.lower()
    assert commands.settle() == 0
    assert queries.to_erase() == []


def test_a_confidential_wave_promised_no_such_thing(asked: Asked, chloe_row: Account) -> None:
    wave = actions.open_wave(
        asked.version, [ChannelKind.LINK], by=chloe_row, title="Le suivi", anonymity=Anonymity.CONFIDENTIAL,
        opens_at=now() - timedelta(days=1), closes_at=now() + timedelta(days=1),
        retained_until=(now() + timedelta(days=700)).date(),
    )  # fmt: skip
    send(wave, asked, 1)
    end(wave)
    assert actions.settle(wave) == 1
    assert count(Response) == 1
