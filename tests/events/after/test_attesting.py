"""In writing, that somebody came: for themselves, and for the team to hand out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.events.after.attesting import paper, queries
from engage.events.kinds import SignUpState
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.journal.models import Entry
from tests import make
from tests.browser import Visitor
from tests.core.paper import read, words
from tests.events.after.conftest import coming, kept, over


def codes(app: Flask) -> dict[str | None, str]:
    with app.app_context():
        return {one.name: one.code for one in db.session.scalars(select(SignUp))}


def verbs(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Entry.verb).order_by(Entry.id)))


def test_who_came_under_a_name_to_a_date_that_is_over(session: None) -> None:
    date = over(people=1, state=SignUpState.ATTENDED)
    coming(date, "Rosa", SignUpState.WALK_IN)
    for name, state in (
        (None, SignUpState.WALK_IN),
        ("Omar", SignUpState.ABSENT),
        ("Ana", SignUpState.CONFIRMED),
    ):
        coming(date, name, state)
    assert [one.name for one in queries.attested(date)] == ["Amina", "Rosa"]
    date.ends_at = now() + timedelta(minutes=1)
    assert not queries.attested(date)


def test_the_paper_says_when_where_and_how_long(session: None) -> None:
    date = over(
        people=1, state=SignUpState.ATTENDED, neutral_title="Rencontre du mardi", place="Salle 2",
        address="Rue des Lilas",
    )  # fmt: skip
    sheet = words(paper.response(queries.attested(date), date).data)
    for expected in ("Amina", "Rencontre du mardi", "Salle 2, Rue des Lilas", "1 h 30", str(date.day.year)):
        assert expected in sheet, expected
    assert "Atelier sommeil" not in sheet
    date.ends_at = date.starts_at + timedelta(days=1)
    assert words(paper.response(queries.attested(date), date).data).count(str(date.day.year)) >= 2


def test_the_team_prints_all_of_them_or_one(app: Flask, chloe: Visitor) -> None:
    code = kept(app, people=3, state=SignUpState.ATTENDED)
    assert "Toutes les attestations" in chloe.get(f"/equipe/evenements/dates/{code}/bilan").text
    sheet = chloe.post(f"/equipe/evenements/dates/{code}/attestations.pdf", status=200)
    assert sheet.mimetype == "application/pdf"
    assert "no-store" in sheet.headers["Cache-Control"]
    assert len(read(sheet.data).pages) == 3
    page = chloe.post(f"/equipe/evenements/dates/{code}/liste", status=200).text
    one = codes(app)["Benoît"]
    assert f"/equipe/evenements/inscriptions/{one}/attestation.pdf" in page
    single = chloe.post(f"/equipe/evenements/inscriptions/{one}/attestation.pdf", status=200)
    assert "Benoît" in words(single.data)
    assert "Amina" not in words(single.data)
    assert verbs(app) == ["attendance certified", "guests viewed", "attendance certified"]


def test_who_did_not_come_gets_none(app: Flask, chloe: Visitor) -> None:
    code = kept(app, people=1, state=SignUpState.ABSENT)
    chloe.get(f"/equipe/evenements/dates/{code}/bilan")
    chloe.post(f"/equipe/evenements/dates/{code}/attestations.pdf", status=409)
    chloe.post(f"/equipe/evenements/inscriptions/{codes(app)['Amina']}/attestation.pdf", status=409)
    assert not verbs(app)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_the_person_finds_theirs_on_their_own_page(app: Flask, amina: Visitor, benoit: Visitor) -> None:
    with app.app_context():
        starts = now() - timedelta(days=1)
        date = make.occurrence(make.event(), starts_at=starts)
        mine = coming(date, "Amina", SignUpState.ATTENDED, account_id=amina.account_id).code
        theirs = coming(date, "Paul", SignUpState.ABSENT, account_id=amina.account_id).code
        db.session.commit()
    here = f"/evenements/inscription/{mine}"
    assert f"{here}/attestation.pdf" in amina.get(here).text
    assert "Amina" in words(amina.get(f"{here}/attestation.pdf").data)
    benoit.get(f"{here}/attestation.pdf", status=404)
    assert "attestation.pdf" not in amina.get(f"/evenements/inscription/{theirs}").text
    amina.get(f"/evenements/inscription/{theirs}/attestation.pdf", status=404)


def test_only_the_team_prints_for_others(app: Flask, amina: Visitor) -> None:
    code = kept(app, people=1, state=SignUpState.ATTENDED)
    amina.post(f"/equipe/evenements/dates/{code}/attestations.pdf", status=403)
    amina.post(f"/equipe/evenements/inscriptions/{codes(app)['Amina']}/attestation.pdf", status=403)


def test_a_list_without_names_gives_nothing(session: None) -> None:
    date = over(people=2, state=SignUpState.ATTENDED)
    for one in db.session.scalars(select(SignUp)):
        one.name = None
    assert not queries.attested(db.session.scalars(select(Occurrence).filter_by(id=date.id)).one())
