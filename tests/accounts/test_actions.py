"""Accounts by themselves: one an address, erased whole, and an administrator always stays, even in a race."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from flask import Flask

from engage.accounts import actions, commands, queries
from engage.accounts.models import Account, Invitation, MailedCode, ParkedForm, Role, SignIn
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.journal.models import Entry
from tests import make
from tests.accounts.post_box import count
from tests.browser import Visitor


def end(account: Account, by: Account) -> None:
    actions.end(account, by=by)


def demote(account: Account, by: Account) -> None:
    actions.change_role(account, Role.STAFF, by=by)


def leave(account: Account, _by: Account) -> None:
    actions.erase(account)


def strike(app: Flask, deed: Callable[[Account, Account], None], ids: tuple[int, int], start: Barrier) -> str:
    """One administrator acts on another; both have read the other as an administrator before."""
    with app.app_context():
        db.session.connection(execution_options={"engage_writes": False})
        account, by = db.session.get_one(Account, ids[0]), db.session.get_one(Account, ids[1])
        if db.engine.dialect.name == "sqlite":
            db.session.rollback()  # a unit that writes takes its turn from its first word on
        start.wait(timeout=10)
        try:
            deed(account, by)
            db.session.commit()
        except Refused:
            return "refused"
        return "done"


@pytest.mark.parametrize("deed", [end, demote, leave])
def test_two_administrators_cannot_end_each_other_in_the_same_moment(
    app: Flask, deed: Callable[[Account, Account], None]
) -> None:
    for _round in range(3):
        with app.app_context():
            elsa, farid = (make.account(name, Role.ADMIN).id for name in ("Elsa", "Farid"))
            db.session.commit()
        start = Barrier(2)
        with ThreadPoolExecutor(2) as threads:
            both = [threads.submit(strike, app, deed, ids, start) for ids in ((elsa, farid), (farid, elsa))]
            fates = sorted(fate.result() for fate in both)
        assert fates == ["done", "refused"]
        with app.app_context():
            (last,) = queries.lock_administrators()
            db.session.get_one(Account, last).role = Role.STAFF
            db.session.commit()


def test_an_address_has_one_account(session: None) -> None:
    actions.create(role=Role.MEMBER, first_name="Amina", email="Amina@Exemple.fr")
    with pytest.raises(Refused):
        actions.create(role=Role.ADMIN, first_name="Somebody", email=" amina@exemple.fr ")
    found = queries.by_email("AMINA@exemple.fr")
    assert found
    assert found.email == "amina@exemple.fr"


def test_an_erased_account_leaves_only_its_deeds_in_the_journal(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        account = amina.account
        actor = account.actor_id
        actions.erase(account)
        db.session.commit()
    assert count(app, Account) == 0
    assert count(app, SignIn) == 0
    with app.app_context():
        entry = db.session.query(Entry).one()
        assert (entry.verb, entry.actor) == ("account erased", actor)
    amina.get("/connexion/appareils", status=302)


def test_addresses_are_unreadable_at_rest(session: None) -> None:
    make.account("Amina", email="amina@exemple.fr", phone="06 12 34 56 78")
    db.session.commit()
    with db.engine.connect() as connection:
        row = str(connection.exec_driver_sql("SELECT * FROM account").one())
    assert "amina@" not in row
    assert "06 12" not in row


def test_what_is_over_is_forgotten(session: None) -> None:
    account = make.account()
    soon = now() + timedelta(minutes=5)
    facts = {"token_digest": "t", "created_at": now(), "seen_at": now()}
    db.session.add_all(
        [
            MailedCode(browser_digest="b", address_digest="a", code_digest="c", expires_at=soon),
            ParkedForm(key_digest="k", account_id=account.id, content="x", expires_at=soon),
            Invitation(code_digest="i", role=Role.MEMBER, created_at=now(), expires_at=soon),
            SignIn(account_id=account.id, **facts),
        ]
    )
    db.session.commit()
    assert commands.forget_expired() == 0
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        assert commands.forget_expired() == 4
