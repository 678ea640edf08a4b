"""Who may open tablets, edit the words of distress, read private messages."""

from __future__ import annotations

import pytest

from engage.accounts.models import Account, Role
from engage.core import cache
from engage.core.db import db
from engage.intake import permissions as may
from tests import make

pytestmark = pytest.mark.usefixtures("session")

TEAM = {Role.STAFF, Role.COORDINATOR, Role.ADMIN}


def people() -> dict[Role, Account]:
    return {role: make.account(role.title(), role) for role in Role}


def test_the_team_sets_up_tablets() -> None:
    for role, person in people().items():
        for deed in (may.see_kiosks, may.open_kiosk, may.rename_kiosk, may.close_kiosk):
            assert deed(person) is (role in TEAM)
    assert not may.open_kiosk(None)


def test_administrators_alone_edit_the_words_of_distress() -> None:
    for role, person in people().items():
        assert may.add_distress_phrase(person) is (role is Role.ADMIN)
        assert may.remove_distress_phrase(person) is (role is Role.ADMIN)
    assert not may.add_distress_phrase(None)


def test_private_messages_are_for_who_steers_and_who_is_on_duty() -> None:
    everyone = people()
    for role, person in everyone.items():
        assert may.read_complaints(person) is (role in {Role.COORDINATOR, Role.ADMIN})
    make.referent(everyone[Role.STAFF])
    db.session.flush()
    cache.forget()
    assert may.read_complaints(everyone[Role.STAFF])
    assert may.close_complaint(everyone[Role.STAFF])
    assert not may.read_complaints(None)
