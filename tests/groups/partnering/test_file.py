"""The file of a partner patient: theirs to write, to print and to take away; confirmed by the team."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.groups import registry
from engage.groups.partnering import actions as files
from engage.groups.partnering.models import Agreement, Mission, PartnerFile, Training
from engage.groups.registry import Hours
from engage.journal.models import Entry
from tests.browser import Visitor

HOME = "/mon-dossier"
THIS_YEAR = date.today().year  # noqa: DTZ011  (the pages of this year, whatever the hour)
NEW_YEAR = date(THIS_YEAR, 1, 1)


def mission(visitor: Visitor, *, status: int = 302, **said: Any) -> None:
    typed = {
        "title": "Relire le livret d’accueil", "first_day": NEW_YEAR.isoformat(), "last_day": "",
        "hours": "2", "rest": "30",
    }  # fmt: skip
    visitor.get(f"{HOME}/missions")
    visitor.post(f"{HOME}/missions", typed | said, status=status)


def only(app: Flask, model: Any) -> Any:
    with app.app_context():
        return db.session.scalars(select(model)).one()


def test_a_file_is_for_who_gives_time(
    amina: Visitor, benoit: Visitor, chloe: Visitor, nobody: Visitor
) -> None:
    benoit.get(HOME)
    amina.get(HOME, status=403)
    chloe.get(HOME, status=403)
    nobody.get(HOME, status=302)
    for page in ("savoir-faire", "formations", "missions", "frais", "frais/nouveau", "tout.zip"):
        amina.get(f"{HOME}/{page}", status=403)


def test_skills_and_training_are_written(app: Flask, benoit: Visitor) -> None:
    benoit.get(f"{HOME}/savoir-faire")
    benoit.follow(benoit.post(f"{HOME}/savoir-faire", {"skills": "Je parle portugais."}))
    assert "Je parle portugais." in benoit.page
    benoit.get(f"{HOME}/formations")
    typed = {"title": "Animer une réunion", "day": NEW_YEAR.isoformat(), "hours": "0", "rest": "0"}
    benoit.post(f"{HOME}/formations", typed, status=422)
    assert "Animer une réunion" in benoit.page
    benoit.follow(benoit.post(f"{HOME}/formations", typed | {"hours": "7", "given_by": "France Assos Santé"}))
    assert "7\u00a0h" in benoit.page
    row = only(app, Training)
    assert (row.minutes, row.given_by, row.account_id) == (420, "France Assos Santé", benoit.account_id)
    benoit.get(f"{HOME}/formations")
    benoit.post(f"{HOME}/formations/{row.code}/retrait")
    with app.app_context():
        assert db.session.scalars(select(Training)).all() == []


def test_days_that_cannot_be_are_said_in_plain_words(benoit: Visitor) -> None:
    tomorrow = (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011
    earlier = (NEW_YEAR - timedelta(days=3)).isoformat()
    for wrong, sentence in (
        ({"last_day": earlier}, "La fin est avant le début"),
        ({"first_day": tomorrow}, "n’est pas encore venu"),
        ({"first_day": "1789-07-14"}, "Regardez de nouveau l’année"),
        ({"first_day": "hier"}, ""),
        ({"hours": "-1"}, "De 0 à 999"),
        ({"hours": "99999999999999999999"}, "De 0 à 999"),
        ({"hours": "0", "rest": "0"}, "combien de temps"),
        ({"rest": "75"}, "De 0 à 59"),
        ({"title": "…"}, "ce que vous avez fait"),
        ({"group": "1"}, ""),
    ):
        mission(benoit, status=422, **wrong)
        assert sentence in benoit.page
        assert "title" in wrong or "Relire le livret" in benoit.page


def test_a_mission_is_confirmed_then_changed(app: Flask, benoit: Visitor, chloe: Visitor) -> None:
    mission(benoit)
    row = only(app, Mission)
    assert (row.minutes, row.first_day, row.last_day) == (150, NEW_YEAR, NEW_YEAR)
    benoit.get(HOME)
    assert "À confirmer" in benoit.page
    chloe.get("/equipe/partenaires")
    assert "Relire le livret" in chloe.page
    chloe.post(f"/equipe/partenaires/missions/{row.code}/confirmation")
    benoit.get(HOME)
    assert "Confirmée par l’équipe" in benoit.page
    assert "2\u00a0h\u00a030" in benoit.page
    benoit.get(f"{HOME}/missions/{row.code}")
    assert "devra la confirmer" in benoit.page
    changed = {"title": row.title, "first_day": NEW_YEAR.isoformat(), "hours": "3", "rest": "0"}
    benoit.post(f"{HOME}/missions/{row.code}", changed)
    assert only(app, Mission).confirmed_at is None
    with app.app_context():
        assert "mission confirmed" in db.session.scalars(select(Entry.verb)).all()


def test_nobody_confirms_what_they_have_not_seen(app: Flask, benoit: Visitor, chloe: Visitor) -> None:
    mission(benoit)
    row = only(app, Mission)
    chloe.get("/equipe/partenaires")
    benoit.get(f"{HOME}/missions/{row.code}")
    changed = {"title": row.title, "first_day": NEW_YEAR.isoformat(), "hours": "40", "rest": "0"}
    benoit.post(f"{HOME}/missions/{row.code}", changed)
    with app.app_context():
        before = db.session.scalars(select(Mission)).one()
        assert before.minutes == 2400
    chloe.post(f"/equipe/partenaires/missions/{row.code}/confirmation", status=409)
    assert "vient de changer" in chloe.page
    assert only(app, Mission).confirmed_at is None


def test_a_confirmation_is_taken_back_and_a_mission_too(app: Flask, benoit: Visitor, chloe: Visitor) -> None:
    mission(benoit)
    row = only(app, Mission)
    with app.app_context():
        actor = benoit.account.actor_id
    chloe.get("/equipe/partenaires")
    chloe.post(f"/equipe/partenaires/missions/{row.code}/confirmation")
    chloe.get(f"/equipe/partenaires/{actor}")
    chloe.post(f"/equipe/partenaires/missions/{row.code}/annulation")
    assert only(app, Mission).confirmed_at is None
    benoit.get(f"{HOME}/missions/{row.code}")
    benoit.post(f"{HOME}/missions/{row.code}/retrait")
    with app.app_context():
        assert db.session.scalars(select(Mission)).all() == []


def test_a_form_sent_twice_is_one_mission(app: Flask, benoit: Visitor) -> None:
    mission(benoit)
    typed = {
        **benoit.hidden(),
        "title": "Relire",
        "first_day": NEW_YEAR.isoformat(),
        "hours": "1",
        "rest": "0",
    }
    benoit.get(f"{HOME}/missions")
    typed["submission_key"] = benoit.hidden()["submission_key"]
    benoit.post(f"{HOME}/missions", typed)
    benoit.post(f"{HOME}/missions", typed)
    with app.app_context():
        assert len(db.session.scalars(select(Mission)).all()) == 2


def test_another_persons_file_cannot_be_found(app: Flask, benoit: Visitor, admin: Visitor) -> None:
    from engage.accounts.models import Role
    from tests import make

    mission(benoit)
    with app.app_context():
        other = make.account("Paul", Role.PARTNER)
        db.session.commit()
        paul = Visitor(app, other.id)
    code = only(app, Mission).code
    paul.get(f"{HOME}/missions/{code}", status=404)
    paul.post(f"{HOME}/missions/{code}/retrait", status=404)
    admin.get("/equipe/partenaires")
    paul.get("/equipe/partenaires", status=403)


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What higher floors bring."""
    there = date(THIS_YEAR, 1, 2)
    walk = [Hours(there, "Marche", 90)]
    walks = {"walks": lambda _who, first, last: walk if first <= there <= last else []}
    monkeypatch.setattr(registry, "_hours", walks)


