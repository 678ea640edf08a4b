"""The list, the public page and the space of a group."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from engage.accounts import session as account_session
from engage.core import cache
from engage.core.clock import now
from engage.core.db import db
from engage.groups.belonging import actions
from engage.groups.models import Autonomy, Entry, MemberKind, MembershipWish, Side
from tests import make
from tests.browser import Visitor
from tests.groups.meeting import sample as meetings
from tests.groups.minutes import meeting as minutes
from tests.groups.world import furnish


def test_everybody_finds_public_groups_and_members_their_own(
    app: Flask, nobody: Visitor, amina: Visitor
) -> None:
    nobody.get("/groupes")
    assert "Aucun groupe ne se réunit" in nobody.page
    with app.app_context():
        make.group("Commission d’usagers")
        make.group("Comité de marche", closed_at=now())
        make.membership(make.group("Cercle discret", is_public=False), amina.account)
        db.session.commit()
    nobody.get("/groupes")
    assert "Commission d’usagers" in nobody.page
    assert "Groupes terminés" in nobody.page
    assert "Cercle discret" not in nobody.page
    amina.get("/groupes")
    assert "Cercle discret" in amina.page


def test_the_public_page_says_why_who_decides_and_who_agreed_to_be_named(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        group = make.group(
            mandate="Aider à mieux accueillir.", autonomy=Autonomy.CO_LED, rhythm="Un mardi par mois."
        )
        named = make.membership(group, make.account("Odile"), kind=MemberKind.CO_CHAIR)
        db.session.get_one(MembershipWish, named.id).is_named = True
        make.membership(group, make.account("Secrète"))
        db.session.commit()
        code = group.code
    nobody.get(f"/groupes/{code}")
    for words in ("Aider à mieux accueillir", "mènent ensemble", "Odile, comme patient·e (coprésidence)"):
        assert words in nobody.page
    assert "Secrète" not in nobody.page
    assert "Je propose ma candidature" in nobody.page


def test_each_way_in_is_said_in_words(app: Flask, nobody: Visitor, amina: Visitor) -> None:
    with app.app_context():
        codes = {entry: make.group(entry=entry, places=1).code for entry in Entry}
        full = make.group(entry=Entry.OPEN, places=0).code
        db.session.commit()
    nobody.get(f"/groupes/{codes[Entry.OPEN]}")
    assert "Connectez-vous" in nobody.page
    amina.get(f"/groupes/{codes[Entry.OPEN]}")
    assert re.findall(r'name="side" value="(\w+)"', amina.page) == ["patient", "carer", "association"]
    amina.get(f"/groupes/{codes[Entry.INVITATION]}")
    assert "sur invitation" in amina.page
    amina.get(f"/groupes/{full}")
    assert "Toutes les places sont prises" in amina.page


def test_who_has_left_keeps_what_they_wrote(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        group = make.group()
        member = make.membership(group, amina.account)
        held = meetings.meeting(group)
        meetings.point(held, "Un banc dehors", kept=False, proposed_by_id=amina.account_id)
        said = minutes.minutes(minutes.meeting(group))
        minutes.correction(said, amina.account)
        db.session.commit()
        code = group.code
    amina.get(f"/groupes/{code}/espace")
    with app.app_context():
        actions.end(db.session.merge(member), by=amina.account)
        db.session.commit()
    amina.get(f"/groupes/{code}/espace", status=403)
    amina.get("/groupes")
    assert "Groupes que vous avez quittés" in amina.page
    amina.get(f"/groupes/{code}/mes-ecrits")
    assert "Un banc dehors" in amina.page
    assert "C’était mercredi." in amina.page


def test_who_wrote_nothing_reads_that(app: Flask, benoit: Visitor) -> None:
    with app.app_context():
        group = make.group()
        make.membership(group, benoit.account, side=Side.CARER)
        db.session.commit()
        code = group.code
    benoit.get(f"/groupes/{code}/mes-ecrits")
    assert "rien écrit" in benoit.page


@pytest.mark.parametrize(
    ("who", "page", "most"), [("member", "/espace", 8), ("referent", "/espace", 8), ("nobody", "", 0)]
)
def test_a_page_of_a_group_with_everything_in_it_asks_few_things(
    app: Flask, monkeypatch: pytest.MonkeyPatch, who: str, page: str, most: int
) -> None:
    """As the site runs: what every page needs is remembered, so the second visit counts."""
    with app.app_context():
        world = furnish(app, autonomy=Autonomy.CO_LED, is_public=True)
    monkeypatch.setattr(cache, "monotonic", lambda: 0.0)  # nothing is forgotten between two visits
    monkeypatch.setattr(account_session, "SEEN_EVERY", timedelta(days=1))  # nobody is seen anew
    monkeypatch.setattr(app, "testing", False)
    visitor = world.visitors[who]
    visitor.get(f"/groupes/{world.group}{page}")
    with visitor.counting() as asked:
        visitor.get(f"/groupes/{world.group}{page}")
    assert len(asked) <= most, "\n".join(asked)
