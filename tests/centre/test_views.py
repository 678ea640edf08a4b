"""Réglages, and what readers see of them."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from engage.centre.forms import contrast
from engage.centre.models import Centre, ClosingDay, Conformity, Referent, StaffName
from engage.core.db import db
from engage.journal.models import Entry
from tests.browser import Visitor


def test_contrast_is_that_of_the_standard() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_chloe_sets_name_and_hours(chloe: Visitor, nobody: Visitor, app: Flask) -> None:
    chloe.get("/equipe/reglages")
    chloe.get("/equipe/reglages/identite")
    form = {
        "name": "MSP du Lac",
        "zone": "Europe/Paris",
        "hours": "Lundi, 9 h – 12 h",
        "phone": "04 11 22 33 44",
    }
    chloe.post("/equipe/reglages/identite", form)
    page = nobody.get("/contact").get_data(as_text=True)
    assert "MSP du Lac" in page
    assert "Lundi, 9 h – 12 h" in page
    with app.app_context():
        assert "settings edited" in set(db.session.scalars(select(Entry.verb)))


def test_an_unknown_zone_and_a_pale_colour_are_refused(chloe: Visitor) -> None:
    chloe.get("/equipe/reglages/identite")
    chloe.post("/equipe/reglages/identite", {"name": "MSP", "zone": "Lune/Mer"}, status=422)
    chloe.get("/equipe/reglages/couleurs")
    chloe.post("/equipe/reglages/couleurs", {"colour": "#ffff00"}, status=422)
    chloe.post("/equipe/reglages/couleurs", {"colour": "red;}body{}"}, status=422)
    chloe.post("/equipe/reglages/couleurs", {"colour": "#333399", "deed_colour": ""})
    assert "#333399" in chloe.get("/couleurs.css").get_data(as_text=True)


def _photo() -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    Image.new("RGB", (80, 80), "teal").save(data, "PNG")
    data.seek(0)
    return data, "logo.png"


def test_a_logo_is_shown_to_everyone(chloe: Visitor, nobody: Visitor, app: Flask) -> None:
    chloe.get("/equipe/reglages/couleurs")
    chloe.post("/equipe/reglages/couleurs", {"logo": _photo()}, content_type="multipart/form-data")
    with app.app_context():
        logo = db.session.scalars(select(Centre)).one().logo
        assert logo is not None
        url = f"/images/{logo.name}"
    assert str(nobody.get(url).mimetype).startswith("image/")
    nobody.get("/images/inconnue", status=404)


def test_a_referent_comes_with_a_cover_and_goes(chloe: Visitor, nobody: Visitor, app: Flask) -> None:
    chloe.get("/equipe/reglages/referents/nouveau")
    form = {
        "first_name": "Denis",
        "title": "Votre référent",
        "position": "0",
        "account_id": str(chloe.account_id),
    }
    away = {"away_from": "2026-12-10", "away_until": "2026-12-01"}
    chloe.post("/equipe/reglages/referents/nouveau", form | away, status=422)
    chloe.post(
        "/equipe/reglages/referents/nouveau", form | {"away_until": "2026-12-20", "away_from": "2026-12-10"}
    )
    chloe.get("/equipe/reglages/referents")
    with app.app_context():
        row_id = db.session.scalars(select(Referent.id).where(Referent.first_name == "Denis")).one()
    assert "Denis" in nobody.get("/contact").get_data(as_text=True)
    chloe.get(f"/equipe/reglages/referents/{row_id}")
    chloe.post(f"/equipe/reglages/referents/{row_id}", form | {"first_name": "Denise"})
    chloe.post(f"/equipe/reglages/referents/{row_id}/retrait")
    assert "Denise" not in nobody.get("/contact").get_data(as_text=True)


def test_closing_days_names_and_ways_out(chloe: Visitor, nobody: Visitor, app: Flask) -> None:
    chloe.get("/equipe/reglages/fermetures")
    chloe.post("/equipe/reglages/fermetures", {"first": "2030-12-24", "last": "2030-12-20"}, status=422)
    chloe.post("/equipe/reglages/fermetures", {"first": "2030-12-24", "last": "2030-12-26", "reason": "Noël"})
    assert "Noël" in nobody.get("/contact").get_data(as_text=True)
    with app.app_context():
        day_id = db.session.scalars(select(ClosingDay.id)).one()
    chloe.post(f"/equipe/reglages/fermetures/{day_id}/retrait")
    chloe.get("/equipe/reglages/noms")
    chloe.post("/equipe/reglages/noms", {"name": "Docteur Lemaire"})
    chloe.post("/equipe/reglages/noms", {"name": "docteur lemaire"}, status=409)
    with app.app_context():
        row_id = db.session.scalars(select(StaffName.id)).one()
    chloe.get("/equipe/reglages/noms")
    chloe.post(f"/equipe/reglages/noms/{row_id}/retrait")
    chloe.get("/equipe/reglages/recours/mediator")
    chloe.post("/equipe/reglages/recours/mediator", {"name": "Mme Roy", "phone": "04 55 66 77 88"})
    chloe.get("/equipe/reglages/recours/personne", status=404)
    chloe.get("/equipe/reglages/inconnu", status=404)


def test_the_site_says_non_compliant_until_an_audit_is_recorded(
    chloe: Visitor, nobody: Visitor, app: Flask
) -> None:
    assert "Accessibilité\u00a0: non conforme" in nobody.get("/accessibilite").get_data(as_text=True)
    chloe.get("/equipe/reglages/accessibilite")
    chloe.post("/equipe/reglages/accessibilite", {"conformity": "full"}, status=422)
    audit = {"conformity": "partial", "audited_on": "2026-10-01", "audit_by": "Cabinet Clair"}
    chloe.post("/equipe/reglages/accessibilite", audit)
    page = nobody.get("/accessibilite").get_data(as_text=True)
    assert "partiellement conforme" in page
    assert "Cabinet Clair" in page
    with app.app_context():
        assert db.session.scalars(select(Centre)).one().conformity is Conformity.PARTIAL


@pytest.mark.parametrize("path", ["", "/identite", "/referents", "/fermetures", "/noms", "/recours/mediator"])
def test_only_coordination_sets_the_centre(
    amina: Visitor, benoit: Visitor, nobody: Visitor, path: str
) -> None:
    for visitor in (amina, benoit):
        visitor.get(f"/equipe/reglages{path}", status=403)
    nobody.get(f"/equipe/reglages{path}", status=302)
