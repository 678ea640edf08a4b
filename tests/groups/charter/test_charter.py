"""Versions that freeze, agreements by a person or on paper, and what a new version asks anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.charter import actions, queries
from engage.groups.charter import permissions as may
from engage.groups.charter.models import Charter, CharterAgreement
from engage.groups.charter.words import PARTS
from engage.groups.models import Group, MembershipPause
from engage.groups.space.waiting import waiting
from engage.outbox.models import Channel, Message
from tests import make

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def group() -> Group:
    return make.group()


@pytest.fixture
def by() -> Account:
    return make.account("Chloé", Role.COORDINATOR)


def published(group: Group, by: Account) -> Charter:
    made = actions.draft(group, by=by)
    actions.publish(made, group, version=made.version, by=by)
    return made


def words(charter: Charter, **changed: str) -> Any:
    return {name: getattr(charter, name) for name in PARTS} | changed


def test_a_draft_begins_with_ready_words_and_is_one(group: Group, by: Account) -> None:
    draft = actions.draft(group, by=by)
    assert actions.draft(group, by=by) is draft
    assert draft.number == 1
    assert all(getattr(draft, name) for name in PARTS)
    assert queries.in_force(group) is None
    actions.edit(draft, version=draft.version, by=by, **words(draft, expenses="Sur facture."))
    actions.discard(draft, group, by=by)
    assert queries.draft(group) is None


def test_what_is_published_does_not_change_any_more(group: Group, by: Account) -> None:
    first = published(group, by)
    with pytest.raises(Refused, match="ne change plus"):
        actions.edit(first, version=first.version, by=by, **words(first, expenses="Rien."))
    with pytest.raises(Refused, match="ne change plus"):
        actions.discard(first, group, by=by)
    assert first.expenses != "Rien."


def test_two_who_change_a_draft_at_once(group: Group, by: Account) -> None:
    draft = actions.draft(group, by=by)
    seen = draft.version
    actions.edit(draft, version=seen, by=by, **words(draft, expenses="Sur facture."))
    db.session.flush()
    with pytest.raises(Refused, match="Quelqu’un vient de changer"):
        actions.edit(draft, version=seen, by=by, **words(draft, expenses="Autre."))
    with pytest.raises(Refused, match="Quelqu’un vient de changer"):
        actions.publish(draft, group, version=seen, by=by)
    assert draft.published_at is None


def test_a_part_without_words_is_not_published(group: Group, by: Account) -> None:
    draft = actions.draft(group, by=by)
    actions.edit(draft, version=draft.version, by=by, **words(draft, expenses=""))
    db.session.flush()
    with pytest.raises(Refused, match="Chaque partie"):
        actions.publish(draft, group, version=draft.version, by=by)


def test_members_agree_once_and_a_new_version_asks_again(group: Group, by: Account) -> None:
    amina = make.account("Amina")
    member = make.membership(group, amina)
    assert waiting(amina, group).charter is None
    first = published(group, by)
    assert waiting(amina, group).charter == first.number
    actions.agree(first, member, by=amina)
    actions.agree(first, member, by=amina)
    assert db.session.scalar(select(func.count()).select_from(CharterAgreement)) == 1
    assert waiting(amina, group).charter is None
    second = published(group, by)
    assert (second.number, second.we_promise) == (2, first.we_promise)
    assert waiting(amina, group).charter == second.number
    with pytest.raises(Refused, match="plus récente"):
        actions.agree(first, member, by=amina)
    agreement = queries.agreement(first, member)
    assert agreement
    assert agreement.agreed_at.date() == now().date()


def test_nobody_agrees_for_somebody_else_but_the_team_notes_paper(group: Group, by: Account) -> None:
    member = make.membership(group, make.account("Marcel"))
    charter = published(group, by)
    with pytest.raises(Refused, match="pour elle-même"):
        actions.agree(charter, member, by=by)
    actions.note_paper(charter, member, by=by)
    (signed,) = queries.signed(charter)
    assert signed.agreement
    assert (signed.agreement.on_paper, signed.agreement.noted_by_id) == (True, by.id)


def test_who_left_signs_no_more_and_is_not_on_the_list(group: Group, by: Account) -> None:
    week_ago = now() - timedelta(days=7)
    member = make.membership(group, make.account("Zoé"), begun_at=week_ago, ended_at=now())
    charter = published(group, by)
    with pytest.raises(Refused, match="ne fait plus partie"):
        actions.note_paper(charter, member, by=by)
    assert queries.signed(charter) == []


def test_members_hear_of_a_version_by_their_channel_unless_they_rest(group: Group, by: Account) -> None:
    for account in (make.account("Amina"), make.account("Marcel", email=None, phone="06 12 34 56 78")):
        make.membership(group, account)
    resting = make.membership(group, make.account("Omar"))
    db.session.add(MembershipPause(membership_id=resting.id, begun_at=now()))
    charter = published(group, by)
    actions.publish(charter, group, version=charter.version, by=by)
    told = db.session.scalars(select(Message)).all()
    assert {message.channel for message in told} == {Channel.MAIL, Channel.PHONE}
    assert len(told) == 2


def test_who_may(group: Group, by: Account) -> None:
    amina, nadia = make.account("Amina"), make.account("Nadia", Role.STAFF)
    make.membership(group, amina)
    assert may.agree(amina, group)
    assert not may.agree(by, group)
    assert not may.see_agreed(amina)
    assert may.see_agreed(nadia)
    assert not may.draft(nadia, group)
    assert may.note_paper(by, group)
    group.closed_at = now()
    assert not may.agree(amina, group)
    assert not may.draft(by, group)
