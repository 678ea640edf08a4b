"""Groups at the desk: made from ready words, put right, given places; who lost their lead says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from engage.centre.queries import centre_today
from engage.core.cache import forget
from engage.core.db import db
from engage.desk.todo import todos
from engage.groups.belonging import actions, places
from engage.groups.models import Group, GroupKind, MemberKind, Side
from engage.groups.ready import ready
from tests import make
from tests.browser import Visitor

DESK = "/equipe/groupes"


def only(app: Flask) -> Group:
    return db.session.scalars(select(Group)).one()


def test_each_kind_comes_with_ready_words_and_more_users_than_professionals() -> None:
    for kind in GroupKind:
        held = ready()[kind]
        assert all(held.words.values())
        assert held.words["aim"].count(".") == 1
        users = held.places[Side.PATIENT] + held.places[Side.CARER]
        assert users > held.places[Side.TEAM] + held.places[Side.ELECTED]


@pytest.mark.parametrize("kind", list(GroupKind))
def test_chloe_makes_a_group_of_each_kind_without_typing(app: Flask, chloe: Visitor, kind: GroupKind) -> None:
    chloe.get(f"{DESK}/nouveau")
    chloe.get(f"{DESK}/nouveau/{kind}")
    held, today = ready()[kind], centre_today_of(app)
    said = {
        **held.words, "entry": held.entry, "starts_on": today, "ends_on": "", "is_public": "y",
        "referent_id": "", **{side.value: number for side, number in held.places.items()},
    }  # fmt: skip
    chloe.follow(chloe.post(f"{DESK}/nouveau/{kind}", said))
    assert held.words["name"] in chloe.page
    with app.app_context():
        group = only(app)
        assert [one.places for one in places.balance(group).sides] == list(held.places.values())


def centre_today_of(app: Flask) -> str:
    with app.app_context():
        return centre_today().isoformat()


def test_a_group_does_not_end_before_it_begins(chloe: Visitor) -> None:
    chloe.get(f"{DESK}/nouveau/commission")
    said = {"name": "Accueil", "aim": "Mieux accueillir.", "entry": "open", "referent_id": ""}
    dates = {"starts_on": "2026-05-01", "ends_on": "2026-04-30"}
    chloe.post(f"{DESK}/nouveau/commission", {**said, **dates, "patient": "-1"}, status=422)
    assert "avant de commencer" in chloe.page
    assert "De 0 à 100 places" in chloe.page
    chloe.get(f"{DESK}/nouveau/chorale", status=404)


def test_two_change_the_group_at_once(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        code = make.group(referent_id=chloe.account_id).code
        db.session.commit()
    chloe.get(f"{DESK}/{code}/modifier")
    said = {
        "name": "Commission accueil", "aim": "Mieux accueillir.", "entry": "open", "budget_line": "500 €",
        "starts_on": "2026-01-01", "ends_on": "", "referent_id": chloe.account_id,
    }  # fmt: skip
    old = chloe.hidden()
    chloe.post(f"{DESK}/{code}/modifier", {**said, "name": " "}, status=422)
    chloe.post(f"{DESK}/{code}/modifier", {**said, **old})
    chloe.post(f"{DESK}/{code}/modifier", {**said, **old, "name": "Autre"}, status=409)
    assert "Autre" in chloe.page  # given back, nothing lost
    with app.app_context():
        assert (only(app).name, only(app).is_public) == ("Commission accueil", False)


def test_a_group_with_more_professionals_says_so_everywhere(
    app: Flask, chloe: Visitor, nobody: Visitor
) -> None:
    with app.app_context():
        group = make.group()
        for side in (Side.TEAM, Side.ELECTED, Side.PATIENT):
            make.membership(group, make.account(str(side)), side=side)
        db.session.commit()
        code = group.code
    for visitor, path in (
        (nobody, f"/groupes/{code}"),
        (chloe, f"{DESK}/{code}"),
        (chloe, f"{DESK}/{code}/places"),
    ):
        visitor.get(path)
        assert "plus de professionnels (2) que d’usagers (1)" in visitor.page
    with app.app_context():
        make.membership(only(app), make.account("Aline"), side=Side.CARER)
        db.session.commit()
    nobody.get(f"/groupes/{code}")
    assert "plus de professionnels" not in nobody.page


def test_fewer_places_than_members_throw_nobody_out(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        group = make.group()
        make.membership(group, make.account())
        db.session.commit()
        code = group.code
    chloe.get(f"{DESK}/{code}/places")
    few = dict.fromkeys((side.value for side in Side), "0")
    chloe.post(f"{DESK}/{code}/places", {**few, "carer": "many"}, status=422)
    chloe.follow(chloe.post(f"{DESK}/{code}/places", few))
    with app.app_context():
        (patients,) = places.balance(only(app)).shown
        assert (patients.members, patients.places, patients.free) == (1, 0, 0)


def test_when_the_last_facilitator_leaves_the_coordination_hears_of_it(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        group = make.group()
        leads = make.membership(group, make.account(), kind=MemberKind.FACILITATOR)
        assert not [one for one in todos(chloe.account) if one.endpoint == "group_desk.show"]
        actions.end(leads, by=leads.account)
        db.session.commit()
        forget()
        (line,) = [one for one in todos(chloe.account) if one.endpoint == "group_desk.show"]
        assert line.code == group.code
    chloe.get("/equipe")
    assert "Commission d’usagers" in chloe.page
    chloe.get(f"{DESK}/{line.code}")
    assert "Personne n’anime plus ce groupe" in chloe.page
    chloe.get(DESK)
    assert "est partie" in chloe.page
    with app.app_context():
        make.membership(only(app), make.account("Benoît"), kind=MemberKind.FACILITATOR)
        db.session.commit()
        assert not [one for one in todos(chloe.account) if one.endpoint == "group_desk.show"]


def test_a_mandate_that_is_over_waits_for_the_coordination(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        late = centre_today() - timedelta(days=1)
        group = make.group()
        make.membership(group, make.account(), mandate_ends_on=late)
        db.session.commit()
        (line,) = [one for one in todos(chloe.account) if one.endpoint == "group_desk.show"]
        assert "mandat" in line.text
    chloe.get(DESK)
    assert "1 mandat est arrivé à son terme" in chloe.page
    chloe.get(f"{DESK}/{group_code(app)}")
    assert "mandat fini depuis" in chloe.page


def group_code(app: Flask) -> str:
    with app.app_context():
        return only(app).code
