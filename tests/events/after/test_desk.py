"""What a date gave, for the team: figures, words, minutes, pictures, commitments."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from engage.commitments.models import State
from engage.core.db import db
from engage.events.after import queries, words
from engage.events.after.models import EventCommitment, EventPhoto, Face, Feedback, Shown
from engage.events.kinds import SigningUp, SignUpState
from engage.events.models import Occurrence
from engage.journal.models import Entry
from tests import make
from tests.browser import Visitor
from tests.events.after.conftest import coming, kept, over


def here(code: str, path: str = "") -> str:
    return f"/equipe/evenements/dates/{code}/bilan{path}"


def verbs(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Entry.verb).order_by(Entry.id)))


def said(app: Flask, code: str, *spoken: str, state: Shown = Shown.UNREAD, silent: int = 0) -> None:
    with app.app_context():
        date = db.session.scalars(select(Occurrence).filter_by(code=code)).one()
        for one in (*spoken, *[None] * silent):
            db.session.add(Feedback(occurrence_id=date.id, face=Face.GOOD, words=one, state=state))
        db.session.commit()


def picture(colour: str = "teal") -> tuple[io.BytesIO, str]:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(held, "JPEG")
    held.seek(0)
    return held, "photo.jpg"


def test_who_came_is_added_up(session: None) -> None:
    date = over(people=4, state=SignUpState.ATTENDED)
    for name, state, party in (
        ("Rosa", SignUpState.ABSENT, 2), ("Omar", SignUpState.EXCUSED, 1), ("Lise", SignUpState.WALK_IN, 3),
        ("Paul", SignUpState.CANCELLED, 6), ("Zoé", SignUpState.WAITING, 1),
    ):  # fmt: skip
        coming(date, name, state, party=party, queue=1 if state is SignUpState.WAITING else None)
    counted = queries.attendance(date)
    assert (counted.signed_up, counted.came, counted.parties_that_came) == (7, 7, 5)
    assert counted.no_show == (1, 5)
    coming(date, "Ana", SignUpState.CONFIRMED)
    assert queries.attendance(date).no_show is None


def test_a_rate_of_few_means_nothing(session: None) -> None:
    date = over(people=4, state=SignUpState.ABSENT)
    assert queries.attendance(date).no_show is None


@pytest.mark.parametrize(
    ("absent", "expected", "sentence"),
    [
        (0, 6, "Toutes les personnes attendues sont venues."),
        (1, 9, "1 inscription sur 9 n’est pas venue, sans nous prévenir."),
        (5, 23, "5 inscriptions sur 23 ne sont pas venues, sans nous prévenir. C’est environ 2 sur 10."),
        (3, 10, "3 inscriptions sur 10 ne sont pas venues, sans nous prévenir."),
        (1, 30, "1 inscription sur 30 n’est pas venue, sans nous prévenir."),
    ],
)
def test_a_rate_is_said_in_words(session: None, absent: int, expected: int, sentence: str) -> None:
    assert words.no_show(absent, expected) == sentence


def test_the_page_says_who_came(app: Flask, chloe: Visitor) -> None:
    code = kept(app, people=6, state=SignUpState.ATTENDED, on_head_count=9, on_new_faces=2)
    page = chloe.get(here(code)).text
    for expected in (
        "2 inscriptions sur 6",
        "Comptées à l’entrée",
        "Toutes les personnes attendues",
        "/avis/",
    ):
        assert expected in page, expected
    assert "Notez d’abord" in chloe.get(here(kept(app, people=6))).text
    assert "Trop peu" in chloe.get(here(kept(app, people=2, state=SignUpState.ABSENT))).text


def test_where_nobody_signs_up_heads_are_counted(app: Flask, chloe: Visitor) -> None:
    code = kept(app, people=0, signing_up=SigningUp.NONE)
    page = chloe.get(here(code)).text
    assert "Comptez les têtes" in page
    assert "avaient une place" not in page
    counted = kept(app, people=0, signing_up=SigningUp.NONE, on_head_count=40)
    assert "40 personnes ont été comptées" in chloe.get(here(counted)).text


def test_before_it_begins_there_is_nothing_to_tell(app: Flask, chloe: Visitor) -> None:
    code = kept(app, days=-7)
    assert chloe.get(here(code), status=302).headers["Location"].endswith(f"/dates/{code}")


def test_words_are_shown_only_once_read(app: Flask, chloe: Visitor) -> None:
    code = kept(app)
    said(app, code, "Très clair.", "Trop long.", silent=2)
    page = chloe.get(here(code)).text
    assert "Sous 5 avis" in page
    assert "J’ai aimé" not in page
    said(app, code, silent=1)
    assert "J’ai aimé" in chloe.get(here(code)).text
    with app.app_context():
        spoken = {one.words: one.id for one in db.session.scalars(select(Feedback)) if one.words}
    for text, state in (("Très clair.", "shown"), ("Trop long.", "hidden")):
        chloe.follow(chloe.post(here(code, f"/avis/{spoken[text]}"), {"state": state}))
    with app.app_context():
        states = {one.words: one.state for one in db.session.scalars(select(Feedback)) if one.words}
    assert states == {"Très clair.": Shown.SHOWN, "Trop long.": Shown.HIDDEN}
    assert verbs(app)[-2:] == ["feedback shown", "feedback hidden"]
    chloe.post(here(code, f"/avis/{spoken['Trop long.']}"), {"state": "unread"}, status=400)
    other = kept(app)
    chloe.post(here(other, f"/avis/{spoken['Trop long.']}"), {"state": "shown"}, status=404)


def test_unread_words_wait_on_the_desk_of_events(app: Flask, chloe: Visitor) -> None:
    code = kept(app)
    assert "à lire" not in chloe.get("/equipe/evenements").text
    said(app, code, "Très clair.", "Trop long.", silent=2)
    page = chloe.get("/equipe/evenements").text
    assert "2 avis à lire" in page
    assert here(code) in page
    with app.app_context():
        for one in db.session.scalars(select(Feedback)):
            one.state = Shown.HIDDEN
        db.session.commit()
    assert "à lire" not in chloe.get("/equipe/evenements").text


def test_minutes_are_written_and_nobody_overwrites_another(app: Flask, chloe: Visitor) -> None:
    code = kept(app)
    chloe.get(here(code, "/compte-rendu"))
    form = chloe.hidden()
    chloe.follow(chloe.post(here(code, "/compte-rendu"), form | {"words": "On a marché."}))
    assert "On a marché." in chloe.page
    page = chloe.post(here(code, "/compte-rendu"), form | {"words": "Autre texte."}, status=409).text
    assert "entre-temps" in page
    assert "Autre texte." in page
    chloe.get(here(code, "/compte-rendu"))
    chloe.post(here(code, "/compte-rendu"), {"words": "x" * 9000}, status=422)
    assert verbs(app) == ["minutes written"]


def test_a_picture_is_added_once(app: Flask, chloe: Visitor) -> None:
    code = kept(app)
    chloe.get(here(code, "/photos"))
    shown = chloe.page
    for _click in range(2):
        chloe.page = shown
        chloe.post(here(code, "/photos"), {"photo": picture(), "alt": "Le groupe", "everybody": "y"})
    assert verbs(app) == ["event photo added"]
    with app.app_context():
        assert len(db.session.scalars(select(EventPhoto)).all()) == 1


def test_a_picture_needs_everybodys_agreement(app: Flask, chloe: Visitor) -> None:
    code = kept(app, people=2, state=SignUpState.ATTENDED)
    assert "0 personne inscrite" in chloe.get(here(code, "/photos")).text
    page = chloe.post(here(code, "/photos"), {"photo": picture(), "alt": "Le groupe"}, status=422).text
    assert "Demandez d’abord" in page
    chloe.post(here(code, "/photos"), {"alt": "Le groupe", "everybody": "y"}, status=422)
    chloe.follow(
        chloe.post(here(code, "/photos"), {"photo": picture(), "alt": "Le groupe", "everybody": "y"})
    )
    assert 'alt="Le groupe"' in chloe.page
    with app.app_context():
        name = db.session.scalars(select(EventPhoto)).one().upload.name
    assert Visitor(app).get(f"/evenements/{code}/photos/{name}").mimetype == "image/jpeg"
    Visitor(app).get(f"/evenements/{kept(app)}/photos/{name}", status=404)
    chloe.follow(chloe.post(here(code, f"/photos/{name}/retrait")))
    Visitor(app).get(f"/evenements/{code}/photos/{name}", status=404)
    chloe.post(here(code, f"/photos/{name}/retrait"), status=404)
    assert verbs(app) == ["event photo added", "event photo removed"]


def test_twelve_pictures_are_enough(app: Flask, chloe: Visitor) -> None:
    code = kept(app, people=0)
    said_ = {"alt": "Le parc", "everybody": "y"}
    for number in range(12):
        chloe.get(here(code, "/photos"))
        chloe.post(here(code, "/photos"), said_ | {"photo": picture(f"#0000{number:02}")})
    assert (
        "12 photos au plus"
        in chloe.post(here(code, "/photos"), said_ | {"photo": picture()}, status=409).text
    )


def test_who_did_not_agree_is_a_look_that_is_noted(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        date = over(people=2, state=SignUpState.ATTENDED)
        queries.without_agreement(date)[0].agrees_to_photos = True
        db.session.commit()
        code = date.code
    assert "1 personne inscrite et venue" in chloe.get(here(code, "/photos")).text
    page = chloe.post(here(code, "/photos/accords"), status=200).text
    assert "Benoît" in page
    assert "Amina" not in page
    assert verbs(app) == ["guests viewed"]
    assert (
        "toutes les personnes"
        in chloe.post(here(kept(app, people=0), "/photos/accords"), status=200).text.lower()
    )


def test_a_commitment_follows_from_a_date(app: Flask, admin: Visitor, chloe: Visitor) -> None:
    with app.app_context():
        promise = make.commitment("Un banc au parc").code
        make.commitment("Déjà fini", state=State.DONE)
        db.session.commit()
    code = kept(app)
    page = chloe.get(here(code, "/engagements")).text
    assert "Un banc au parc" in page
    assert "Déjà fini" not in page
    chloe.post(here(code, "/engagements"), {"commitment": ""}, status=422)
    for _time in range(2):
        chloe.follow(chloe.post(here(code, "/engagements"), {"commitment": promise}))
    assert "Un banc au parc" in chloe.page
    chloe.follow(chloe.post(here(code, f"/engagements/{promise}/retrait")))
    with app.app_context():
        assert not db.session.scalars(select(EventCommitment)).all()
    assert verbs(app) == ["commitment tied", "commitment untied"]


def test_only_the_team_sees_it(app: Flask, amina: Visitor, benoit: Visitor) -> None:
    code = kept(app)
    for visitor in (amina, benoit):
        for path in ("", "/compte-rendu", "/photos", "/engagements"):
            visitor.get(here(code, path), status=403)
        for path in ("/photos/accords", "/photos/x/retrait", "/engagements/x/retrait"):
            visitor.post(here(code, path), status=403)
