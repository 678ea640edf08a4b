"""What a person signed up for is in their copy, and goes with their account."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.db import db
from engage.events.kinds import SignUpState
from engage.events.signing.models import SignUp
from tests import make
from tests.browser import Visitor
from tests.events.signing.people import signed, states


def test_amina_copies_and_erases_what_she_signed_up_for(amina: Visitor, app: Flask) -> None:
    """Her place goes to Benoît in the same moment."""
    with app.app_context():
        date = make.occurrence(make.event(), capacity=1)
        signed(date, account=db.session.get_one(Account, amina.account_id), needs_words="Un fauteuil")
        signed(date, "Benoît")
    copied = amina.get("/vos-donnees/copie").get_json()["sign_ups"]
    assert copied[0]["reminded_by"] is None
    assert [(one["event"], one["state"], one["needs_words"]) for one in copied] == [
        ("Marche du jeudi", "confirmed", "Un fauteuil")
    ]
    amina.get("/vos-donnees/effacement")
    amina.post("/vos-donnees/effacement", {"sure": "y"})
    with app.app_context():
        hers, benoits = db.session.scalars(select(SignUp).order_by(SignUp.id))
        assert states(hers, benoits) == [SignUpState.CANCELLED, SignUpState.OFFERED]
        assert (hers.account_id, hers.name, hers.contact, hers.needs_words) == (None,) * 4
