"""The guide: what it must be before readers see it, how it is written, shown and printed."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from engage.centre import queries as centre_queries
from engage.core.db import db
from engage.core.errors import Refused
from engage.pages.guide import actions, commands, queries, shaping
from engage.pages.guide.checking import problems
from engage.pages.guide.filing import filed
from engage.pages.guide.parsing import parse, stored, written
from engage.pages.guide.tree import Choice, Contact, End, Question, Tree, plain
from tests import make
from tests.browser import Visitor
from tests.core.paper import read, words
from tests.pages.guide.small import FIRST, HELP, HOME, NURSE, SMALL, begun, published


def sentences(tree: Tree) -> str:
    return " ".join(one.sentence for one in problems(tree))


def more(*choices: Choice) -> Tree:
    return shaping.put(SMALL, replace(FIRST, choices=FIRST.choices + choices))


def helped_by(contact: Contact) -> Tree:
    return shaping.put(SMALL, replace(HELP, contacts=(contact,)))


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (replace(SMALL, danger=()), "15"),
        (replace(SMALL, first="rien"), "première question"),
        (shaping.put(SMALL, replace(FIRST, choices=FIRST.choices[:1])), "deux choix"),
        (more(Choice("Là", "ailleurs")), "nulle part"),
        (more(Choice("Encore", "debut")), "rond"),
        (shaping.put(SMALL, End("seul", "Seul", does="Oui.", contacts=(NURSE,))), "Aucun choix"),
        (shaping.put(SMALL, replace(HELP, contacts=())), "numéro"),
        (helped_by(replace(NURSE, who="15")), "qui répond"),
        (helped_by(replace(NURSE, phone="36 46")), ""),
        (helped_by(replace(NURSE, phone="04 00 00")), "numéro de téléphone"),
        (replace(SMALL, ends=(HELP, HELP, HOME)), "deux fois"),
        (shaping.put(SMALL, replace(HELP, does="")), "une phrase"),
        (shaping.put(SMALL, replace(HELP, steps=("Appelez le 51.",))), "Un numéro d’urgence"),
    ],
)  # fmt: skip
def test_each_fault_is_said(session: None, tree: Tree, said: str) -> None:
    assert not problems(SMALL)
    assert bool(said) == bool(problems(tree))
    assert said in sentences(tree)


def test_nobody_answers_more_than_three_questions(session: None) -> None:
    def chain(length: int) -> Tree:
        asked = [
            Question(
                f"q{at}", f"Question {at} ?", choices=(Choice("Oui", f"q{at + 1}"), Choice("Non", "aide"))
            )
            for at in range(1, length)
        ]
        last = Question(
            f"q{length}", "La dernière ?", choices=(Choice("Oui", "maison"), Choice("Non", "aide"))
        )
        return replace(SMALL, first="q1", questions=(*asked, last))

    assert not problems(chain(3))
    (deep,) = problems(chain(4))
    assert deep.key == "q4"
    assert deep.path == ("questions", 3)


def test_what_the_settings_say_reaches_the_end(session: None) -> None:
    """The centre moved: no guide is written anew. Without phone and address, nobody would be reached."""
    centre = centre_queries.editable()
    centre.phone, centre.address = "", ""
    db.session.flush()
    assert "Rentrer" in sentences(SMALL)


def test_a_file_is_taken_whole_or_not_at_all(session: None) -> None:
    circle = more(Choice("Encore", "debut"))
    found = filed(written(circle).encode())
    assert found.tree is None
    (fault,) = found.faults
    line = written(circle).splitlines()[(fault.line or 0) - 1]
    assert line.strip() == "to: debut"
    assert filed(written(SMALL).encode()).tree == SMALL
    assert filed(b"title: [").faults[0].line
    assert "line" not in str(filed(b"title: Bonjour\n").faults[0])
    assert parse(written(SMALL).encode())[0] == stored(plain(SMALL)) == SMALL


def test_a_choice_brings_what_it_leads_to() -> None:
    new = (Choice("J’ai mal", shaping.NEW_END), Choice("Où ?", shaping.NEW_QUESTION))
    asked = replace(FIRST, choices=FIRST.choices + new)
    grown = shaping.ask(SMALL, asked)
    first = grown.node("debut")
    assert isinstance(first, Question)
    assert [one.to for one in first.choices] == ["maison", "aide", "j-ai-mal", "ou"]
    assert shaping.key_of(grown, "Où ?") == "ou-2"
    shrunk = shaping.remove(grown, "ou")
    assert shrunk.node("ou") is None
    assert [one.to for one in shrunk.questions[0].choices] == ["maison", "aide", "j-ai-mal"]


def test_nobody_overwrites_the_words_of_another(app: Flask, chloe: Visitor, admin: Visitor) -> None:
    with app.app_context():
        begun()
        draft = queries.drafted("fr")
        seen = draft.version
        actions.edit(draft, replace(SMALL, lead="Bonjour."), version=seen, by=chloe.account)
        db.session.commit()
        draft = queries.drafted("fr")
        with pytest.raises(Refused):
            actions.edit(draft, SMALL, version=seen, by=admin.account)
        with pytest.raises(Refused):
            actions.publish(draft, version=seen, by=admin.account)
        assert stored(queries.drafted("fr").tree).lead == "Bonjour."


def test_of_two_who_publish_at_once_one_is_told(app: Flask, chloe: Visitor, admin: Visitor) -> None:
    """On both engines: one version more; the other is asked to look again, or finds it published already."""
    with app.app_context():
        begun()
    ready, told = threading.Barrier(2), []

    def go(visitor: Visitor) -> None:
        with app.app_context():
            account = visitor.account
            db.session.rollback()
            ready.wait()
            draft = queries.drafted("fr")
            try:
                actions.publish(draft, version=1, by=account)
                db.session.commit()
                told.append("published")
            except (Refused, StaleDataError):
                db.session.rollback()
                told.append("told")

    threads = [threading.Thread(target=go, args=(one,)) for one in (chloe, admin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "published" in told
    assert len(told) == 2
    with app.app_context():
        assert len(queries.versions("fr")) == 1


def test_before_a_guide_there_are_numbers(nobody: Visitor) -> None:
    nobody.get("/qui-appeler")
    assert "tel:15" in nobody.page
    nobody.get("/qui-appeler/debut", status=404)
    nobody.get("/qui-appeler/feuille.pdf", status=404)


def test_the_team_writes_publishes_and_takes_up_again(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    chloe.get("/equipe/qui-appeler/fr")
    chloe.follow(chloe.post("/equipe/qui-appeler/fr/brouillon"))
    assert "choses à corriger" in chloe.page
    chloe.get("/equipe/qui-appeler/fr/cadre")
    chloe.post("/equipe/qui-appeler/fr/cadre", {"title": "Qui appeler ?", "lead": "", "danger": "Grand mal"})
    chloe.get("/equipe/qui-appeler/fr/etape/debut")
    choices = ("J’ai mal", "Je rentre")
    asked = {f"words{place}": words for place, words in enumerate(choices)}
    asked |= {"to0": "+end", "icon0": "pill", "to1": "+end", "icon1": ""}
    chloe.follow(
        chloe.post("/equipe/qui-appeler/fr/etape/debut", {"ask": "Que se passe-t-il ?", "help": "", **asked})
    )
    for key in ("j-ai-mal", "je-rentre"):
        chloe.get(f"/equipe/qui-appeler/fr/etape/{key}")
        said = {
            "title": key,
            "icon": "",
            "does": "Une infirmière vous écoute.",
            "steps": "Dites où.",
            "page": "",
        }
        contact = {"who0": "Une infirmière", "phone0": "04 00 00 00 01"}
        contact |= {f"source{place}": "own" for place in range(3)}
        chloe.follow(chloe.post(f"/equipe/qui-appeler/fr/etape/{key}", said | contact))
    chloe.get("/equipe/qui-appeler/fr/apercu/debut")
    assert "/equipe/qui-appeler/fr/apercu/j-ai-mal" in chloe.page
    chloe.get("/equipe/qui-appeler/fr")
    chloe.follow(chloe.post("/equipe/qui-appeler/fr/publication"))
    assert "Les lecteurs le voient" in chloe.page
    nobody.get("/qui-appeler")
    assert nobody.page.index("tel:15") < nobody.page.index("/qui-appeler/j-ai-mal")
    nobody.get("/qui-appeler/j-ai-mal")
    assert "tel:0400000001" in nobody.page
    assert "Une infirmière" in nobody.page
    nobody.get("/qui-appeler/rien", status=404)
    chloe.follow(chloe.post("/equipe/qui-appeler/fr/etape/je-rentre/retrait"))
    assert "deux choix" in chloe.page
    chloe.post("/equipe/qui-appeler/fr/publication", status=409)
    chloe.get("/equipe/qui-appeler/fr")
    chloe.follow(chloe.post("/equipe/qui-appeler/fr/versions/1/reprise"))
    with app.app_context():
        assert not problems(stored(queries.drafted("fr").tree))


def test_a_file_with_a_circle_changes_nothing(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        begun()
    circle = more(Choice("Encore", "debut"))
    chloe.get("/equipe/qui-appeler/fr/import")
    sent = (io.BytesIO(written(circle).encode()), "guide.yaml")
    chloe.post(
        "/equipe/qui-appeler/fr/import", {"file": sent}, status=422, content_type="multipart/form-data"
    )
    assert "tourne en rond" in chloe.page
    assert "ligne" in chloe.page
    sent = (io.BytesIO(written(replace(SMALL, lead="Bonjour.")).encode()), "guide.yaml")
    chloe.post("/equipe/qui-appeler/fr/import", {"file": sent}, content_type="multipart/form-data")
    taken = chloe.get("/equipe/qui-appeler/fr/fichier")
    assert "Bonjour." in taken.get_data(as_text=True)


def test_a_reader_of_another_language_sees_the_first_one(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        published()
    nobody.client.set_cookie("language", "en")
    nobody.get("/qui-appeler")
    assert 'lang="fr"' in nobody.page


def test_the_whole_guide_stands_on_one_sheet(app: Flask, nobody: Visitor) -> None:
    raw = (Path("engage/pages/starter/content") / "guide_fr.yaml").read_bytes()
    with app.app_context():
        make.referent(make.account("Chloé"))
        tree = filed(raw).tree
        assert tree, filed(raw).faults
        published(tree)
    content = nobody.get("/qui-appeler/feuille.pdf").get_data()
    said = words(content)
    assert len(read(content).pages) <= 2
    assert said.index("15") < said.index("Voir un soignant vite")
    for number in ("3114", "3919", "119", "115"):
        assert number in said


def test_the_machine_itself_takes_a_file_or_leaves_everything(session: None, tmp_path: Path) -> None:
    file, out = tmp_path / "guide.yaml", tmp_path / "out.yaml"
    file.write_text(written(more(Choice("Encore", "debut"))))
    run = CliRunner().invoke(commands.bring_in, [str(file)], standalone_mode=False)
    assert run.return_value == 1
    assert "tourne en rond" in run.output
    assert queries.draft("fr") is None
    file.write_text(written(SMALL))
    assert CliRunner().invoke(commands.bring_in, [str(file)], standalone_mode=False).return_value == 0
    assert queries.last("fr") is None  # the team publishes it
    CliRunner().invoke(commands.take_out, ["--output", str(out)], standalone_mode=False)
    assert out.read_text() == file.read_text()
