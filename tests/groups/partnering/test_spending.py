"""Expenses: claimed with a receipt, answered in words, paid back; a ceiling is watched, no tax computed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.partnering import actions as files
from engage.groups.partnering.models import Agreement, Expense, ExpenseState
from engage.groups.partnering.spending import actions
from engage.outbox.models import Channel, Message
from engage.privacy import actions as privacy
from engage.privacy import queries as record
from engage.uploads.models import Upload
from tests.browser import Visitor
from tests.groups.partnering.test_file import HOME, NEW_YEAR, THIS_YEAR
from tests.uploads.pictures import photo as jpeg

CLAIM = f"{HOME}/frais/nouveau"
PROGRAM = b"MZ\x90\x00\x03" + b"\x00" * 200


def claim(visitor: Visitor, *, status: int = 302, receipt: bytes | None = None, **said: Any) -> None:
    typed: dict[str, Any] = {
        "kind": "travel", "day": NEW_YEAR.isoformat(), "amount": "12,50", "words": "Bus aller et retour",
    }  # fmt: skip
    visitor.get(CLAIM)
    if receipt is not None:
        typed["receipt"] = (io.BytesIO(receipt), "ticket.pdf")
    visitor.post(CLAIM, typed | said, status=status)


def expenses(app: Flask) -> list[Expense]:
    with app.app_context():
        return list(db.session.scalars(select(Expense).order_by(Expense.id)))


def messages(app: Flask) -> list[Message]:
    with app.app_context():
        return list(db.session.scalars(select(Message).order_by(Message.id)))


def uploads(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Upload)).all())


def test_a_claim_with_a_photo_is_accepted_and_paid(app: Flask, benoit: Visitor, chloe: Visitor) -> None:
    benoit.get(f"{HOME}/frais")
    claim(benoit, receipt=jpeg())
    (one,) = expenses(app)
    assert (one.amount, one.state, one.words) == (1250, ExpenseState.CLAIMED, "Bus aller et retour")
    benoit.get(f"{HOME}/frais")
    assert "12,50\u00a0€" in benoit.page
    assert benoit.get(f"{HOME}/frais/{one.code}/justificatif").mimetype == "image/jpeg"
    page = f"/equipe/partenaires/frais/{one.code}"
    chloe.get("/equipe/partenaires")
    assert "12,50\u00a0€" in chloe.page
    chloe.get(page)
    assert chloe.get(f"{page}/justificatif").mimetype == "image/jpeg"
    chloe.get(page)
    chloe.post(f"{page}/reponse", {"words": "Merci."}, status=422)
    chloe.post(f"{page}/remboursement", {"paid_on": NEW_YEAR.isoformat()}, status=409)
    chloe.get(page)
    chloe.post(f"{page}/reponse", {"answer": "accept", "words": "Merci d’être venu."})
    chloe.get(page)
    chloe.post(f"{page}/remboursement", {"paid_on": ""}, status=422)
    chloe.post(f"{page}/remboursement", {"paid_on": NEW_YEAR.isoformat()})
    (paid,) = expenses(app)
    assert (paid.state, paid.paid_on, paid.answered_by_id) == (
        ExpenseState.PAID, NEW_YEAR, chloe.account_id,
    )  # fmt: skip
    (told,) = messages(app)
    assert told.channel is Channel.MAIL
    assert "Merci d’être venu." in told.body
    benoit.get(f"{HOME}/frais")
    assert "Remboursé" in benoit.page


def test_a_refusal_says_why(app: Flask, benoit: Visitor, chloe: Visitor, admin: Visitor) -> None:
    claim(benoit)
    page = f"/equipe/partenaires/frais/{expenses(app)[0].code}"
    chloe.get(page)
    assert "Aucun justificatif" in chloe.page
    chloe.post(f"{page}/reponse", {"answer": "refuse", "words": " "}, status=422)
    chloe.post(f"{page}/reponse", {"answer": "refuse", "words": "Le trajet était déjà payé."})
    chloe.post(f"{page}/reponse", {"answer": "refuse", "words": "Encore."})
    admin.get(page)
    admin.post(f"{page}/reponse", {"answer": "accept", "words": ""}, status=409)
    benoit.get(f"{HOME}/frais")
    assert "Le trajet était déjà payé." in benoit.page
    assert len(messages(app)) == 1


@pytest.mark.parametrize("fake", [PROGRAM, b"%PDF-1.7\n" + PROGRAM, b"", b"<script>alert(1)</script>"])
def test_a_program_is_no_receipt_and_nothing_typed_is_lost(app: Flask, benoit: Visitor, fake: bytes) -> None:
    claim(benoit, receipt=fake, status=422)
    assert "12,50" in benoit.page
    assert "Bus aller et retour" in benoit.page
    assert "Seul le fichier est à choisir de nouveau" in benoit.page
    assert "govuk-error-message" in benoit.page
    assert (expenses(app), uploads(app)) == ([], 0)


def test_amounts_that_cannot_be(app: Flask, benoit: Visitor) -> None:
    for wrong in ("", "0", "-5", "douze", "1e9", "12,505", "10001", "９９９９９９", "=1+1"):
        claim(benoit, amount=wrong, status=422)
    claim(benoit, amount="1 234.5 €")
    assert [one.amount for one in expenses(app)] == [123450]


def test_a_claim_sent_twice_is_one(app: Flask, benoit: Visitor) -> None:
    benoit.get(CLAIM)
    key = benoit.hidden()["submission_key"]
    for _time in range(2):
        claim(benoit, receipt=jpeg(), submission_key=key)
    assert (len(expenses(app)), uploads(app)) == (1, 1)


def test_a_claim_is_taken_back_until_it_is_answered(app: Flask, benoit: Visitor, chloe: Visitor) -> None:
    claim(benoit, receipt=jpeg())
    claim(benoit, amount="5")
    first, second = expenses(app)
    benoit.get(f"{HOME}/frais")
    benoit.post(f"{HOME}/frais/{first.code}/retrait")
    assert uploads(app) == 0
    chloe.get(f"/equipe/partenaires/frais/{second.code}")
    chloe.post(f"/equipe/partenaires/frais/{second.code}/reponse", {"answer": "accept", "words": ""})
    benoit.post(f"{HOME}/frais/{second.code}/retrait", status=409)


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_what_is_taken_back_at_the_same_moment_is_gone(app: Flask, benoit: Visitor, chloe: Visitor) -> None:
    """SQLite lets one in after the other: who comes second finds nothing."""
    claim(benoit)
    with app.test_request_context("/", method="POST"):
        expense = db.session.scalars(select(Expense)).one()
        with db.engine.begin() as other:
            other.execute(delete(Expense))
        actions.withdraw(expense)
        for deed in (actions.accept, actions.refuse):
            with pytest.raises(Refused):
                deed(expense, words="Merci.", by=chloe.account)
        with pytest.raises(Refused):
            actions.pay(expense, by=chloe.account)


def test_above_the_ceiling_both_are_told_once(app: Flask, benoit: Visitor, chloe: Visitor) -> None:
    with app.app_context():
        files.agree(
            benoit.account, version=1, agreement=Agreement.EXPENSES, association="", agreed_on=None,
            ceiling=3000, by=chloe.account,
        )  # fmt: skip
        db.session.commit()
        actor = benoit.account.actor_id
    claim(benoit, amount="25")
    benoit.get(HOME)
    assert "Proche du plafond" in benoit.page
    assert messages(app) == []
    for _time in range(2):
        claim(benoit, amount="10")
    assert len(messages(app)) == 2
    benoit.get(f"{HOME}/frais")
    assert "Plafond de l’année dépassé" in benoit.page
    assert "ne calcule aucun impôt" in benoit.page
    chloe.get("/equipe/partenaires")
    assert "plafond dépassé" in chloe.page
    chloe.get(f"/equipe/partenaires/{actor}")
    assert "45,00\u00a0€" in chloe.page


def test_nobody_else_sees_a_receipt(app: Flask, benoit: Visitor, amina: Visitor, nobody: Visitor) -> None:
    claim(benoit, receipt=jpeg())
    code = expenses(app)[0].code
    amina.get(f"{HOME}/frais/{code}/justificatif", status=403)
    nobody.get(f"{HOME}/frais/{code}/justificatif", status=302)
    amina.get(f"/equipe/partenaires/frais/{code}/justificatif", status=403)


def test_everything_is_in_the_copy_and_goes_with_the_account(app: Flask, benoit: Visitor) -> None:
    claim(benoit, receipt=jpeg())
    packed = zipfile.ZipFile(io.BytesIO(benoit.client.get(f"{HOME}/tout.zip").get_data()))
    (name,) = [name for name in packed.namelist() if name.startswith("justificatifs/")]
    assert packed.read(name).startswith(b"\xff\xd8")
    assert f"attestation-{THIS_YEAR}.pdf" in packed.namelist()
    with app.app_context():
        kept = record.account_record(benoit.account)
        assert kept["partner_file"]["expenses"][0]["cents"] == 1250
        privacy.erase_me(benoit.account)
        db.session.commit()
        folder = app.extensions["engage_settings"].files
        assert list(folder.iterdir()) == []
    assert (expenses(app), uploads(app)) == ([], 0)
