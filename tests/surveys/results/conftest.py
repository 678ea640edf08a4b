"""Who releases results, and the language they are read in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from engage.accounts.models import Account, Role
from tests import make


@pytest.fixture
def reading(app: Flask) -> Iterator[None]:
    """A page in French, so that sentences have a language."""
    with app.test_request_context("/", method="POST"):
        yield


@pytest.fixture
def coordinator(reading: None) -> Account:
    return make.account("Chloé", Role.COORDINATOR)
