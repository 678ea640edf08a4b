"""Reading the agenda: what is next, a month, one date in full and in a few words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from engage.core import cache
from engage.core.clock import now
from engage.core.db import db
from engage.events import queries as events
from engage.events.agenda import asked, queries
from engage.events.kinds import EventKind, EventState, SigningUp, SignUpState
from engage.uploads.models import Upload
from tests import make
from tests.browser import Visitor
from tests.events.signing.people import signed


def planned(app: Flask, title: str = "Marche du jeudi", *, days: int = 7, **values: Any) -> str:
    """The code of one date of a new event; what begins with `on_` is said of the date."""
    on_date = {name[3:]: values.pop(name) for name in list(values) if name.startswith("on_")}
    with app.app_context():
        starts = now().replace(microsecond=0) + timedelta(days=days)
        made = make.occurrence(make.event(title, **values), starts_at=starts, **on_date)
        db.session.commit()
        return made.code


def test_the_next_dates_come_first_and_drafts_stay_at_home(app: Flask, nobody: Visitor) -> None:
    planned(app, "Un film au village", days=20, kind=EventKind.FILM)
    planned(app, "Marche douce", days=3)
    planned(app, "Pas encore prêt", state=EventState.DRAFT)
    planned(app, "Déjà passé", days=-3)
    page = nobody.get("/evenements").text
    assert page.index("Marche douce") < page.index("Un film au village")
    assert "Pas encore prêt" not in page
    assert "Déjà passé" not in page
    assert "2 dates à venir" in page


def test_filters_by_kind_theme_and_access(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        theme = make.theme().id
    planned(app, "Atelier mémoire", kind=EventKind.WORKSHOP, is_step_free=True, theme_id=theme)
    planned(app, "Soirée sommeil", kind=EventKind.EVENING, has_hearing_loop=True)
    for question, found in (
        ("type=workshop", "Atelier mémoire"), ("type=evening", "Soirée sommeil"),
        ("theme=reach", "Atelier mémoire"), ("acces=sans-marche", "Atelier mémoire"),
        ("acces=boucle", "Soirée sommeil"),
    ):  # fmt: skip
        nobody.get(f"/evenements?{question}")
        shown = {title for title in ("Atelier mémoire", "Soirée sommeil") if title in nobody.page}
        assert shown == {found}, question
    page = nobody.get("/evenements?acces=boucle&acces=sans-marche").text
    assert "Aucune date ne correspond" in page
    assert "Voir toutes les dates" in page
    assert "2 dates à venir" in nobody.get("/evenements?type=rien&theme=rien&page=x").text


def test_an_empty_agenda_asks_what_people_would_like(nobody: Visitor) -> None:
    page = nobody.get("/evenements").text
    assert "Rien n’est prévu" in page
    assert "/idees/nouvelle" in page


def test_a_long_list_has_pages(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        walk = make.event()
        for week in range(queries.A_PAGE + 2):
            make.occurrence(walk, starts_at=now() + timedelta(days=7 * week + 1))
        db.session.commit()
    first = nobody.get("/evenements?type=walk").text
    assert "22 dates à venir" in first
    assert "type=walk&amp;page=2" in first
    assert nobody.get("/evenements?page=2").text.count('class="item dated') == 2
    assert nobody.get("/evenements?page=900").text.count('class="item dated') == 2


def test_a_month_leads_from_its_squares_to_its_words(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        starts = now().replace(year=2027, month=3, day=18, hour=9, minute=0, second=0, microsecond=0)
        make.occurrence(make.event("Marche de mars"), starts_at=starts)
        db.session.commit()
    page = nobody.get("/evenements?vue=mois&mois=2027-03").text
    assert 'href="#jour-18"' in page
    assert 'id="jour-18"' in page
    assert "de 10\u00a0h à 11\u00a0h\u00a030" in page
    assert "mois=2027-04" in page
    assert "Rien ce mois-ci" in nobody.get("/evenements?vue=mois&mois=2027-02").text
    assert nobody.get("/evenements?vue=mois&mois=2027-99").status_code == 200


def test_weeks_of_a_month_begin_on_monday() -> None:
    month = asked.drawn(date(2027, 3, 1), [])
    assert [square.day.day for square in month.weeks[0]] == [1, 2, 3, 4, 5, 6, 7]
    assert (month.before, month.after) == (date(2027, 2, 1), date(2027, 4, 1))
    assert asked.drawn(date(2026, 12, 1), []).after == date(2027, 1, 1)


def test_one_date_says_all_one_needs_to_come(app: Flask, nobody: Visitor) -> None:
    code = planned(
        app, what="Une heure dans le parc.", what_short="On marche.", for_whom="Tout le monde.",
        to_bring="De l’eau.", place="Parc des Tilleuls", address="Rue des Lilas", is_step_free=True,
        has_hearing_loop=True, bus="ligne 3", parking="rue des Lilas", organiser="L’équipe",
        proposed_by="le groupe Bouger", online_link="https://visio.exemple.fr/secret", capacity=12,
        on_note="Rendez-vous à la grille.",
    )  # fmt: skip
    page = nobody.get(f"/evenements/{code}").text
    for words in (
        "Une heure dans le parc.", "Tout le monde.", "De l’eau.", "Gratuit", "Rue des Lilas", "sans marche",
        "boucle magnétique", "ligne 3", "le groupe Bouger", "12 places libres", "Rendez-vous à la grille.",
    ):  # fmt: skip
        assert words in page, words
    assert "visio.exemple.fr" not in page
    short = nobody.get(f"/evenements/{code}/court").text
    assert "On marche." in short
    assert "Une heure dans le parc." not in short
    assert "Tout lire" in short


def test_a_date_that_one_cannot_come_to_says_so(app: Flask, nobody: Visitor) -> None:
    cancelled = planned(app, on_cancelled_at=now(), on_cancelled_why="Alerte orage.")
    page = nobody.get(f"/evenements/{cancelled}").text
    assert "Cette date est annulée" in page
    assert "Alerte orage." in page
    assert "M’inscrire" not in page
    assert "Cette date est passée" in nobody.get(f"/evenements/{planned(app, days=-2)}").text
    shut = planned(app, on_closes_at=now() - timedelta(hours=1))
    assert "Les inscriptions sont fermées" in nobody.get(f"/evenements/{shut}").text
    free = planned(app, signing_up=SigningUp.NONE)
    assert "venez comme vous êtes" in nobody.get(f"/evenements/{free}").text


def test_a_draft_and_an_unknown_date_are_not_found(app: Flask, nobody: Visitor) -> None:
    code = planned(app, state=EventState.DRAFT)
    for path in (
        code,
        f"{code}/court",
        f"{code}.ics",
        f"{code}/affiche/a4",
        f"{code}/inscription",
        "inconnu9",
    ):
        nobody.get(f"/evenements/{path}", status=404)


def test_places_kept_for_partners_are_not_free_for_all(app: Flask, nobody: Visitor) -> None:
    code = planned(app, capacity=3, reserved_places=2)
    assert "1 place libre" in nobody.get(f"/evenements/{code}").text
    with app.app_context():
        line = queries.find(code)
        assert line is not None
        assert line.line.free == 1


def test_a_partner_who_is_there_has_one_of_the_kept_places(app: Flask) -> None:
    code = planned(app, capacity=3, reserved_places=2)
    with app.test_request_context("/", method="POST"):
        benoit = signed(events.get_occurrence(code), "Benoît", is_partner=True)
        marks = []
        for state in (SignUpState.CONFIRMED, SignUpState.ATTENDED):
            benoit.state = state
            db.session.flush()
            cache.forget()
            shown = queries.find(code)
            marks.append(shown and shown.line.free)
        assert marks == [1, 1]


def test_a_full_date_offers_the_waiting_list(app: Flask, nobody: Visitor) -> None:
    code = planned(app, capacity=1)
    with app.test_request_context("/", method="POST"):
        date_ = events.get_occurrence(code)
        signed(date_, "Amina")
        signed(date_, "Benoît")
    page = nobody.get(f"/evenements/{code}").text
    assert "Complet" in page
    assert "1 inscription attend déjà" in page
    assert "M’inscrire sur la liste d’attente" in page


def test_other_dates_of_the_same_event(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        walk = make.event()
        first, second = (make.occurrence(walk, starts_at=now() + timedelta(days=day)) for day in (3, 10))
        db.session.commit()
        codes = first.code, second.code
    assert f"/evenements/{codes[1]}" in nobody.get(f"/evenements/{codes[0]}").text


def test_the_picture_is_shown_with_its_words(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        photo = Upload(media_type="image/jpeg", size=4, width=40, height=30, alt="Le parc", created_at=now())
        db.session.add(photo)
        db.session.flush()
        files = app.extensions["engage_settings"].files
        files.mkdir(parents=True, exist_ok=True)
        (files / photo.name).write_bytes(b"\xff\xd8\xff\xd9")
        number = photo.id
        db.session.commit()
    code = planned(app, photo_id=number)
    assert 'alt="Le parc"' in nobody.get(f"/evenements/{code}").text
    assert nobody.get(f"/evenements/{code}/photo").mimetype == "image/jpeg"
    nobody.get(f"/evenements/{planned(app, 'Sans image')}/photo", status=404)


def test_only_the_embedded_list_may_be_framed(app: Flask, nobody: Visitor) -> None:
    code = planned(app, "Portes ouvertes")
    answer = nobody.get("/evenements/integrer")
    assert "Portes ouvertes" in answer.text
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    for path in ("/evenements", f"/evenements/{code}"):
        assert "frame-ancestors 'none'" in nobody.get(path).headers["Content-Security-Policy"]
    framed = {name for name, view in app.view_functions.items() if getattr(view, "framed", False)}
    assert framed == {"events.embed"}


@pytest.mark.parametrize("path", ["/evenements", "/evenements?vue=mois", "/evenements/integrer"])
def test_a_list_costs_the_same_however_long(app: Flask, nobody: Visitor, path: str) -> None:
    planned(app)
    with nobody.counting() as few:
        nobody.get(path)
    for day in range(1, 12):
        planned(app, days=day)
    with nobody.counting() as many:
        nobody.get(path)
    assert len(many) == len(few) <= 6


def test_the_front_page_names_the_next_date_that_takes_place(app: Flask, nobody: Visitor) -> None:
    planned(app, "Annulée", days=1, on_cancelled_at=now())
    code = planned(app, "Portes ouvertes", days=2)
    planned(app, "Plus tard", days=9)
    page = nobody.get("/").text
    assert "Prochain événement\u00a0: Portes ouvertes" in page
    assert f"/evenements/{code}" in page
    assert "Annulée" not in page
    assert "votre nom est effacé" in nobody.get("/donnees-personnelles").text
