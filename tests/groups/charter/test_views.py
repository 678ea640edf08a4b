"""A charter in a browser: written at the desk, read by everybody, agreed to by members, printed."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.core.db import db
from engage.groups import queries as groups
from tests import make
from tests.browser import Visitor
from tests.core import paper as pdf


@pytest.fixture
def engine_name() -> str:
    """What the pages do; the rules are tried on both engines beside."""
    return "sqlite"


@pytest.fixture
def code(app: Flask, amina: Visitor) -> str:
    with app.app_context():
        group = make.group()
        make.membership(group, amina.account)
        db.session.commit()
        return group.code


def publish(chloe: Visitor, code: str) -> None:
    desk = f"/equipe/groupes/{code}/charte"
    chloe.get(desk)
    chloe.follow(chloe.post(f"{desk}/brouillon"))
    chloe.get(desk)
    chloe.follow(chloe.post(f"{desk}/publication"))


def test_written_published_read_and_agreed(
    code: str, chloe: Visitor, amina: Visitor, nobody: Visitor
) -> None:
    desk, page = f"/equipe/groupes/{code}/charte", f"/groupes/{code}/charte"
    assert "n’a pas encore de charte" in nobody.get(page).text
    chloe.get(desk)
    chloe.follow(chloe.post(f"{desk}/brouillon"))
    chloe.post(f"{desk}/modification", {"expenses": ""}, status=422)
    chloe.get(f"{desk}/modification")
    words = dict.fromkeys(("we_promise", "you_promise", "confidentiality", "image_rights"), "Promis.")
    chloe.follow(chloe.post(f"{desk}/modification", {**words, "expenses": "Sur facture."}))
    chloe.follow(chloe.post(f"{desk}/publication"))
    assert "Pas encore" in chloe.page
    assert "Sur facture." in nobody.get(page).text
    assert "J’accepte" not in nobody.page
    amina.get(page)
    amina.post(f"{page}/accord", status=422)
    assert "Cochez la case" in amina.page
    amina.follow(amina.post(f"{page}/accord", {"agrees": "y"}))
    assert "Vous l’avez acceptée" in amina.page
    assert "Acceptée le" in chloe.get(desk).text
    assert "Amina" not in nobody.get(page).text


def test_a_new_version_asks_again_and_the_old_one_can_be_read(
    code: str, chloe: Visitor, amina: Visitor
) -> None:
    page = f"/groupes/{code}/charte"
    publish(chloe, code)
    amina.get(page)
    old = amina.hidden() | {"agrees": "y"}
    publish(chloe, code)
    amina.post(f"{page}/accord", old, status=409)
    assert "plus récente" in amina.page
    assert "J’accepte" in amina.get(page).text
    assert "C’est une ancienne version" in amina.get(f"{page}/1").text
    amina.get(f"{page}/3", status=404)


def test_an_agreement_on_paper_is_noted_by_the_team(
    app: Flask, code: str, chloe: Visitor, amina: Visitor, benoit: Visitor
) -> None:
    publish(chloe, code)
    with app.app_context():
        group = groups.get(chloe.account, code)
        member = groups.members(group)[0].code
    desk = f"/equipe/groupes/{code}/charte"
    chloe.get(desk)
    chloe.follow(chloe.post(f"{desk}/papier/{member}"))
    assert "sur papier" in chloe.page
    assert "Vous l’avez acceptée" in amina.get(f"/groupes/{code}/charte").text
    chloe.post(f"{desk}/papier/zzzz", status=404)
    benoit.get(f"/groupes/{code}/charte")
    benoit.post(f"/groupes/{code}/charte/accord", {"agrees": "y", "number": "1"}, status=403)


def test_a_draft_is_thrown_away(app: Flask, code: str, chloe: Visitor) -> None:
    desk = f"/equipe/groupes/{code}/charte"
    chloe.get(desk)
    chloe.post(f"{desk}/brouillon")
    chloe.get(desk)
    chloe.follow(chloe.post(f"{desk}/retrait"))
    assert "Commencer une version" in chloe.page
    chloe.get(f"{desk}/modification", status=302)
    chloe.post(f"{desk}/publication")


def test_the_charter_on_paper_has_a_place_to_sign(app: Flask, code: str, chloe: Visitor) -> None:
    chloe.get(f"/groupes/{code}/charte.pdf", status=404)
    publish(chloe, code)
    words = pdf.words(chloe.get(f"/groupes/{code}/charte.pdf").data)
    assert "Charte\u00a0: Commission d’usagers" in words.replace(" :", "\u00a0:")
    assert "Signature" in words
    assert "J’ai lu cette charte" in words


def test_a_member_is_asked_in_the_space_of_the_group_until_they_agree(
    code: str, chloe: Visitor, amina: Visitor
) -> None:
    publish(chloe, code)
    assert "Une charte à lire" in amina.get(f"/groupes/{code}/espace").text
    amina.get(f"/groupes/{code}/charte")
    amina.post(f"/groupes/{code}/charte/accord", {"agrees": "y"})
    assert "Une charte à lire" not in amina.get(f"/groupes/{code}/espace").text
    assert f"/groupes/{code}/autonomie" in amina.get(f"/groupes/{code}").text
