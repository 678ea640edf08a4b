"""A coordinator builds, rehearses, freezes and renews a questionnaire, in pages that are each checked."""

from __future__ import annotations

import io
import re
from html import unescape

from flask import Flask

from engage.accounts.models import Role
from engage.core.db import db
from engage.surveys.questionnaire import queries
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.kinds import Change, State
from tests import make
from tests.browser import Visitor
from tests.surveys.questionnaire import sample

HERE = "/equipe/questionnaires"
ONE = f"{HERE}/accueil/1"


def bring_in(visitor: Visitor, text: str = sample.YAML, status: int = 302) -> None:
    visitor.get(f"{HERE}/nouveau")
    file = (io.BytesIO(text.encode()), "accueil.yaml")
    visitor.post(f"{HERE}/nouveau/fichier", {"file": file}, status=status, content_type="multipart/form-data")


def asked(app: Flask, code: str = "accueil", number: int = 1) -> Document:
    with app.app_context():
        return queries.document(queries.get(code, number))


def test_a_file_comes_in_is_read_on_every_page_and_goes_out_the_same(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    chloe.get(HERE)
    assert "L’accueil et vous" in chloe.page
    assert "Brouillon" in chloe.page
    chloe.get(ONE)
    assert "Seulement si" in unescape(chloe.page)
    assert "11 questions" in unescape(chloe.page), "what only informs is no question"
    for support in ("phone", "paper", "kiosk"):
        chloe.get(f"{ONE}/apercu?support={support}&langue=en&mots=short")
        assert "Received how?" in chloe.page
        for said in ("Seulement si", "Je préfère ne pas dire", "(nécessaire)"):
            assert said in unescape(chloe.page)
        assert ("M8 13a4 4 0 1 0 8 0h-8" in chloe.page) == (support != "paper"), "the face that laughs"
    chloe.get(f"{ONE}/chemins")
    assert "3 chemins" in chloe.page
    chloe.get(f"{ONE}/repetition")
    assert "200 personnes" in chloe.page
    assert "3 sur 3" in chloe.page
    out = chloe.client.get(f"{ONE}/questionnaire.yaml").get_data(as_text=True)
    bring_in(chloe, out.replace("questionnaire: accueil", "questionnaire: copie"))
    again = chloe.client.get(f"{HERE}/copie/1/questionnaire.yaml").get_data(as_text=True)
    assert again.replace("questionnaire: copie", "questionnaire: accueil") == out
    assert asked(app) == sample.document()


def test_a_bad_file_is_refused_with_its_faults_and_nothing_is_kept(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe, sample.YAML.replace("languages: [fr, en]", "languages: [fr, en, ar]"), status=422)
    assert "Les mots manquent dans cette langue" in unescape(chloe.page)
    bring_in(chloe, "a: &a [1]\nb: *a", status=422)
    bring_in(chloe, "", status=422)
    chloe.post(f"{HERE}/nouveau/fichier", {}, status=422)
    with app.app_context():
        assert queries.everything() == []


def test_from_a_blank_page_to_a_frozen_version(app: Flask, chloe: Visitor) -> None:
    chloe.get(f"{HERE}/nouveau")
    chloe.post(f"{HERE}/nouveau", {"name": "", "code": "X"}, status=422)
    typed = {"name": "Votre avis", "code": "avis", "aim": "Mieux faire.", "languages": ["fr", "en"]}
    chloe.follow(chloe.post(f"{HERE}/nouveau", typed))
    here = f"{HERE}/avis/1"
    assert "Il faut au moins une question" in chloe.page
    chloe.get(f"{here}/repetition")
    chloe.get(f"{here}/banque?theme=welcome")
    key = re.search(r'name="key" value="(\w+)"', chloe.page)
    assert key
    chloe.follow(chloe.post(f"{here}/banque", {"key": key[1]}))
    chloe.get(f"{here}/cadre")
    chloe.follow(chloe.post(f"{here}/cadre", {
        "name__fr": "Votre avis", "name__en": "Your view", "aim__fr": "Mieux faire.",
        "aim__en": "To do better.", "languages": ["fr", "en"], "licence": "",
    }))  # fmt: skip
    assert "Il est prêt" in chloe.page
    chloe.follow(chloe.post(f"{here}/figer"))
    assert "Figée" in chloe.page
    assert "Monter" not in chloe.page
    with app.app_context():
        version = queries.get("avis", 1)
        assert version.state is State.FROZEN
        assert version.content_hash


def test_questions_move_by_buttons_change_and_go(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    chloe.get(ONE)
    chloe.post(f"{ONE}/questions/came/place", {"way": "up"})
    assert [one.key for one in asked(app).questions][:2] == ["came", "hello"]
    chloe.get(ONE)
    chloe.post(f"{ONE}/questions/minutes/place", {"way": "down"})
    assert next(one.key for one in asked(app).pages[1].questions) == "minutes"
    chloe.get(ONE)
    chloe.post(f"{ONE}/questions/hello/retrait")
    assert asked(app).question("hello") is None
    chloe.get(ONE)
    chloe.post(f"{ONE}/pages")
    chloe.get(f"{ONE}/pages/p3")
    chloe.post(f"{ONE}/pages/p3", {"title": ""}, status=422)
    chloe.post(f"{ONE}/pages/p3", {"title": "La fin", "short": "Fin"})
    assert asked(app).pages[2].title == {"fr": {"standard": "La fin", "short": "Fin"}}


def test_a_question_is_written_with_its_choices_and_how_hard_it_reads(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    chloe.get(f"{ONE}/questions")
    chloe.post(f"{ONE}/questions", {"text": "", "type": "one"}, status=422)
    chloe.follow(chloe.post(f"{ONE}/questions", {"text": "Qui vous accompagne ?", "type": "several"}))
    assert "mots par phrase" in chloe.page
    chloe.post(f"{ONE}/questions/q1", {
        "text__fr__standard": "Qui vous ACCOMPAGNE ?", "choice0__fr__standard": "Un proche",
        "choice1__fr__standard": "Une infirmière", "choice2__fr__standard": "Personne",
        "kind0": "normal", "kind1": "normal", "kind2": "none_of_these", "concept": "visit.with",
        "prefer_not": "y",
    })  # fmt: skip
    found = asked(app).question("q1")
    assert found
    assert [one.code for one in found.choices] == ["un_proche", "une_infirmiere", "personne"]
    assert found.prefer_not
    assert found.concept == "visit.with"
    chloe.get(f"{ONE}/questions/q1")
    assert "majuscules" in chloe.page
    chloe.post(f"{ONE}/questions/q1", {"concept": "Pas Bon"}, status=422)
    chloe.get(f"{ONE}/questions/felt")
    chloe.post(f"{ONE}/questions/felt", {"text__fr__standard": "Et l’accueil ?", "points": "3",
                                         "concept": "welcome.felt"})  # fmt: skip
    felt = asked(app).question("felt")
    assert felt
    assert [one.code for one in felt.choices] == ["bad", "fair", "good"]
    chloe.get(f"{ONE}/questions/minutes")
    chloe.post(f"{ONE}/questions/minutes", {"text__fr__standard": "Combien ?", "unit": "heures", "min": "0",
                                            "max": "24", "concept": "visit.wait"})  # fmt: skip
    minutes = asked(app).question("minutes")
    assert minutes
    assert minutes.settings == {"unit": "heures", "min": 0, "max": 24}


def test_an_emptied_frame_is_a_draft_still(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    chloe.get(f"{ONE}/cadre")
    empty = {f"{part}__{spoken}": "" for part in ("name", "aim") for spoken in ("fr", "en")}
    chloe.follow(chloe.post(f"{ONE}/cadre", empty | {"languages": ["fr"], "licence": ""}))
    assert "<h1>accueil</h1>" in chloe.page
    assert "Avant de figer" in chloe.page
    chloe.get(HERE)
    chloe.get(f"{ONE}/apercu")
    chloe.get(f"{ONE}/repetition")
    assert asked(app).languages == ("fr",)


def test_a_condition_richer_than_the_lines_is_said_and_warned_of(app: Flask, chloe: Visitor) -> None:
    both = "{all: [{question: came, is: [yes]}, {question: came, answered: true}]}"
    rich = f"{{any: [{both}, {{question: came, is: [no]}}]}}"
    bring_in(chloe, sample.YAML.replace("{question: came, is: [yes]}", rich, 1))
    chloe.get(f"{ONE}/questions/why/condition")
    assert "plus loin que ces lignes" in chloe.page
    chloe.get(f"{ONE}/questions/minutes/condition")
    assert "plus loin que ces lignes" not in chloe.page


def test_a_condition_is_chosen_in_lines(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    chloe.get(f"{ONE}/questions/long_wait/condition")
    assert "plus loin que ces lignes" not in chloe.page
    chloe.post(f"{ONE}/questions/long_wait/condition", {
        "how": "any", "fact0": "minutes.above", "number0": "45", "fact1": "came.is.no", "denied1": "y",
        "fact2": "", "fact3": "",
    })  # fmt: skip
    chloe.get(ONE)
    assert "est au-dessus de 45 ou pas (« Êtes-vous venu" in unescape(chloe.page).replace("\u00a0", " ")
    chloe.get(f"{ONE}/questions/long_wait/condition")
    chloe.post(f"{ONE}/questions/long_wait/condition", {"how": "all", **{f"fact{n}": "" for n in range(4)}})
    found = asked(app).question("long_wait")
    assert found
    assert found.show_if is None
    chloe.get(f"{ONE}/questions/long_wait/condition")
    chloe.post(f"{ONE}/questions/long_wait/condition", {"fact0": "who.is.patient"}, status=422)


def test_a_frozen_version_is_edited_as_a_new_draft_that_says_what_changed(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    chloe.get(ONE)
    chloe.follow(chloe.post(f"{ONE}/figer"))
    chloe.follow(chloe.post(f"{ONE}/brouillon"))
    two = f"{HERE}/accueil/2"
    chloe.post(f"{two}/questions/word/retrait")
    chloe.get(f"{two}/comparaison")
    assert "enlevée" in chloe.page
    assert "Encore comparable" in chloe.page
    chloe.post(f"{two}/comparaison", {"change": "cosmetic", "note": "Rien."}, status=409)
    chloe.get(f"{two}/comparaison")
    chloe.post(f"{two}/comparaison", {}, status=422)
    chloe.get(f"{two}/comparaison")
    chloe.post(f"{two}/comparaison", {"change": "comparable", "note": "Une question de moins."})
    chloe.get(two)
    chloe.follow(chloe.post(f"{two}/figer"))
    with app.app_context():
        version = queries.get("accueil", 2)
        assert version.is_frozen
        assert version.change is Change.COMPARABLE
        assert len(queries.askable()) == 2
    chloe.get(f"{two}/comparaison")
    assert "Une question de moins." in chloe.page
    chloe.follow(chloe.post(f"{ONE}/retrait"))
    assert "Retirée" in chloe.page
    assert asked(app) == sample.document()


def test_a_draft_is_thrown_away_and_a_ready_one_begun(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    chloe.get(ONE)
    chloe.follow(chloe.post(f"{ONE}/effacement"))
    assert "Aucun questionnaire" in chloe.page
    chloe.get(f"{HERE}/nouveau")
    chloe.follow(chloe.post(f"{HERE}/nouveau/pret", {"code": "accueil"}))
    assert "Il est prêt" in chloe.page
    chloe.post(f"{HERE}/nouveau/pret", {"code": "inconnu"}, status=400)


def test_two_people_do_not_overwrite_each_other(app: Flask, chloe: Visitor, admin: Visitor) -> None:
    bring_in(chloe)
    chloe.get(ONE)
    admin.get(ONE)
    chloe.post(f"{ONE}/questions/hello/retrait")
    admin.post(f"{ONE}/questions/came/retrait", status=409)
    assert asked(app).question("came") is not None


def test_the_team_reads_and_only_coordination_writes(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    with app.app_context():
        account = make.account("Sacha", Role.STAFF)
        db.session.commit()
        sacha = Visitor(app, account.id)
    for page in ("", "/apercu", "/chemins", "/repetition"):
        sacha.get(f"{ONE}{page}")
    assert "Monter" not in sacha.page
    sacha.get(f"{HERE}/nouveau", status=403)
    sacha.get(f"{ONE}/questions/came", status=403)
    for deed in ("/figer", "/brouillon", "/retrait", "/effacement", "/questions/came/place", "/banque"):
        sacha.post(f"{ONE}{deed}", {"revision": "1"}, status=403)
