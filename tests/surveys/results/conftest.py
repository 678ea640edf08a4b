"""Who releases results, and the language they are read in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from engage.accounts.models import Account, Role
from engage.core.db import db
from tests import make
from tests.browser import Visitor


@pytest.fixture
def reading(app: Flask) -> Iterator[None]:
    """A page in French, so that sentences have a language."""
    with app.test_request_context("/", method="POST"):
        yield


@pytest.fixture
def coordinator(reading: None) -> Account:
    return make.account("Chloé", Role.COORDINATOR)


@pytest.fixture
def elodie(app: Flask) -> Visitor:
    """Somebody of the team who coordinates nothing."""
    with app.app_context():
        account_id = make.account("Élodie", Role.STAFF).id
        db.session.commit()
    return Visitor(app, account_id)
