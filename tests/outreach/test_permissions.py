"""Contacts are the team's business only."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.accounts.models import Role
from engage.outbox.models import State
from engage.outreach import permissions as may
from tests import make
from tests.browser import Visitor
from tests.outreach.conftest import Waiter, states

DEEDS = [may.see_list, may.reveal, may.tell, may.untell, may.send_again, may.print_list]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_team_may(session: None, role: Role) -> None:
    account = make.account("Alix", role)
    for deed in DEEDS:
        assert deed(account) is account.is_staff
        assert deed(None) is False


def test_others_are_refused(
    app: Flask, amina: Visitor, benoit: Visitor, nobody: Visitor, waiting: Waiter
) -> None:
    code = waiting()
    for visitor, status in ((amina, 403), (benoit, 403), (nobody, 302)):
        visitor.get("/equipe/appels", status=status)
        for deed in (f"{code}/coordonnees", f"{code}/annulation", f"{code}/renvoi", "prevenus", "liste.pdf"):
            visitor.post(f"/equipe/appels/{deed}", {"code": code}, status=status)
            assert "06 00 00 00 01" not in visitor.page
    assert states(app) == [State.WAITING]
