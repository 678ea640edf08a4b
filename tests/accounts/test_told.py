"""Whatever changes in how somebody proves who they are, a mail tells them: it may not have been them."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts import actions as accounts
from engage.accounts.factors import actions
from engage.accounts.models import Account, Passkey, Role, SignIn
from engage.core.clock import now
from engage.core.db import db
from engage.outbox.models import Channel, Kind, Message
from tests import make
from tests.accounts.post_box import email_of, mails
from tests.accounts.test_factors import add_app, first_step
from tests.browser import Visitor

SECURITY = "/connexion/securite"


@pytest.fixture
def amina_(session: None) -> Account:
    account = make.account("Amina", email="amina@exemple.fr", totp_secret=pyotp.random_base32())
    key = {"credential_id": b"1", "public_key": b"2", "name": "Mon téléphone", "created_at": now()}
    db.session.add(Passkey(account_id=account.id, **key))
    make.account("Dominique", Role.ADMIN)
    db.session.flush()
    return account


def here(account: Account) -> SignIn:
    row = SignIn(account_id=account.id, token_digest="x", created_at=now(), seen_at=now())
    db.session.add(row)
    db.session.flush()
    return row


def choose(account: Account) -> None:
    actions.set_password(account, "quatre mots sans rapport", where=here(account))


def change(account: Account) -> None:
    account.password_hash = "held"
    choose(account)


def another_app(account: Account) -> None:
    secret = pyotp.random_base32()
    actions.add_totp(account, secret, pyotp.TOTP(secret).at(now()), where=here(account))


def drop_key(account: Account) -> None:
    actions.drop_passkey(account, db.session.scalars(select(Passkey)).one())


def reset(account: Account) -> None:
    admin = db.session.scalars(select(Account).filter_by(role=Role.ADMIN)).one()
    accounts.reset_second_factor(account, by=admin)


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (choose, "Un mot de passe a été choisi"),
        (change, "Le mot de passe de votre compte a changé"),
        (actions.drop_password, "Le mot de passe de votre compte a été retiré"),
        (another_app, "L’application qui donne les codes a changé"),
        (actions.drop_totp, "L’application qui donne les codes a été retirée"),
        (drop_key, "Une clé d’accès de votre compte a été retirée"),
        (actions.renew_recovery, "Vos codes de secours ont été remplacés"),
        (reset, "L’administration a remis à zéro votre deuxième clé"),
    ],
)
def test_the_owner_is_told_at_their_own_address(
    amina_: Account, deed: Callable[[Account], object], words: str
) -> None:
    deed(amina_)
    message = db.session.scalars(select(Message)).one()
    assert (message.kind, message.channel, message.address) == (Kind.ALERT, Channel.MAIL, "amina@exemple.fr")
    assert words in message.body
    assert "04 00 00 00 00" in message.body


def test_each_change_is_told(amina_: Account) -> None:
    for _time in range(2):
        actions.renew_recovery(amina_)
    assert len(db.session.scalars(select(Message)).all()) == 2


def test_they_read_their_language(amina_: Account) -> None:
    amina_.language = "en"
    actions.drop_password(amina_)
    assert "has been removed" in db.session.scalars(select(Message.body)).one()


def test_who_has_no_address_is_told_nothing(amina_: Account) -> None:
    amina_.email = amina_.email_digest = None
    actions.drop_password(amina_)
    assert db.session.scalars(select(Message)).all() == []


def test_a_first_app_is_one_mail_though_it_brings_codes(app: Flask, amina: Visitor) -> None:
    visitor, address = Visitor(app), email_of(app, amina.account_id)
    first_step(app, visitor, address)
    secret, _codes = add_app(visitor)
    told = [body for to, body in mails(app) if to == address][1:]
    assert len(told) == 1
    assert "Une application qui donne des codes a été ajoutée" in told[0]
    assert secret not in told[0]


def test_the_page_of_my_data_leads_to_where_the_address_changes(amina: Visitor) -> None:
    amina.get("/vos-donnees")
    assert 'href="/connexion/adresse">' in amina.page
    amina.get("/connexion/adresse")
