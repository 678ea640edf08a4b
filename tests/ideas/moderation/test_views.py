"""The coordinator's work on ideas, as she sees it."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.ideas.models import Idea, Merge, Progress, Publication, Step, StepKind, Visibility
from engage.ideas.moderation import actions as moderation
from engage.ideas.timeline import actions as timeline
from engage.intake.models import Door, Reply
from engage.journal.models import Entry
from engage.uploads import actions as uploads
from engage.uploads.pictures import CheckedPhoto
from tests import make
from tests.browser import Visitor

TAG = re.compile(r'<span class="tag tag--.*?</span>', re.DOTALL)
TEXT = "Le docteur Martin, 06 12 34 56 78, est toujours en retard."


def made(app: Flask, text: str = "Un banc devant la porte.", **values: Any) -> str:
    with app.app_context():
        idea = make.idea(text, **values)
        timeline.index(idea)
        db.session.commit()
        return idea.code


def of(code: str) -> Idea:
    return db.session.scalars(select(Idea).filter_by(code=code)).one()


def verbs() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.id)))


def sent(name: str, **fields: str) -> dict[str, str]:
    """Fields of one form of the page, as the browser names them."""
    return {f"{name}-{field}": value for field, value in fields.items()}


def test_read_mask_and_publish_on_one_page(app: Flask, chloe: Visitor) -> None:
    code = made(app, TEXT, reply=Reply.MAIL, contact="jeanne@exemple.fr")
    chloe.get(f"/equipe/idees/{code}")
    assert "<mark>06 12 34 56 78" in chloe.page
    assert 'value="06 12 34 56 78" checked' in chloe.page
    fields = sent("reading", title="Les retards", theme_id="1", text=TEXT)
    answer = chloe.post(
        f"/equipe/idees/{code}/publication", {**fields, "reading-hide": ["docteur Martin", "06 12 34 56 78"]}
    )
    chloe.follow(answer)
    assert "L’idée est publiée." in chloe.page
    assert "Martin" not in chloe.page
    with app.app_context():
        idea = of(code)
        assert (idea.text, idea.title, idea.theme_id) == (
            "Le […], […], est toujours en retard.",
            "Les retards",
            1,
        )
        assert idea.original == TEXT


def test_first_words_and_contact_show_on_demand_only_and_the_look_is_noted(
    app: Flask, chloe: Visitor
) -> None:
    code = made(app, "Un banc.", original="Un banc, dit Paul.", reply=Reply.MAIL, contact="jeanne@exemple.fr")
    chloe.get("/equipe/idees")
    chloe.get(f"/equipe/idees/{code}")
    assert "Paul" not in chloe.page
    assert "jeanne@exemple.fr" not in chloe.page
    chloe.post(f"/equipe/idees/{code}/devoile", {"what": "original"}, status=200)
    assert "Paul" in chloe.page
    chloe.post(f"/equipe/idees/{code}/devoile", {"what": "contact"}, status=200)
    assert "jeanne@exemple.fr" in chloe.page
    chloe.get(f"/equipe/idees/{code}")
    assert "Paul" not in chloe.page
    with app.app_context():
        assert verbs() == ["original viewed", "contact viewed"]


def test_refuse_with_a_sentence_of_ours_and_words_of_her_own(app: Flask, chloe: Visitor) -> None:
    code = made(app)
    with app.app_context():
        moderation.fill_refusals()
        moderation.fill_refusals()
        db.session.commit()
    chloe.get(f"/equipe/idees/{code}")
    chloe.post(f"/equipe/idees/{code}/refus", sent("refuse", sentence="", more=""), status=422)
    assert "Choisissez une phrase ou écrivez-en une" in chloe.page
    chloe.get(f"/equipe/idees/{code}")
    sentence = (
        "Cette demande ne dépend pas de la maison de santé."
        " Nous ne pouvons pas agir dessus, mais nous l’avons lue."
    )
    assert chloe.page.count(f'value="{sentence}"') == 1
    chloe.follow(
        chloe.post(
            f"/equipe/idees/{code}/refus", sent("refuse", sentence=sentence, more="La mairie le peut.")
        )
    )
    with app.app_context():
        assert of(code).publication is Publication.REFUSED
        step = db.session.scalars(select(Step)).one()
        assert step.words == f"{sentence}\n\nLa mairie le peut."


def test_the_second_of_two_people_sees_the_first_act_and_keeps_her_words(app: Flask, chloe: Visitor) -> None:
    code = made(app)
    with app.app_context():
        karim = Visitor(app, make_account(app, "Karim"))
    chloe.get(f"/equipe/idees/{code}")
    karim.get(f"/equipe/idees/{code}")
    karim.post(
        f"/equipe/idees/{code}/publication",
        sent("reading", title="", theme_id="", text="Un banc devant la porte."),
    )
    late = sent("refuse", sentence="", more="Nous avons déjà un banc devant cette porte.")
    chloe.post(f"/equipe/idees/{code}/refus", late, status=409)
    assert "Karim a publié cette idée" in chloe.page
    assert "Nous avons déjà un banc devant cette porte." in chloe.page
    with app.app_context():
        assert of(code).is_public
    assert re.search(r"<details[^>]* open>.{0,200}Refuser", chloe.page)
    chloe.post(f"/equipe/idees/{code}/refus", late)
    with app.app_context():
        assert of(code).publication is Publication.REFUSED


def make_account(app: Flask, name: str, role: Role = Role.STAFF) -> int:
    account = make.account(name, role)
    db.session.commit()
    return account.id


def test_words_are_given_back_even_where_their_form_is_gone(app: Flask, chloe: Visitor) -> None:
    code = made(app, publication=Publication.PUBLIC)
    chloe.get(f"/equipe/idees/{code}")
    with app.app_context():
        of(code).publication = Publication.WITHDRAWN
        db.session.commit()
    chloe.post(
        f"/equipe/idees/{code}/reponse", sent("answer", text="Merci, nous posons un banc."), status=409
    )
    assert "La personne a retiré cette idée." in chloe.page
    assert "Merci, nous posons un banc." in chloe.page


def test_ask_then_read_and_publish_what_the_author_adds(app: Flask, chloe: Visitor) -> None:
    code = made(app, publication=Publication.PUBLIC)
    chloe.get(f"/equipe/idees/{code}")
    chloe.post(f"/equipe/idees/{code}/question", sent("ask", question=""), status=422)
    chloe.get(f"/equipe/idees/{code}")
    chloe.follow(chloe.post(f"/equipe/idees/{code}/question", sent("ask", question="Devant quelle porte ?")))
    with app.app_context():
        step = timeline.note(
            of(code), StepKind.REPLY, visibility=Visibility.AUTHOR, words="Celle du parking."
        )
        db.session.commit()
        step_id = str(step.id)
    chloe.get(f"/equipe/idees/{code}")
    assert "Nouveau" in chloe.page
    chloe.follow(chloe.post(f"/equipe/idees/{code}/lu"))
    assert "Nouveau" not in chloe.page
    shown = {"precision-step_id": step_id, "precision-public": "1"}
    chloe.follow(chloe.post(f"/equipe/idees/{code}/precision", shown))
    assert "La retirer de la page" in chloe.page
    hidden = {key: value for key, value in chloe.hidden().items() if key != "precision-public"}
    chloe.post(f"/equipe/idees/{code}/precision", hidden | {"precision-step_id": step_id})
    chloe.get(f"/equipe/idees/{code}")
    stranger = {"precision-step_id": "99999", "precision-public": "1"}
    chloe.post(f"/equipe/idees/{code}/precision", stranger, status=404)


def test_an_answer_that_names_a_patient_is_doubted_then_published_anyway(app: Flask, chloe: Visitor) -> None:
    code = made(app, publication=Publication.PUBLIC)
    chloe.get(f"/equipe/idees/{code}")
    said = sent("answer", text="Lors de votre consultation, nous verrons.")
    chloe.post(f"/equipe/idees/{code}/reponse", said, status=422)
    assert "Cela dirait que quelqu’un est soigné ici" in chloe.page
    assert "Publier quand même" in chloe.page
    with app.app_context():
        assert of(code).answered_at is None
    chloe.follow(chloe.post(f"/equipe/idees/{code}/reponse", said | {"answer-anyway": "1"}))
    assert "La réponse est publiée." in chloe.page
    with app.app_context():
        assert of(code).answered_at


def test_a_draft_waits_for_whoever_goes_on(app: Flask, chloe: Visitor) -> None:
    code = made(app, publication=Publication.PUBLIC)
    chloe.get(f"/equipe/idees/{code}")
    chloe.follow(
        chloe.post(f"/equipe/idees/{code}/brouillon", sent("answer", text="Merci pour ce banc, nous…"))
    )
    assert "Merci pour ce banc, nous…" in chloe.page
    assert "Un brouillon est gardé depuis" in chloe.page
    chloe.post(f"/equipe/idees/{code}/brouillon", sent("answer", text=""), status=422)


def test_progress_on_then_back_with_words(app: Flask, chloe: Visitor) -> None:
    code = made(app, publication=Publication.PUBLIC)
    chloe.get(f"/equipe/idees/{code}")
    chloe.post(f"/equipe/idees/{code}/avancement", sent("move", progress="declined", words=""), status=422)
    assert "Dites pourquoi" in chloe.page
    chloe.get(f"/equipe/idees/{code}")
    chloe.follow(chloe.post(f"/equipe/idees/{code}/avancement", sent("move", progress="study", words="")))
    chloe.post(f"/equipe/idees/{code}/avancement", sent("move", progress="done", words=""), status=422)
    with app.app_context():
        assert of(code).progress is Progress.STUDY


def test_hand_on_and_promise_another_day(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        karim = make_account(app, "Karim")
    code = made(app, due_on=now().date(), publication=Publication.TEAM)
    chloe.get(f"/equipe/idees/{code}")
    chloe.post(
        f"/equipe/idees/{code}/attribution", sent("assign", owner_id="12345", due_on="2030-01-01"), status=422
    )
    chloe.get(f"/equipe/idees/{code}")
    chloe.post(
        f"/equipe/idees/{code}/attribution", sent("assign", owner_id=str(karim), due_on=""), status=409
    )
    chloe.get(f"/equipe/idees/{code}")
    chloe.follow(
        chloe.post(
            f"/equipe/idees/{code}/attribution", sent("assign", owner_id=str(karim), due_on="2030-01-01")
        )
    )
    with app.app_context():
        assert (of(code).owner_id, str(of(code).due_on)) == (karim, "2030-01-01")


def test_words_of_distress_are_marked_but_never_offered_to_be_masked(app: Flask, chloe: Visitor) -> None:
    code = made(app, "Je veux mourir.", is_distress=True)
    chloe.get(f"/equipe/idees/{code}")
    assert "<mark>veux mourir" in chloe.page
    assert "cochez" not in chloe.page
    other = made(app, "Je veux mourir. Mon numéro : 06 12 34 56 78.", is_distress=True)
    chloe.get(f"/equipe/idees/{other}")
    choices = chloe.page.partition("cochez")[2].partition("</fieldset>")[0]
    assert "06 12 34 56 78" in choices
    assert "mourir" not in choices


def test_distress_is_read_once_with_its_time(app: Flask, chloe: Visitor) -> None:
    code = made(app, "Je n’en peux plus.", is_distress=True)
    chloe.get(f"/equipe/idees/{code}")
    assert "Ce message parle de détresse" in chloe.page
    chloe.follow(chloe.post(f"/equipe/idees/{code}/detresse"))
    assert "Ce message parle de détresse" not in chloe.page
    chloe.post(f"/equipe/idees/{code}/detresse")
    with app.app_context():
        assert of(code).distress_read_at
        assert verbs() == ["distress read"]


def test_bring_together_and_set_apart(app: Flask, chloe: Visitor) -> None:
    source = made(app, "Un banc devant la porte", publication=Publication.PUBLIC)
    target = made(app, "Des bancs devant les portes", publication=Publication.PUBLIC)
    chloe.get(f"/equipe/idees/{source}/fusion?search=introuvable")
    assert "Aucune autre idée avec ces mots." in chloe.page
    chloe.get(f"/equipe/idees/{source}/fusion")
    chloe.follow(chloe.post(f"/equipe/idees/{source}/fusion", sent("merge", into=target)))
    assert "Ces idées ont rejoint celle-ci" in chloe.page
    chloe.get(f"/equipe/idees/{source}")
    assert "Cette idée en a rejoint une autre" in chloe.page
    chloe.follow(chloe.post(f"/equipe/idees/{source}/separation"))
    with app.app_context():
        assert of(source).is_public
        assert db.session.scalars(select(Merge)).one().undone_at
    chloe.get(f"/equipe/idees/{source}/fusion")
    chloe.post(f"/equipe/idees/{source}/fusion", sent("merge", into="nulle-part"), status=404)
    chloe.get(f"/equipe/idees/{source}/fusion")
    chloe.post(f"/equipe/idees/{source}/fusion", sent("merge", into=""), status=422)


def test_the_photo_is_the_teams_until_it_is_published_with_words(
    app: Flask, chloe: Visitor, amina: Visitor
) -> None:
    with app.app_context():
        data = io.BytesIO()
        Image.new("RGB", (30, 20)).save(data, "WEBP")
        photo = uploads.keep(CheckedPhoto(data.getvalue(), "image/webp", 30, 20))
        db.session.commit()
        photo_id = photo.id
    code = made(app, photo_id=photo_id)
    assert chloe.get(f"/equipe/idees/{code}/photo").mimetype == "image/webp"
    amina.get(f"/equipe/idees/{code}/photo", status=403)
    chloe.get(f"/equipe/idees/{made(app)}/photo", status=404)
    chloe.get(f"/equipe/idees/{code}")
    fields = sent("reading", title="", theme_id="", text="Un banc.", photo_is_public="y", photo_alt="")
    chloe.post(f"/equipe/idees/{code}/publication", fields, status=422)
    assert "Dites ce que montre la photo" in chloe.page
    chloe.post(f"/equipe/idees/{code}/publication", fields | {"reading-photo_alt": "Un trottoir sans banc"})
    with app.app_context():
        assert of(code).photo_is_public


def test_keep_to_the_team_and_change_words(app: Flask, chloe: Visitor) -> None:
    code = made(app)
    words = sent("reading", title="Le banc", theme_id="", text="Un banc.")
    chloe.get(f"/equipe/idees/{code}")
    chloe.follow(chloe.post(f"/equipe/idees/{code}/equipe-seule", words))
    chloe.follow(chloe.post(f"/equipe/idees/{code}/mots", words | sent("reading", text="Un grand banc.")))
    for deed in ("mots", "equipe-seule"):
        chloe.get(f"/equipe/idees/{code}")
        chloe.post(f"/equipe/idees/{code}/{deed}", sent("reading", text="🙂"), status=422)
    with app.app_context():
        assert (of(code).publication, of(code).text) == (Publication.TEAM, "Un grand banc.")


def test_one_thing_to_several_what_needs_a_look_is_left_and_said(app: Flask, chloe: Visitor) -> None:
    plain, marked, private = (
        made(app, "Un banc."),
        made(app, TEXT),
        made(app, "Le parking.", wants_public=False),
    )
    chloe.get("/equipe/idees")
    chosen = [f"{code}:1" for code in (plain, marked, private)]
    chloe.post("/equipe/idees/selection", {"many-chosen": [], "many-deed": "publish"}, status=422)
    assert "Cochez au moins une idée" in chloe.page
    chloe.post("/equipe/idees/selection", {"many-chosen": chosen, "many-deed": "publish"}, status=200)
    assert "2 idées n’ont pas changé" in chloe.page
    assert "Des mots sont marqués" in chloe.page
    with app.app_context():
        done = [of(code) for code in (plain, marked, private)]
        assert [idea.is_public for idea in done] == [True, False, False]
        assert [idea.version for idea in done[1:]] == [1, 1]


@pytest.mark.parametrize(
    ("deed", "more", "expected"),
    [
        ("keep_to_team", {}, Publication.TEAM),
        ("refuse", {"many-reason": "Ce n’est pas chez nous."}, Publication.REFUSED),
        ("theme", {"many-theme_id": "2"}, Publication.WAITING),
        ("owner", {"many-owner_id": "1"}, Publication.WAITING),
    ],
)
def test_other_things_to_several(
    app: Flask, chloe: Visitor, deed: str, more: dict[str, str], expected: Publication
) -> None:
    codes = [made(app, f"Idée numéro {n}.") for n in range(3)]
    chloe.get("/equipe/idees")
    chosen = [f"{code}:1" for code in codes[:2]]
    if deed == "refuse":
        chloe.post("/equipe/idees/selection", {"many-chosen": chosen, "many-deed": deed}, status=422)
    answer = chloe.post("/equipe/idees/selection", {"many-chosen": chosen, "many-deed": deed, **more})
    chloe.follow(answer)
    assert "C’est fait pour 2 idées." in chloe.page
    with app.app_context():
        done = [of(code) for code in codes]
        assert [idea.publication for idea in done] == [expected, expected, Publication.WAITING]
        assert [bool(idea.theme_id) for idea in done] == [deed == "theme"] * 2 + [False]
        assert [bool(idea.owner_id) for idea in done] == [deed == "owner"] * 2 + [False]


def test_the_list_by_part_by_filter_by_words_and_by_page(app: Flask, chloe: Visitor) -> None:
    old = made(
        app,
        "Le téléphone sonne dans le vide.",
        received_at=now() - timedelta(days=9),
        due_on=now().date() - timedelta(days=2),
        publication=Publication.PUBLIC,
    )
    with app.app_context():
        for n in range(40):
            make.idea(f"Idée {n}.", due_on=now().date() + timedelta(days=5))
        db.session.commit()
    chloe.get("/equipe/idees?show=overdue")
    assert "Le téléphone" in chloe.page
    assert "Idée 3." not in chloe.page
    chloe.get("/equipe/idees?search=telephones")
    assert "Le téléphone" in chloe.page
    chloe.get(f"/equipe/idees?search={old.upper()}")
    assert "Le téléphone" in chloe.page
    chloe.get("/equipe/idees?show=waiting&page=2")
    assert "Idée 39." in chloe.page
    chloe.get("/equipe/idees?progress=done")
    assert "Aucune idée ici." in chloe.page
    chloe.get("/equipe/idees?show=xyz&owner_id=abc&theme_id=-1&page=zéro&door=toit")
    chloe.get("/equipe/idees?page=99999999999999999999999")


def test_the_list_asks_as_little_whatever_the_number(app: Flask, chloe: Visitor) -> None:
    made(app)
    with chloe.counting() as few:
        chloe.get("/equipe/idees")
    with app.app_context():
        owner = make.account("Karim", Role.STAFF)
        for n in range(60):
            make.idea(f"Idée {n}.", owner_id=owner.id, theme_id=make.theme().id)
        db.session.commit()
    with chloe.counting() as many:
        chloe.get("/equipe/idees")
    # Who I am, centre, referent, themes, team, counts of the side, the list; five of them kept for seconds.
    assert len(many) == len(few) <= 7


def test_the_coordination_writes_the_sentences_of_refusal(app: Flask, chloe: Visitor) -> None:
    chloe.get("/equipe/idees/phrases")
    chloe.post("/equipe/idees/phrases", {"sentences": "  "}, status=200)
    chloe.follow(chloe.post("/equipe/idees/phrases", {"sentences": "Une phrase.\n\n  Une autre.  "}))
    assert "Une phrase.\nUne autre." in chloe.page
    with app.app_context():
        karim = Visitor(app, make_account(app, "Karim"))
    karim.get("/equipe/idees/phrases", status=403)


def test_a_new_sentence_is_offered_at_once_though_sentences_are_remembered(
    app: Flask, chloe: Visitor
) -> None:
    code = made(app)
    app.testing = False
    chloe.get(f"/equipe/idees/{code}")
    assert "Une phrase." not in chloe.page
    chloe.get("/equipe/idees/phrases")
    chloe.post("/equipe/idees/phrases", {"sentences": "Une phrase."})
    chloe.get(f"/equipe/idees/{code}")
    assert ">Une phrase.</option>" in chloe.page


def test_unknown_and_withdrawn_ideas(app: Flask, chloe: Visitor) -> None:
    chloe.get("/equipe/idees/nulle-part", status=404)
    code = made(app, "", publication=Publication.WITHDRAWN)
    chloe.get(f"/equipe/idees/{code}")
    assert "Décider" not in chloe.page
    assert "<h1>Idée retirée</h1>" in chloe.page
    chloe.get("/equipe/idees")
    assert f'<a href="/equipe/idees/{code}">Idée retirée</a>' in chloe.page
    chloe.post(
        f"/equipe/idees/{code}/mots", {**sent("reading", text="Bonjour"), "reading-version": "1"}, status=409
    )


@pytest.mark.parametrize(("job", "signed"), [("", "La coordination"), ("Coordinatrice", "Coordinatrice")])
def test_the_story_is_signed_in_plain_words(app: Flask, chloe: Visitor, job: str, signed: str) -> None:
    code = made(app)
    with app.app_context():
        chloe.account.job = job
        timeline.note(of(code), StepKind.ANSWER, visibility=Visibility.PUBLIC, words="Oui.", by=chloe.account)
        db.session.commit()
    chloe.get(f"/equipe/idees/{code}")
    assert f" · {signed}</p>" in chloe.page
    assert "coordinator" not in chloe.page


def test_the_team_and_the_public_read_the_same_word_for_each_stage(
    app: Flask, chloe: Visitor, nobody: Visitor
) -> None:
    for stage in Progress:
        code = made(app, publication=Publication.PUBLIC, progress=stage)
        chloe.get(f"/equipe/idees/{code}")
        nobody.get(f"/idees/{code}")
        public = TAG.search(nobody.page)
        assert public
        assert public[0] in TAG.findall(chloe.page), stage


def test_where_an_imported_idea_was_said_is_told_to_all(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    origins = {
        ("Demain", "Écouter"): "Dit pendant l’atelier « Demain », à la table « Écouter ».",
        ("Demain", ""): "Dit pendant l’atelier « Demain ».",
        ("", ""): "Dit pendant un atelier.",
    }
    for (workshop, table), words in origins.items():
        places = {"workshop": workshop, "workshop_table": table, "door": Door.WORKSHOP}
        code = made(app, publication=Publication.PUBLIC, import_digest=workshop + table, **places)
        for visitor, path in ((nobody, f"/idees/{code}"), (chloe, f"/equipe/idees/{code}")):
            visitor.get(path)
            assert words in visitor.page.replace("\N{NO-BREAK SPACE}", " "), path
    nobody.get(f"/idees/{made(app, publication=Publication.PUBLIC)}")
    assert "atelier" not in nobody.page
