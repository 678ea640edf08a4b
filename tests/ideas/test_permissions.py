"""Who may support, and who may claim."""

from __future__ import annotations

import pytest

from engage.ideas import permissions as may
from engage.ideas.models import Publication
from tests import make

pytestmark = pytest.mark.usefixtures("session")


def test_everybody_supports_what_everybody_reads() -> None:
    for publication in Publication:
        idea = make.idea(publication=publication)
        for person in (None, make.account()):
            assert may.support(person, idea) is (publication is Publication.PUBLIC)
            assert may.stop_supporting(person, idea) is (publication is Publication.PUBLIC)


def test_an_idea_of_nobody_is_claimed_by_an_account() -> None:
    amina, benoit = make.account(), make.account("Benoît")
    assert may.claim(amina, make.idea())
    assert not may.claim(None, make.idea())
    assert not may.claim(benoit, make.idea(account_id=amina.id))
    assert not may.claim(amina, make.idea(publication=Publication.WITHDRAWN))
