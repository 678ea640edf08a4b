"""What a person takes with them of their groups, and what is left of them when they erase their account."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.groups.belonging import actions, lasting
from engage.groups.models import Membership, MembershipWish
from tests import make
from tests.browser import Visitor


def test_amina_copies_and_erases_her_memberships(amina: Visitor, app: Flask) -> None:
    """The dates stay in the history of the group, without a name, a word or an address."""
    with app.app_context():
        group = make.group()
        first = make.membership(group, amina.account)
        actions.end(first, by=amina.account, why="Je déménage.")
        second = make.membership(group, amina.account)
        lasting.choose(
            second, is_named=True, wants_digest=False, wants_post=True, address="3 rue des Lilas",
            by=amina.account,
        )  # fmt: skip
        lasting.pause(second, None, by=amina.account)
        db.session.commit()
    old, new = amina.get("/vos-donnees/copie").get_json()["memberships"]
    assert (old["ended_why"], new["address"], new["is_named"]) == ("Je déménage.", "3 rue des Lilas", True)
    assert [one["ended_at"] for one in new["breaks"]] == [None]
    amina.get("/vos-donnees/effacement")
    amina.post("/vos-donnees/effacement", {"sure": "y"})
    with app.app_context():
        rows = list(db.session.scalars(select(Membership)))
        assert [(one.account_id, one.ended_why) for one in rows] == [(None, None)] * 2
        assert all(one.ended_at and one.ended_at <= now() for one in rows)
        assert not any(wish.address for wish in db.session.scalars(select(MembershipWish)))
