"""Four steps, each at its own address: forward, back, in a hurry, twice, with what should not be there."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from engage.core.db import db
from engage.ideas.models import Idea, Publication
from engage.intake.models import Door, Draft, FollowUp, Reply
from engage.outbox.models import Message
from engage.uploads.models import Upload
from tests import make
from tests.browser import Visitor
from tests.ideas.box import pen


def count(model: type) -> int:
    return db.session.scalars(select(func.count()).select_from(model)).one()


def only_idea(app: Flask) -> Idea:
    db.session.expire_all()
    return db.session.scalars(select(Idea)).one()


def test_an_idea_is_sent_without_account_address_or_script(app: Flask, nobody: Visitor) -> None:
    code = pen.send(nobody, theme="reach")
    assert "Merci. Votre idée est bien reçue" in nobody.page
    assert "au plus tard le" in nobody.page
    assert "retirer" in nobody.page
    with app.app_context():
        idea = only_idea(app)
        assert (idea.text, idea.door, idea.publication) == (pen.BANC, Door.WEB, Publication.WAITING)
        assert idea.theme is not None
        assert idea.theme.code == "reach"
        assert idea.due_on is not None
        assert count(Draft) == 0
        assert code.replace("-", "") not in str(db.session.scalars(select(FollowUp.digest)).all())


def test_the_home_page_can_be_the_first_step(nobody: Visitor) -> None:
    nobody.get("/")
    answer = nobody.post("/idees/nouvelle", {"text": pen.BANC})
    assert answer.headers["Location"] == "/idees/nouvelle/theme"
    nobody.get("/idees/nouvelle")
    assert pen.BANC in nobody.page


def test_going_back_keeps_everything(nobody: Visitor) -> None:
    pen.write(nobody, theme="reach", reply="mail", email="lea@exemple.fr", first_name="Léa")
    for path, kept in (
        ("", pen.BANC),
        ("/theme", 'value="reach" checked'),
        ("/reponse", "lea@exemple.fr"),
        ("/reponse", "Léa"),
    ):
        nobody.get(f"/idees/nouvelle{path}")
        assert kept in nobody.page


def test_the_contact_of_another_way_is_not_kept(app: Flask, nobody: Visitor) -> None:
    pen.send(nobody, reply="phone", phone="06 12 34 56 78", email="pas une adresse", address="x" * 400)
    with app.app_context():
        assert only_idea(app).contact == "06 12 34 56 78"
        assert only_idea(app).reply is Reply.PHONE


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"reply": "mail"}, "Écrivez votre adresse e-mail."),
        ({"reply": "mail", "email": "lea@"}, "incomplète"),
        ({"reply": "phone", "phone": "12"}, "incomplet"),
        ({"reply": "letter"}, "Écrivez l’adresse"),
        ({"public": ""}, "Dites si tout le monde"),
        ({"reply": "pigeon"}, "choix"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field(nobody: Visitor, answers: dict[str, str], said: str) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": pen.BANC})
    nobody.post("/idees/nouvelle/reponse", {**pen.PUBLIC, "first_name": "Léa", **answers}, status=422)
    assert said in nobody.page
    assert "Léa" in nobody.page


def test_an_empty_idea_goes_nowhere(nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    for text in ("", "   ", "🎉🎉", "\u200b\u202e\u200f", "<>"):
        nobody.post("/idees/nouvelle", {"text": text}, status=422)
        assert "en quelques mots" in nobody.page
    assert nobody.get("/idees/nouvelle/relecture", status=302).headers["Location"] == "/idees/nouvelle"


def test_too_long_a_text_is_given_back_whole(nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    text = "banc " * 500
    nobody.post("/idees/nouvelle", {"text": text}, status=422)
    assert "Raccourcissez" in nobody.page
    assert text.strip() in nobody.page


def test_a_photo_is_drawn_again_described_shown_and_taken_away(app: Flask, nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post(
        "/idees/nouvelle", {"text": "", "alt": "La porte", "photo": (pen.photo(), "porte.jpg")}, status=422
    )
    assert "/idees/nouvelle/photo" in nobody.page, "a good photo is kept beside a bad text"
    assert (nobody.get("/idees/nouvelle/photo").mimetype or "").startswith("image/")
    nobody.post("/idees/nouvelle", {"text": pen.BANC, "alt": "La porte d’entrée"})
    with app.app_context():
        assert db.session.scalars(select(Upload.alt)).one() == "La porte d’entrée"
        file = Path(app.extensions["engage_settings"].files) / db.session.scalars(select(Upload.name)).one()
        assert file.is_file()
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": pen.BANC, "drop_photo": "y"})
    with app.app_context():
        assert count(Upload) == 0
    assert not file.exists()
    nobody.get("/idees/nouvelle/photo", status=404)


def test_a_sent_photo_belongs_to_the_idea(app: Flask, nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": pen.BANC, "photo": (pen.photo(), "porte.jpg")})
    nobody.post("/idees/nouvelle/reponse", pen.PUBLIC)
    nobody.get("/idees/nouvelle/relecture")
    assert "/idees/nouvelle/photo" in nobody.page
    nobody.post("/idees/nouvelle/envoi")
    with app.app_context():
        assert only_idea(app).photo is not None
        assert not only_idea(app).photo_is_public


def test_what_is_not_a_photo_is_refused_and_the_text_stays(nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post(
        "/idees/nouvelle",
        {"text": pen.BANC, "photo": (io.BytesIO(b"MZ not a photo"), "a.jpg")},
        status=422,
    )
    assert pen.BANC in nobody.page


def test_who_writes_for_somebody_says_so_and_keeps_the_words_apart(app: Flask, nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": "Je veux un banc.", "go": "helper"})
    nobody.get("/idees/nouvelle")
    assert "Je veux un banc." in nobody.page
    nobody.post("/idees/nouvelle", {"text": "Je veux un banc.", "relation": ""}, status=422)
    assert "Demandez d’abord à la personne" in nobody.page
    helped = {
        "text": "Je veux un banc.",
        "relation": "Voisine",
        "summary": "Elle marche mal.",
        "consent": "y",
    }
    nobody.post("/idees/nouvelle", helped)
    nobody.post("/idees/nouvelle/reponse", pen.PUBLIC)
    nobody.get("/idees/nouvelle/relecture")
    assert "Les mots de la personne" in nobody.page
    nobody.post("/idees/nouvelle/envoi")
    with app.app_context():
        idea = only_idea(app)
        assert (idea.text, idea.helper_relation, idea.helper_summary) == (
            "Je veux un banc.",
            "Voisine",
            "Elle marche mal.",
        )


def test_the_way_for_helpers_has_an_address(nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle?pour=quelqu-un")
    assert "Qui êtes-vous pour cette personne" in nobody.page
    nobody.post("/idees/nouvelle?pour=quelqu-un", {"text": "x y", "go": "alone"})
    nobody.get("/idees/nouvelle")
    assert "Qui êtes-vous pour cette personne" not in nobody.page


def test_marked_words_never_block(app: Flask, nobody: Visitor) -> None:
    pen.write(nobody, "Demandez à Mme Durand au 06 12 34 56 78.")
    nobody.get("/idees/nouvelle/relecture")
    assert "<mark>Mme Durand</mark>" in nobody.page
    assert "<mark>06 12 34 56 78</mark>" in nobody.page
    assert "Corriger" in nobody.page
    assert "Envoyer quand même" in nobody.page
    nobody.post("/idees/nouvelle/envoi")
    with app.app_context():
        assert only_idea(app).text == "Demandez à Mme Durand au 06 12 34 56 78."


def test_words_of_distress_meet_calm_before_and_after(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    pen.write(nobody, "Je veux mourir, personne ne répond.")
    nobody.get("/idees/nouvelle")
    with app.app_context():
        key = db.session.scalars(select(Draft)).one().values["key"]
    early = nobody.post("/idees/nouvelle/envoi", {"submission_key": key})
    assert early.headers["Location"] == "/idees/nouvelle/pause"
    pause = nobody.get("/idees/nouvelle/relecture", status=302)
    nobody.follow(pause)
    for number in ("tel:3114", "tel:15", "tel:112", "sms:114"):
        assert f'class="quiet" href="{number}"' in nobody.page
    assert "Personne ne surveille ce site" in nobody.page
    nobody.follow(nobody.post("/idees/nouvelle/pause"))
    after = nobody.post("/idees/nouvelle/envoi")
    nobody.follow(after)
    assert 'href="tel:3114"' in nobody.page
    nobody.get("/idees/nouvelle/envoyee")
    assert pen.shown_code(nobody)
    with app.app_context():
        assert only_idea(app).is_distress
        alert = db.session.scalars(select(Message)).one()
        assert alert.address == chloe.account.email
        assert "mourir" not in alert.body + alert.subject


def test_a_similar_public_idea_is_offered(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        shown = make.idea("Des bancs devant l’entrée", publication=Publication.PUBLIC)
        hidden = make.idea("Un banc devant la porte")
        for idea in (shown, hidden):
            make.findable(idea)
        db.session.commit()
        codes = shown.code, hidden.code
    pen.write(nobody, "un BANC devant l'entree")
    nobody.get("/idees/nouvelle/relecture")
    assert "C’est la même" in nobody.page
    assert codes[0] in nobody.page
    assert codes[1] not in nobody.page


def test_sent_twice_is_sent_once_and_says_the_same(app: Flask, nobody: Visitor) -> None:
    pen.write(nobody)
    nobody.get("/idees/nouvelle/relecture")
    form = nobody.hidden()
    nobody.follow(nobody.post("/idees/nouvelle/envoi", form))
    first = pen.shown_code(nobody)
    nobody.follow(nobody.post("/idees/nouvelle/envoi", form))
    assert pen.shown_code(nobody) == first
    with app.app_context():
        assert only_idea(app).text == pen.BANC
        assert count(FollowUp) == 1


def test_the_old_page_of_a_sent_idea_does_not_send_the_next_one(app: Flask, nobody: Visitor) -> None:
    pen.write(nobody)
    nobody.get("/idees/nouvelle/relecture")
    old = nobody.hidden()
    nobody.post("/idees/nouvelle/envoi", old)
    pen.write(nobody, "Une autre idée, plus tard.")
    nobody.post("/idees/nouvelle/envoi", old)
    with app.app_context():
        assert only_idea(app).text == pen.BANC


def test_the_key_of_the_teams_own_forms_opens_nothing(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        make.idea(door=Door.PHONE, submission_key="k" * 32)
        db.session.commit()
    nobody.get("/idees/nouvelle")
    sent = nobody.post("/idees/nouvelle/envoi", {"submission_key": "k" * 32})
    assert sent.headers["Location"] == "/idees/nouvelle"


def test_erase_leaves_nothing(app: Flask, nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": pen.BANC, "photo": (pen.photo(), "a.jpg")})
    nobody.follow(nobody.post("/idees/nouvelle/effacer"))
    assert pen.BANC not in nobody.page
    with app.app_context():
        assert (count(Draft), count(Upload)) == (0, 0)


def test_every_step_without_a_draft_leads_to_the_first(nobody: Visitor) -> None:
    for step in ("theme", "reponse", "relecture", "pause"):
        assert nobody.get(f"/idees/nouvelle/{step}", status=302).headers["Location"] == "/idees/nouvelle"
    nobody.get("/idees/nouvelle")
    for step in ("theme", "reponse", "pause", "envoi"):
        assert nobody.post(f"/idees/nouvelle/{step}", {}).headers["Location"] == "/idees/nouvelle"
    assert nobody.get("/idees/nouvelle/envoyee", status=302).headers["Location"] == "/idees/nouvelle"
    nobody.get("/idees/nouvelle/numero.pdf", status=404)


def test_another_browser_cannot_read_the_draft_or_the_sent_page(app: Flask, nobody: Visitor) -> None:
    pen.write(nobody)
    other = Visitor(app)
    other.get("/idees/nouvelle")
    assert pen.BANC not in other.page
    other.get("/idees/nouvelle/relecture", status=302)


def test_the_slip_is_a_pdf_that_nobody_keeps(nobody: Visitor) -> None:
    pen.send(nobody)
    paper = nobody.get("/idees/nouvelle/numero.pdf")
    assert paper.data.startswith(b"%PDF")
    assert paper.headers["Cache-Control"] == "no-store"


def test_who_has_an_account_is_asked_nothing_twice(app: Flask, amina: Visitor) -> None:
    amina.get("/idees/nouvelle")
    amina.post("/idees/nouvelle", {"text": pen.BANC})
    amina.get("/idees/nouvelle/reponse")
    assert "amina." in amina.page
    amina.post("/idees/nouvelle/reponse", {**pen.PUBLIC, "reply": "mail", "email": "amina@exemple.fr"})
    amina.get("/idees/nouvelle/relecture")
    amina.post("/idees/nouvelle/envoi")
    with app.app_context():
        assert only_idea(app).account_id == amina.account_id


def test_a_page_asks_little_of_the_database(nobody: Visitor) -> None:
    pen.write(nobody)
    for step in ("", "/theme", "/reponse", "/relecture"):
        with nobody.counting() as asked:
            nobody.get(f"/idees/nouvelle{step}")
        assert len(asked) <= 7, asked


def test_a_draft_whose_day_is_over_says_so_at_the_next_step(app: Flask, nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": pen.BANC})
    with app.app_context():
        db.session.execute(delete(Draft))
        db.session.commit()
    nobody.get("/idees/nouvelle/theme")
    answer = nobody.post("/idees/nouvelle/theme", {"theme": "reach"})
    nobody.follow(answer)
    assert "Votre brouillon n’est plus là" in nobody.page
    nobody.get("/idees/nouvelle/theme", status=302)


def test_a_first_look_at_a_step_reads_no_draft(app: Flask, nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.follow(nobody.post("/idees/nouvelle", {"text": pen.BANC}))
    with nobody.counting() as asked:
        nobody.get("/idees/nouvelle/theme")
    assert not any("draft" in statement for statement in asked)
