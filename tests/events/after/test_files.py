"""The list of a date as a file: never a formula, never a need, and counts alone once names are gone."""

from __future__ import annotations

import csv
import io
import json

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.db import db
from engage.events.kinds import CompanionRole, SignUpState
from engage.events.models import EventQuestion, Occurrence
from engage.events.signing.models import Companion, SignUp
from engage.journal.models import Entry
from tests import make
from tests.browser import Visitor
from tests.events.after.conftest import coming, over


def listed(app: Flask) -> str:
    """A date with somebody who writes what a spreadsheet would run."""
    with app.app_context():
        date = over(people=1, state=SignUpState.ATTENDED)
        db.session.add(EventQuestion(event_id=date.event_id, position=1, text="=SUM(A1)"))
        hostile = coming(
            date, "=cmd|' /C calc'!A0", SignUpState.ABSENT, party=2, contact="+33600000000",
            answers=json.dumps(["@SUM(1)"]), needs=["quiet"], needs_words="Un secret.",
        )  # fmt: skip
        db.session.add(Companion(sign_up_id=hostile.id, role=CompanionRole.CHILD, name="-Léo"))
        db.session.commit()
        return date.code


def taken(visitor: Visitor, code: str, kind: str = "csv") -> bytes:
    visitor.get(f"/equipe/evenements/dates/{code}/bilan")
    content: bytes = visitor.post(f"/equipe/evenements/dates/{code}/inscriptions.{kind}", status=200).data
    return content


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_nothing_in_it_is_a_formula(app: Flask, chloe: Visitor) -> None:
    code = listed(app)
    head, *lines = rows(taken(chloe, code))
    assert head[0] == "Nom"
    assert head[-1] == "'=SUM(A1)"
    assert [line[0] for line in lines] == ["Amina", "'=cmd|' /C calc'!A0"]
    assert lines[1][2:5] == ["2", "'-Léo (Enfant)", "'+33600000000"]
    assert lines[1][-1] == "'@SUM(1)"
    assert lines[0][-1] == ""
    assert "Un secret." not in str(lines)
    sheet = load_workbook(io.BytesIO(taken(chloe, code, "xlsx"))).active
    assert sheet is not None
    cells = list(sheet.iter_rows())[2]
    assert (cells[0].value, cells[0].data_type) == ("'=cmd|' /C calc'!A0", "s")
    assert (cells[2].value, cells[2].data_type) == (2, "n")
    with app.app_context():
        assert db.session.scalars(select(Entry.verb)).all() == ["guests exported"] * 2


def test_once_names_are_gone_only_counts_leave(app: Flask, chloe: Visitor) -> None:
    code = listed(app)
    with app.app_context():
        for one in db.session.scalars(select(SignUp)):
            one.name = one.contact = one.answers = None
        db.session.commit()
    assert rows(taken(chloe, code)) == [
        ["État", "Inscriptions", "Personnes"], ["Est venu·e", "1", "1"], ["N’est pas venu·e", "1", "2"],
    ]  # fmt: skip


def test_only_coordinators_take_it_out(app: Flask, amina: Visitor) -> None:
    code = listed(app)
    with app.app_context():
        staff = make.account("Inès", Role.STAFF).id
        db.session.commit()
        assert db.session.scalars(select(Occurrence)).one()
    ines = Visitor(app, staff)
    assert "inscriptions.csv" not in ines.get(f"/equipe/evenements/dates/{code}/bilan").text
    for visitor in (ines, amina):
        visitor.post(f"/equipe/evenements/dates/{code}/inscriptions.csv", status=403)
