"""What the post holds: the mails written so far, and the codes and links in them."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import func, select

from engage.accounts.models import Account
from engage.centre.models import Centre
from engage.core.db import db
from engage.outbox.models import Message


def mails(app: Flask) -> list[tuple[str, str]]:
    """Address and body, in the order of writing."""
    with app.app_context():
        rows = db.session.scalars(select(Message).order_by(Message.id))
        return [(row.address or "", row.body) for row in rows]


def last_code(app: Flask) -> str:
    """The 6 digits of the last mail, as they stand there: with a space."""
    found = re.search(r"^(\d{3} \d{3})$", mails(app)[-1][1], re.MULTILINE)
    assert found, mails(app)
    return found[1]


def last_path(app: Flask) -> str:
    """The path of the link in the last mail."""
    found = re.search(r"http://[^/]+(/\S+)", mails(app)[-1][1])
    assert found, mails(app)
    return found[1]


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(model)).one()


def require_second_factor(app: Flask) -> None:
    """The centre asks its team for a second factor."""
    with app.app_context():
        db.session.scalars(select(Centre)).one().staff_second_factor = True
        db.session.commit()


def email_of(app: Flask, account_id: int | None) -> str:
    with app.app_context():
        return db.session.get_one(Account, account_id).email or ""
