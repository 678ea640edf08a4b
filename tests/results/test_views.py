"""Ce qui change, and the desk behind it, as people see them."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from engage.commitments.models import Commitment, State
from engage.core.clock import now
from engage.core.db import db
from engage.ideas.models import Idea, IdeaCommitment, Progress, Publication, StepKind, Visibility
from engage.ideas.timeline import actions as timeline
from tests import make
from tests.browser import Visitor


@pytest.fixture
def told(app: Flask) -> None:
    """Something done, something under way, something not retained."""
    with app.app_context():
        done = make.commitment(
            "Un banc est installé", state=State.DONE, finished_at=now(), said="On attend debout."
        )
        make.commitment(
            "Une fiche avec les pharmaciens", state=State.UNDER_WAY, theme_id=make.theme("reach").id
        )
        idea = make.idea(
            "Ouvrir le dimanche", publication=Publication.PUBLIC, progress=Progress.DECLINED, closed_at=now()
        )
        timeline.note(
            idea,
            StepKind.PROGRESS,
            visibility=Visibility.PUBLIC,
            progress=Progress.DECLINED,
            words="Pas possible avec 3 médecins.",
        )
        source = make.idea("Un banc <b>vite</b>", publication=Publication.PUBLIC)
        db.session.add(IdeaCommitment(idea_id=source.id, commitment_id=done.id))
        db.session.commit()


def test_nobody_reads_what_changes_refusals_included(told: None, nobody: Visitor) -> None:
    page = nobody.get("/ce-qui-change").get_data(as_text=True)
    for words in (
        "Un banc est installé",
        "Une fiche avec les pharmaciens",
        "Ouvrir le dimanche",
        "3 médecins",
    ):
        assert words in page


def test_a_theme_and_a_year_filter_the_page(told: None, nobody: Visitor) -> None:
    page = nobody.get("/ce-qui-change?theme=reach").get_data(as_text=True)
    assert "pharmaciens" in page
    assert "dimanche" not in page
    nobody.get("/ce-qui-change?theme=inconnu&annee=abcd")
    page = nobody.get(f"/ce-qui-change?annee={now().year - 1}").get_data(as_text=True)
    assert "pharmaciens" not in page


def test_a_commitment_has_its_page_with_the_ideas_behind_it(told: None, nobody: Visitor, app: Flask) -> None:
    with app.app_context():
        code = db.session.scalars(select(Commitment.code).where(Commitment.state == State.DONE)).one()
    page = nobody.get(f"/ce-qui-change/{code}").get_data(as_text=True)
    assert "Un banc &lt;b&gt;vite&lt;/b&gt;" in page
    nobody.get("/ce-qui-change/inconnu1", status=404)


@pytest.mark.parametrize(("size", "width"), [("a4", 595), ("a3", 842)])
def test_the_poster_is_a_tagged_pdf_of_its_size(told: None, nobody: Visitor, size: str, width: int) -> None:
    answer = nobody.get(f"/ce-qui-change/affiche-{size}.pdf")
    pdf = PdfReader(io.BytesIO(answer.data))
    assert round(float(pdf.pages[0].mediabox.width)) == width
    assert "/StructTreeRoot" in pdf.root_object
    assert "banc" in "".join(page.extract_text() for page in pdf.pages)
    nobody.get("/ce-qui-change/affiche-a2.pdf", status=404)


def test_chloe_promises_moves_and_finishes(chloe: Visitor, app: Flask) -> None:
    with app.app_context():
        idea = make.idea(publication=Publication.PUBLIC)
        db.session.commit()
        code = idea.code
    chloe.get(f"/equipe/engagements/nouveau?idee={code}")
    late = (now() + timedelta(days=30)).date().isoformat()
    form = {"title": "Poser un banc", "due_on": late, "rung": "consultation", "idee": code}
    made = chloe.post("/equipe/engagements/nouveau", form)
    chloe.follow(made)
    address = made.headers["Location"]
    chloe.post(f"{address}/etapes", {"text": "Choisir le banc", "due_on": ""})
    chloe.get(address)
    with app.app_context():
        commitment = db.session.scalars(select(Commitment)).one()
        step_id = 1
        assert db.session.scalars(select(Idea)).one().progress is Progress.ACCEPTED
    chloe.post(f"{address}/etapes/{step_id}/fait")
    chloe.get(address)
    chloe.post(f"{address}/avancement", {"state": "done", "words": "Le banc est là."})
    page = chloe.get(f"/ce-qui-change/{commitment.code}").get_data(as_text=True)
    assert "Le banc est là." in page
    with app.app_context():
        assert db.session.scalars(select(Idea)).one().progress is Progress.DONE


def test_a_stale_page_gives_the_words_back(chloe: Visitor, app: Flask) -> None:
    with app.app_context():
        code = make.commitment().code
        db.session.commit()
    address = f"/equipe/engagements/{code}"
    chloe.get(address)
    stale = chloe.hidden()
    chloe.post(f"{address}/avancement", {"state": "under_way", "words": "Premier"})
    answer = chloe.post(
        f"{address}/avancement", {**stale, "state": "done", "words": "Mes mots précieux"}, status=409
    )
    assert "Mes mots précieux" in answer.get_data(as_text=True)


def test_a_form_without_a_title_is_shown_again(chloe: Visitor) -> None:
    chloe.get("/equipe/engagements/nouveau")
    answer = chloe.post("/equipe/engagements/nouveau", {"title": " ", "said": "Gardé"}, status=422)
    assert "Gardé" in answer.get_data(as_text=True)


def test_amina_and_benoit_stay_out_of_the_desk(amina: Visitor, benoit: Visitor, nobody: Visitor) -> None:
    for visitor in (amina, benoit):
        visitor.get("/equipe/engagements", status=403)
        visitor.get("/equipe/engagements/nouveau", status=403)
    nobody.get("/equipe/engagements", status=302)
