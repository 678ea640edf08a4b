"""A file is understood line by line before anything is written."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engage.core.db import db
from engage.core.errors import Refused
from engage.core.sheets import SheetError
from engage.ideas.exchange import plan
from engage.ideas.exchange.plan import Line, Plan
from engage.ideas.exchange.words import sentence
from engage.intake.models import Door
from tests import make
from tests.ideas.exchange.sheet import GOOD, REAL, needs_real, stream

pytestmark = pytest.mark.usefixtures("session")


def read(text: str) -> Plan:
    return plan.read(stream(text))


def only(text: str) -> Line:
    (line,) = read(text).lines
    return line


def fault(text: str) -> str:
    (error,) = read(text).faults
    return f"{error.line}: {sentence(error)}"


@needs_real
def test_the_ideas_of_real_workshops_are_understood_whole() -> None:
    with REAL.open("rb") as file:
        found = plan.read(file)
    assert (len(found.lines), found.faults, found.passed_over) == (41, [], [])
    assert {line.door for line in found.lines} == {Door.WORKSHOP}
    assert all(line.workshop and line.table for line in found.lines)
    assert len({line.digest for line in found.lines}) == 41


def test_only_the_text_is_compulsory() -> None:
    line = only("text\nUn banc devant la porte.\n")
    assert (line.title, line.workshop, line.table, line.theme_id) == ("", "", "", None)
    assert line.door is Door.WORKSHOP
    assert line.shown_title == "Un banc devant la porte."


@pytest.mark.parametrize("said", ["reach", "Nous joindre", "NOUS JOINDRE"])
def test_a_theme_is_known_by_its_code_or_its_name(said: str) -> None:
    assert only(f"text,theme\nUn banc,{said}\n").theme_id == make.theme("reach").id


@pytest.mark.parametrize(
    ("said", "door"), [("paper", Door.PAPER), ("Téléphone", Door.PHONE), ("", Door.WORKSHOP)]
)
def test_a_door_is_known_by_its_code_or_its_name(said: str, door: Door) -> None:
    assert only(f"text,door\nUn banc,{said}\n").door is door


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Un banc,,,", "2: Le texte est vide."),
        ("Un banc,🙂,,", "2: Le texte est vide."),
        (f"Un banc,{'a' * 10_001},,", "2: Le texte dépasse 10000 caractères."),
        (f"{'a' * 201},Un banc,,", "2: «\u00a0title\u00a0» dépasse 200 caractères."),
        ("Un banc,Un banc,cave,", "2: La porte d’entrée «\u00a0cave\u00a0» est inconnue."),
        ("Un banc,Un banc,,Lune", "2: Le thème «\u00a0Lune\u00a0» est inconnu."),
        ("Un banc,Un banc", "2: Cette ligne a 2 cases, la première ligne en a 4."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(row: str, said: str) -> None:
    assert fault(f"title,text,door,theme\n{row}\n") == said


def test_a_text_of_ten_thousand_characters_comes_in_whole() -> None:
    assert len(only(f"text\n{'a' * 10_000}\n").text) == 10_000


def test_columns_that_say_nothing_to_us_are_named() -> None:
    assert read("text,couleur,note\nUn banc,bleu,3\n").passed_over == ["couleur", "note"]


def test_a_file_without_a_column_of_texts_is_refused_whole() -> None:
    with pytest.raises(SheetError, match="No column is named “text”"):
        read("titre,texte\nUn banc,Devant la porte\n")


def test_the_report_goes_by_line_good_ones_and_bad_ones() -> None:
    found = read("text\nUn banc\n \n🙂\nUne rampe\n")
    assert [getattr(one, "number", None) or one.line for one in found.report()] == [2, 4, 5]  # type: ignore[union-attr]


def test_nothing_is_to_be_written_while_a_line_is_bad_unless_it_is_left_out() -> None:
    found = read("text\nUn banc\n🙂\n")
    with pytest.raises(Refused, match="rien n’est importé"):
        found.to_write(skip_bad=False)
    assert [line.text for line in found.to_write(skip_bad=True)] == ["Un banc"]


def test_the_same_row_twice_in_one_file_is_one_idea() -> None:
    found = read("text\nUn banc\nUn banc\nUne rampe\n")
    assert [line.is_known for line in found.lines] == [False, True, False]


def test_a_row_is_known_again_by_its_cells_whatever_program_saved_the_file() -> None:
    ours = [line.digest for line in read(GOOD).lines]
    semicolons = "".join(
        ";".join(f'"{cell}"' for cell in row.split(",")) + "\r\n" for row in GOOD.strip().split("\n")
    )
    windows = plan.read(io.BytesIO(semicolons.encode("cp1252")))
    assert [line.digest for line in windows.lines] == ours
    first, second = read(GOOD.replace("Horaires", "Ouverture")).lines
    assert (first.digest == ours[0], second.digest == ours[1]) == (True, False)


def test_a_row_that_became_an_idea_is_known() -> None:
    first, second = read(GOOD).lines
    make.idea(import_digest=first.digest)
    db.session.flush()
    found = read(GOOD)
    assert [line.is_known for line in found.lines] == [True, False]
    assert (found.known, [line.digest for line in found.fresh]) == (1, [second.digest])


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(b"text\n\xff\xfe\n")
@example("text\n\u202eUn banc\u200b\n".encode())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_break_the_reading(content: bytes) -> None:
    with suppress(SheetError):
        found = plan.read(io.BytesIO(b"text\n" + content))
        assert all(line.text for line in found.lines)
        assert all(sentence(one) for one in found.faults)