@pytest.mark.usefixtures("walked")
def test_years_long_ago_are_taken_away_too(app: Flask, benoit: Visitor) -> None:
    """Each in its own attestation, the latest first; a year in which nothing was has none."""
    with app.app_context():
        for year in (THIS_YEAR - 9, THIS_YEAR - 4):
            day = date(year, 5, 2)
            held = {"submission_key": f"key {year}", "title": "Relire", "minutes": 60}
            db.session.add(Mission(account_id=benoit.account_id, first_day=day, last_day=day, **held))
        db.session.commit()
    with zipfile.ZipFile(io.BytesIO(benoit.get(f"{HOME}/tout.zip").data)) as packed:
        found = [name for name in packed.namelist() if name.startswith("attestation")]
    assert found == [f"attestation-{year}.pdf" for year in (THIS_YEAR, THIS_YEAR - 4, THIS_YEAR - 9)]


@pytest.mark.usefixtures("walked")
def test_a_year_is_printed_attested_and_taken_away(app: Flask, benoit: Visitor, chloe: Visitor) -> None:
    mission(benoit, title="Accueillir des étudiants")
    mission(benoit, title="Pas encore confirmée")
    with app.app_context():
        row = db.session.scalars(select(Mission).filter_by(title="Accueillir des étudiants")).one()
        code = row.code
        from engage.groups.partnering.actions import seen

        saw = seen(row)
    chloe.get("/equipe/partenaires")
    chloe.post(f"/equipe/partenaires/missions/{code}/confirmation", {"saw": saw})
    benoit.get(f"{HOME}/annee/{THIS_YEAR}")
    assert "Pas encore confirmée" in benoit.page
    assert "4\u00a0h" in benoit.page
    for wrong in (THIS_YEAR + 1, 1999, 10**9):
        benoit.get(f"{HOME}/annee/{wrong}", status=404)
        benoit.get(f"{HOME}/attestation/{wrong}.pdf", status=404)
    pdf = PdfReader(io.BytesIO(benoit.get(f"{HOME}/attestation/{THIS_YEAR}.pdf").get_data()))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Accueillir des étudiants" in words
    assert "Marche" in words
    assert "4 h" in words.replace("\u00a0", " ")
    assert "Pas encore" not in words
    assert "€" not in words
    packed = zipfile.ZipFile(io.BytesIO(benoit.client.get(f"{HOME}/tout.zip").get_data()))
    assert {"dossier.json", "heures.csv", "frais.csv", f"attestation-{THIS_YEAR}.pdf"} == set(
        packed.namelist()
    )
    record = json.loads(packed.read("dossier.json"))
    assert [one["title"] for one in record["missions"]] == [
        "Accueillir des étudiants",
        "Pas encore confirmée",
    ]
    rows = list(csv.reader(io.StringIO(packed.read("heures.csv").decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["Accueillir des étudiants", "Marche"]


@pytest.mark.usefixtures("walked")
def test_who_only_came_somewhere_takes_their_hours_away(benoit: Visitor) -> None:
    answer = benoit.client.get(f"{HOME}/tout.zip")
    assert answer.is_streamed
    packed = zipfile.ZipFile(io.BytesIO(answer.get_data()))
    assert f"attestation-{THIS_YEAR}.pdf" in packed.namelist()
    assert "Marche" in packed.read("heures.csv").decode()


def test_who_left_their_group_keeps_their_file(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        files.add_mission(
            amina.account, submission_key="k" * 16, title="Relire", first_day=NEW_YEAR, last_day=NEW_YEAR,
            minutes=60, group_id=None,
        )  # fmt: skip
        db.session.commit()
    amina.get(HOME)
    amina.get(f"{HOME}/frais")
    amina.get(f"{HOME}/tout.zip")


def test_the_agreement_is_noted_once(app: Flask, benoit: Visitor, chloe: Visitor, admin: Visitor) -> None:
    with app.app_context():
        actor = benoit.account.actor_id
    page = f"/equipe/partenaires/{actor}/accord"
    chloe.get(page)
    admin.get(page)
    typed = {
        "agreement": "association",
        "association": "",
        "agreed_on": NEW_YEAR.isoformat(),
        "ceiling": "300",
    }
    chloe.post(page, typed, status=422)
    assert "300" in chloe.page
    chloe.post(page, typed | {"association": "Les amis des Tilleuls", "ceiling": "beaucoup"}, status=422)
    chloe.post(page, typed | {"association": "Les amis des Tilleuls"})
    admin.post(
        page, {"agreement": "volunteer", "association": "", "agreed_on": "", "ceiling": ""}, status=409
    )
    row = only(app, PartnerFile)
    assert (row.agreement, row.association, row.ceiling) == (
        Agreement.ASSOCIATION, "Les amis des Tilleuls", 30000,
    )  # fmt: skip
    benoit.get(HOME)
    assert "Les amis des Tilleuls" in benoit.page
    chloe.get(page)
    assert 'value="300,00"' in chloe.page


def test_dates_of_events_come_by_themselves(app: Flask, benoit: Visitor) -> None:
    from engage.core.clock import now
    from engage.events.after.models import Presence
    from tests import make

    with app.app_context():
        event = make.event("Groupe de parole", neutral_title="Rencontre")
        date = make.occurrence(event, starts_at=now() - timedelta(hours=3), minutes=75)
        db.session.add(Presence(account_id=benoit.account_id, occurrence_id=date.id))
        db.session.commit()
        year = date.day.year
    benoit.get(f"{HOME}/annee/{year}")
    assert "Rencontre" in benoit.page
    assert "1\u00a0h\u00a015" in benoit.page
    assert "Groupe de parole" not in benoit.page


@pytest.mark.usefixtures("session")
def test_a_member_of_a_group_has_a_file_too(app: Flask) -> None:
    from engage.groups.partnering import permissions as may
    from tests import make

    amina = make.account()
    assert not may.own(amina)
    assert not may.own(None)
    assert centre_today()
