"""A new e-mail address: proved first, told to the old one, and never somebody else's."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from flask import Flask

from engage.core.clock import now
from tests.accounts.post_box import email_of, last_code, mails
from tests.browser import Visitor

NEW = "amina.nouvelle@exemple.fr"


def signed_in_by_mail(app: Flask, account_id: int | None) -> Visitor:
    visitor = Visitor(app)
    visitor.get("/connexion")
    visitor.follow(visitor.post("/connexion", {"email": email_of(app, account_id)}))
    visitor.post("/connexion/code", {"code": last_code(app)})
    return visitor


def ask(visitor: Visitor, email: str) -> None:
    visitor.get("/connexion/adresse")
    visitor.follow(visitor.post("/connexion/adresse", {"email": email}))


def test_the_new_address_is_proved_and_the_old_one_told(app: Flask, amina: Visitor) -> None:
    old = email_of(app, amina.account_id)
    visitor = signed_in_by_mail(app, amina.account_id)
    ask(visitor, NEW)
    assert email_of(app, amina.account_id) == old
    visitor.post("/connexion/adresse/code", {"code": "0"}, status=422)
    visitor.post("/connexion/adresse/code", {"code": last_code(app)})
    assert email_of(app, amina.account_id) == NEW
    told = dict(mails(app))[old]
    assert "une autre adresse" in told
    assert NEW not in told


def test_the_code_dies_after_5_tries(app: Flask, amina: Visitor) -> None:
    visitor = signed_in_by_mail(app, amina.account_id)
    ask(visitor, NEW)
    wrong = f"{(int(last_code(app).replace(' ', '')) + 1) % 10**6:06}"
    for _try in range(5):
        visitor.post("/connexion/adresse/code", {"code": wrong}, status=422)
    visitor.post("/connexion/adresse/code", {"code": last_code(app)}, status=422)
    assert email_of(app, amina.account_id) != NEW


def test_the_address_of_another_account_is_refused_to_who_reads_it(
    app: Flask, amina: Visitor, benoit: Visitor
) -> None:
    visitor = signed_in_by_mail(app, amina.account_id)
    ask(visitor, email_of(app, benoit.account_id))
    assert "compte" not in visitor.page.split("<main")[1].split("</main>")[0]
    visitor.post("/connexion/adresse/code", {"code": last_code(app)}, status=409)


def test_it_asks_for_a_fresh_proof_and_for_somebody(amina: Visitor, nobody: Visitor) -> None:
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        answer = amina.get("/connexion/adresse", status=302)
        assert answer.headers["Location"].startswith("/connexion/preuve")
    nobody.get("/connexion/adresse", status=302)
    nobody.get("/connexion/adresse/code", status=302)
    nobody.post("/connexion/adresse/code", {"code": "123456"})
