"""A sheet is printed, typed by digits, once or twice; no handwriting enters, and no trace of a hand."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engage.core.db import db
from engage.journal.models import Entry
from engage.surveys.answering import commands, queries
from engage.surveys.answering.given import Given, unpacked
from engage.surveys.answering.kinds import Answered, ChannelKind
from engage.surveys.answering.models import Channel, Pending, Sheet, Wave
from engage.surveys.answering.paper.lines import Line, Unreadable, lines, marks, typed
from engage.surveys.answering.taking import ILLEGIBLE
from engage.surveys.questionnaire.document import Question
from engage.surveys.questionnaire.models import Choice
from engage.surveys.questionnaire.models import Question as QuestionRow
from tests.browser import Visitor
from tests.surveys.answering import waves
from tests.surveys.questionnaire import sample

HERE = "/equipe/enquetes"
# came, why, minutes, long_wait, felt, listen, often, since, first, word, who
WHOLE = {
    "q_came": "1", "q_why": "12", "q_minutes": "45", "q_long_wait": "1", "q_felt": "5", "q_listen": "i",
    "q_often": "0", "q_since": "3/2026", "q_first": "3 1", "q_word": "", "q_who": "2",
}  # fmt: skip


def text_of(visitor: Visitor) -> str:
    return unescape(visitor.page).replace("\u00a0", " ").replace("\u202f", " ")


def line(key: str) -> Line:
    return next(one for one in lines(sample.document()) if one.key == key)


@pytest.fixture
def sheets(app: Flask) -> str:
    with app.app_context():
        return f"{HERE}/{waves.opened().code}/feuilles"


@pytest.fixture
def doubled(app: Flask) -> str:
    with app.app_context():
        return f"{HERE}/{waves.opened(double_entry=True).code}/feuilles"


def waiting() -> list[dict[str, Given]]:
    """What was sent, by the key of the question."""
    keys = {row.id: row.key for row in db.session.scalars(select(QuestionRow))}
    contents = db.session.scalars(select(Pending.content)).all()
    return [{keys[given.question_id]: given for given in unpacked(content)} for content in contents]


def type_one(visitor: Visitor, sheets: str, digits: dict[str, str], number: int, status: int = 302) -> None:
    visitor.get(sheets)
    visitor.post(sheets, {"number": str(number)} | digits, status=status)


@pytest.mark.parametrize(
    ("key", "said", "meant"),
    [
        ("came", "1", ["yes"]),
        ("came", " 0 ", []),
        ("came", "", []),
        ("came", "I", [ILLEGIBLE]),
        ("why", "21", ["doctor", "nurse"]),
        ("why", "2 , 1", ["doctor", "nurse"]),
        ("why", "3", ["none"]),
        ("minutes", "0", ["0"]),
        ("minutes", "-", []),
        ("minutes", "12,5", ["12,5"]),
        ("since", "3 2026", ["2026-3"]),
        ("since", "2026-03", ["2026-3"]),
        ("first", "3 1", ["hours", "phone"]),
        ("first", "31", ["hours", "phone"]),
        ("word", "1", ["…"]),
        ("word", "0", []),
    ],
)
def test_digits_say_what_was_ticked(key: str, said: str, meant: list[str]) -> None:
    assert marks(line(key), said) == meant


@pytest.mark.parametrize(
    ("key", "said"),
    [("came", "4"), ("came", "x"), ("why", "15"), ("since", "mars"), ("since", "3"), ("word", "Merci !")],
)
def test_digits_that_say_nothing_are_refused(app: Flask, key: str, said: str) -> None:
    with app.test_request_context("/"), pytest.raises(Unreadable):
        marks(line(key), said)


@pytest.mark.parametrize(("key", "said"), [("why", "1 2"), ("first", "3 1"), ("word", "1"), ("came", "i")])
def test_what_was_understood_is_shown_as_digits_again(key: str, said: str) -> None:
    assert typed(line(key), marks(line(key), said)) == said


def test_a_sheet_is_typed_in_one_go(app: Flask, chloe: Visitor, sheets: str) -> None:
    chloe.get(sheets)
    assert "0 feuille comptée" in text_of(chloe)
    assert 'name="number" type="text" value="1"' in chloe.page or 'value="1"' in chloe.page
    type_one(chloe, sheets, WHOLE, 1)
    chloe.get(sheets)
    assert "La feuille 1 est comptée" in text_of(chloe)
    assert "1 feuille comptée" in text_of(chloe)
    with app.app_context():
        (given,) = waiting()
        assert {key: one.state for key, one in given.items()} == {
            "hello": Answered.NOT_SHOWN, "came": Answered.ANSWERED, "why": Answered.ANSWERED,
            "minutes": Answered.ANSWERED, "long_wait": Answered.ANSWERED, "felt": Answered.ANSWERED,
            "listen": Answered.ILLEGIBLE, "often": Answered.SKIPPED, "since": Answered.ANSWERED,
            "first": Answered.ANSWERED, "word": Answered.SKIPPED, "who": Answered.ANSWERED,
        }  # fmt: skip
        assert given["minutes"].number == 45
        assert str(given["since"].month) == "2026-03-01"
        codes = {row.id: row.code for row in db.session.scalars(select(Choice))}
        assert [codes[one] for one in given["first"].choices] == ["hours", "phone"]
        assert all(one.words == "" for one in given.values()), "handwriting never enters"
        paper = db.session.scalars(select(Channel).filter_by(kind=ChannelKind.PAPER)).one()
        assert paper.completed == 1


def test_a_rule_to_skip_that_nobody_followed_counts_for_nothing(
    app: Flask, chloe: Visitor, sheets: str
) -> None:
    type_one(chloe, sheets, WHOLE | {"q_came": "2"}, 1)
    with app.app_context():
        (given,) = waiting()
        assert {given[key].state for key in ("why", "minutes", "long_wait")} == {Answered.NOT_SHOWN}


def test_errors_stand_beside_their_line_and_nothing_is_lost(app: Flask, chloe: Visitor, sheets: str) -> None:
    type_one(chloe, sheets, WHOLE | {"q_felt": "9", "q_word": "Merci à toutes", "number": ""}, 1, 422)
    assert "Tapez le numéro de la feuille" in text_of(chloe)
    type_one(chloe, sheets, WHOLE | {"q_felt": "9", "q_word": "Merci à toutes"}, 1, 422)
    assert "ils vont de 1 à 5" in text_of(chloe)
    assert "Tapez 1 si la personne a écrit" in text_of(chloe)
    assert 'value="3/2026"' in chloe.page
    type_one(chloe, sheets, WHOLE | {"q_minutes": "9999"}, 1, 422)
    assert "entre 0 et 300" in text_of(chloe)
    with app.app_context():
        assert waiting() == []
        assert db.session.scalars(select(Sheet)).all() == []


def test_a_sheet_counts_once(app: Flask, chloe: Visitor, sheets: str) -> None:
    type_one(chloe, sheets, WHOLE, 7)
    key = chloe.hidden()["submission_key"]
    chloe.post(sheets, {"number": "7"} | WHOLE)  # the same form, sent twice
    chloe.get(sheets)
    assert chloe.hidden()["submission_key"] != key
    chloe.post(sheets, {"number": "7"} | WHOLE, status=409)
    assert "déjà saisie" in text_of(chloe)
    with app.app_context():
        assert len(waiting()) == 1
        wave = db.session.scalars(select(Wave)).one()
        assert queries.sheets(wave) == (1, 0)
    chloe.get(sheets)
    assert 'value="8"' in chloe.page


def test_the_journal_knows_the_number_of_the_sheet_alone(app: Flask, chloe: Visitor, sheets: str) -> None:
    type_one(chloe, sheets, WHOLE, 12)
    with app.app_context():
        entry = db.session.scalars(select(Entry).filter_by(verb="sheet typed")).one()
        assert (entry.subject_kind, entry.note) == ("wave", "12")
        assert set(Sheet.__table__.columns.keys()) == {"wave_id", "number", "waiting"}
        assert db.session.scalars(select(Sheet.waiting)).one() is None


def test_two_entries_that_agree_count_once(app: Flask, chloe: Visitor, admin: Visitor, doubled: str) -> None:
    type_one(chloe, doubled, WHOLE, 1)
    chloe.post(doubled, {"number": "1"} | WHOLE)  # a double click is no second entry
    chloe.get(doubled)
    assert "première saisie gardée" in text_of(chloe)
    assert "1 attend sa seconde saisie" in text_of(chloe)
    with app.app_context():
        assert waiting() == []
        sealed = (
            db.session.connection().exec_driver_sql("SELECT waiting FROM survey_typed_sheet").scalar_one()
        )
        assert "minutes" not in sealed, "it waits encrypted"
    type_one(admin, doubled, WHOLE | {"q_why": "2 1"}, 1)
    with app.app_context():
        assert len(waiting()) == 1
        assert db.session.scalars(select(Sheet.waiting)).one() is None


def test_two_entries_that_differ_are_settled_question_by_question(
    app: Flask, chloe: Visitor, admin: Visitor, doubled: str
) -> None:
    type_one(chloe, doubled, WHOLE, 1)
    type_one(admin, doubled, WHOLE | {"q_felt": "4", "q_first": "13"}, 1, 200)
    page = text_of(admin)
    assert "Feuille 1 : deux saisies différentes" in page
    assert re.search(r"Première saisie : 5<br>Seconde saisie : 4", page)
    assert 'name="q_felt"' in page
    assert 'name="q_came"' not in page
    with app.app_context():
        assert waiting() == []
    admin.post(f"{doubled}/accord", {"q_felt": "8", "q_first": "13"}, status=422)
    assert re.search(r"Première saisie : 5<br>Seconde saisie : 4", text_of(admin)), "both entries stay"
    assert re.search(r"Première saisie : 3 1<br>Seconde saisie : 1 3", text_of(admin))
    admin.post(f"{doubled}/accord", {"q_felt": "4", "q_first": "13", "seen": "x"}, status=409)
    type_one(admin, doubled, WHOLE | {"q_felt": "4", "q_first": "13"}, 1, 200)
    admin.follow(admin.post(f"{doubled}/accord", {"q_felt": "4", "q_first": "13"}))
    assert "La feuille 1 est comptée" in text_of(admin)
    with app.app_context():
        (given,) = waiting()
        codes = {row.id: row.code for row in db.session.scalars(select(Choice))}
        felt: Question | None = sample.document().question("felt")
        assert felt
        assert codes[given["felt"].choices[0]] == felt.choices[3].code
        assert [codes[one] for one in given["first"].choices] == ["phone", "hours"]
        assert given["minutes"].number == 45


def test_first_entries_hold_double_entry_on(app: Flask, chloe: Visitor, doubled: str) -> None:
    type_one(chloe, doubled, WHOLE, 1)
    page = doubled.replace("/feuilles", "/modification")
    chloe.get(page)
    with app.app_context():
        wave = db.session.scalars(select(Wave)).one()
        keep = {
            "title": wave.title, "purpose": wave.purpose, "closes_on": wave.closes_at.date().isoformat(),
            "closes_hour": "20:00", "channels": [*ChannelKind], "minimum_cell": "10",
            "results_on": "", "retained_until": wave.retained_until.isoformat(),
        }  # fmt: skip
    chloe.post(page, keep, status=409)
    assert "attendent leur seconde saisie" in text_of(chloe)


def test_after_the_closing_no_sheet_counts(
    app: Flask, chloe: Visitor, sheets: str, time_machine: Any
) -> None:
    chloe.get(sheets)
    with app.app_context():
        wave = db.session.scalars(select(Wave)).one()
        code, after = wave.code, wave.closes_at
    time_machine.move_to(after)
    time_machine.shift(60)
    with app.app_context():
        assert not queries.is_open(queries.wave_by_code(code))
        commands.settle()
    assert code in sheets


@pytest.mark.parametrize("query", ["", "?taille=large&langue=en", "?taille=giant&langue=xx"])
def test_the_sheet_is_printed_in_two_sizes(chloe: Visitor, sheets: str, query: str) -> None:
    response = chloe.client.get(sheets.replace("/feuilles", f"/feuille.pdf{query}"))
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    assert response.get_data().startswith(b"%PDF")


def test_how_many_sheets_were_handed_out_is_asked(app: Flask, chloe: Visitor, sheets: str) -> None:
    for number in range(1, 7):
        type_one(chloe, sheets, WHOLE, number)
    page = sheets.replace("/feuilles", "/papier")
    chloe.get(page)
    chloe.post(page, {"handed_out": ""}, status=422)
    chloe.get(page)
    chloe.post(page, {"handed_out": "5"}, status=409)
    assert "recompter" in text_of(chloe)
    chloe.get(page)
    chloe.follow(chloe.post(page, {"handed_out": "12"}))
    assert "50 % des 12 remis" in text_of(chloe)
