"""A coordinator plans a wave, changes what may be changed, closes it, and is told what to do next."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.centre.queries import zone
from engage.core.clock import local, moment_at, now
from engage.core.db import db
from engage.surveys.answering import actions, commands, filling, numbers, queries
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Channel, Wave
from tests import make
from tests.browser import Visitor
from tests.surveys.answering import waves

HERE = "/equipe/enquetes"
PARIS = "Europe/Paris"


def plan(**changes: Any) -> dict[str, Any]:
    first = now().date() + timedelta(days=2)
    return {
        "title": "Votre accueil, automne 2026",
        "purpose": "Nous choisissons ensemble ce qui change.",
        "opens_on": first.isoformat(),
        "opens_hour": "08:00",
        "closes_on": (first + timedelta(days=20)).isoformat(),
        "closes_hour": "20:00",
        "anonymity": "strict",
        "channels": ["link", "poster", "slips", "paper"],
        "is_listed": "y",
        "population": "",
        "minimum_cell": "10",
    } | changes


def the_wave() -> Wave:
    return db.session.scalars(select(Wave)).one()


def set_wave(app: Flask, **facts: Any) -> str:
    with app.app_context():
        wave = waves.opened(**facts)
        return f"{HERE}/{wave.code}"


def text_of(visitor: Visitor) -> str:
    return unescape(visitor.page).replace("\u00a0", " ").replace("\u202f", " ")


def test_from_an_empty_list_to_a_planned_wave(app: Flask, chloe: Visitor) -> None:
    chloe.get(HERE)
    assert "Aucune vague" in text_of(chloe)
    chloe.get(f"{HERE}/nouvelle")
    assert "Aucun questionnaire n’est figé" in text_of(chloe)
    with app.app_context():
        version = str(waves.frozen().id)
    chloe.get(f"{HERE}/nouvelle")
    chloe.follow(chloe.post(f"{HERE}/nouvelle", plan(version_id=version)))
    assert "Prévue" in text_of(chloe)
    assert "Imprimez avant ce qu’il faut" in text_of(chloe)
    with app.app_context():
        wave = the_wave()
        assert local(wave.opens_at, zone()).time() == time(8)
        assert local(wave.closes_at, zone()).time() == time(20)
        closes = local(wave.closes_at, zone()).date()
        assert (wave.results_on, wave.retained_until) == (
            closes + timedelta(days=30),
            closes + timedelta(days=365),
        )
        assert (wave.population, wave.serves_kiosk, wave.is_listed) == (None, False, True)
        assert len(queries.channels(wave)) == 4
    chloe.get(HERE)
    assert "Votre accueil, automne 2026" in text_of(chloe)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Écrivez quelques mots"),
        ({"closes_on": "2020-01-01"}, "La vague doit se fermer après son ouverture"),
        ({"opens_on": "2027-03-28", "opens_hour": "02:30", "closes_on": "2027-04-20"}, "n’existe pas"),
        ({"opens_on": "hier"}, "date"),
        ({"channels": []}, "au moins une voie"),
        ({"minimum_cell": "3"}, "Un nombre entre 5 et 100"),
        ({"population": "beaucoup"}, "nombre"),
        ({"results_on": "2021-01-01"}, "après la fermeture"),
        ({"retained_until": "2090-01-01"}, "5 ans"),
        ({"anonymity": "none"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    app: Flask, chloe: Visitor, wrong: dict[str, Any], sentence: str
) -> None:
    with app.app_context():
        version = str(waves.frozen().id)
    chloe.get(f"{HERE}/nouvelle")
    typed = plan(version_id=version, title="Titre gardé") | wrong
    chloe.post(f"{HERE}/nouvelle", typed, status=422)
    assert sentence in text_of(chloe)
    assert "Nous choisissons ensemble ce qui change." in text_of(chloe)
    if typed["title"]:
        assert "Titre gardé" in text_of(chloe)
    with app.app_context():
        assert queries.everything() == []


def test_the_wall_clock_on_both_nights_when_it_is_moved() -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert moment_at(spring, time(2, 30), PARIS) is None
    assert moment_at(spring, time(3, 0), PARIS) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert moment_at(autumn, time(2, 30), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_at(autumn, time(2, 30), PARIS, last=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert moment_at(date(2026, 7, 1), time(8), PARIS) == datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
    assert moment_at(date(2026, 1, 1), time(8), PARIS) == datetime(2026, 1, 1, 7, 0, tzinfo=UTC)


def test_an_open_wave_changes_without_weaker_promises(app: Flask, chloe: Visitor) -> None:
    here = set_wave(app, opens_at=now() - timedelta(days=3))
    page = f"{here}/modification"
    chloe.get(page)
    assert "opens_on" not in chloe.page
    assert 'name="anonymity"' not in chloe.page, "strict stays strict"
    with app.app_context():
        wave = the_wave()
        later, kept = local(wave.closes_at, zone()).date() + timedelta(days=9), wave.retained_until
    keep = plan(closes_on=later.isoformat(), title="Nouveau titre", retained_until=kept.isoformat(),
                results_on=(later + timedelta(days=3)).isoformat(), channels=[*ChannelKind])  # fmt: skip
    chloe.follow(chloe.post(page, keep))
    assert "Nouveau titre" in text_of(chloe)
    with app.app_context():
        assert local(the_wave().closes_at, zone()).date() == later
    for weaker, sentence in (
        ({"minimum_cell": "5"}, "peut seulement monter"),
        ({"retained_until": (kept + timedelta(days=1)).isoformat()}, "jamais plus tard"),
        ({"closes_on": (now() - timedelta(days=2)).date().isoformat(), "results_on": ""}, "est passé"),
    ):
        chloe.get(page)
        chloe.post(page, keep | weaker, status=409)
        assert sentence in text_of(chloe)


def test_a_confidential_promise_can_only_become_stricter(app: Flask, chloe: Visitor) -> None:
    here = set_wave(app, anonymity=Anonymity.CONFIDENTIAL)
    chloe.get(f"{here}/modification")
    assert 'name="anonymity"' in chloe.page
    with app.app_context():
        wave = the_wave()
        kept = wave.retained_until.isoformat()
        closes = local(wave.closes_at, zone()).date().isoformat()
    chloe.post(f"{here}/modification", plan(closes_on=closes, retained_until=kept, channels=[*ChannelKind]))
    with app.app_context():
        assert the_wave().anonymity is Anonymity.STRICT


def test_two_people_do_not_change_the_same_wave(app: Flask, chloe: Visitor, admin: Visitor) -> None:
    here = set_wave(app)
    for visitor in (chloe, admin):
        visitor.get(f"{here}/modification")
    with app.app_context():
        kept = the_wave().retained_until.isoformat()
        closes = local(the_wave().closes_at, zone()).date().isoformat()
    typed = plan(closes_on=closes, retained_until=kept, channels=[*ChannelKind])
    chloe.post(f"{here}/modification", typed | {"title": "La première"})
    admin.post(f"{here}/modification", typed | {"title": "La seconde"}, status=409)
    assert "entre-temps" in text_of(admin)


def test_a_way_that_was_used_stays_open(app: Flask, chloe: Visitor) -> None:
    here = set_wave(app)
    with app.app_context():
        wave = the_wave()
        actions.count_start(wave, ChannelKind.KIOSK)
        db.session.commit()
        keep = plan(closes_on=local(wave.closes_at, zone()).date().isoformat(),
                    retained_until=wave.retained_until.isoformat())  # fmt: skip
    chloe.get(f"{here}/modification")
    chloe.post(f"{here}/modification", keep | {"channels": ["link"]}, status=409)
    assert "elle reste ouverte" in text_of(chloe)
    chloe.get(f"{here}/modification")
    chloe.post(f"{here}/modification", keep | {"channels": ["link", "kiosk"]})
    with app.app_context():
        assert {channel.kind for channel in queries.channels(the_wave())} == {"link", "kiosk"}
        assert the_wave().serves_kiosk


def test_closing_early_tells_the_truth_until_the_results_are_published(app: Flask, time_machine: Any) -> None:
    time_machine.move_to("2026-11-10T09:00:00Z")
    with app.app_context():
        account = make.account("Chloé", Role.COORDINATOR)
        db.session.commit()
        chloe = Visitor(app, account.id)
    here = set_wave(app)
    chloe.get(here)
    assert "On peut répondre jusqu’au" in text_of(chloe)
    chloe.follow(chloe.post(f"{here}/fermeture"))
    assert "Nous prenons encore les réponses commencées avant le" in text_of(chloe)
    assert "Cela finit à 10 h 15" in text_of(chloe)
    chloe.post(f"{here}/fermeture", status=409)
    chloe.get(HERE)
    assert "Nous prenons encore" in text_of(chloe)
    time_machine.move_to("2026-11-10T09:16:00Z")
    chloe.get(here)
    assert "se mélangent aux autres" in text_of(chloe)
    with app.app_context():
        commands.settle()
    chloe.get(here)
    assert "À vous de lire les résultats et de les publier" in text_of(chloe)
    chloe.get("/equipe")
    assert "résultats d’une enquête" in text_of(chloe)
    chloe.get(f"{here}/modification")
    assert "Elle est fermée" in text_of(chloe)
    assert "closes_on" not in chloe.page
    with app.app_context():
        the_wave().finished_at = now()
        db.session.commit()
    for page in (here, HERE):
        chloe.get(page)
        assert "Terminée" in text_of(chloe)
    chloe.get("/equipe")
    assert "résultats d’une enquête" not in text_of(chloe)
    chloe.get(f"{here}/modification")
    assert "avancer l’effacement" in text_of(chloe)


def test_a_wave_that_never_opened_is_taken_back(app: Flask, chloe: Visitor) -> None:
    here = set_wave(app, opens_at=now() + timedelta(days=1))
    chloe.get(here)
    chloe.follow(chloe.post(f"{here}/retrait"))
    assert "Aucune vague" in text_of(chloe)
    assert queries_empty(app)


def queries_empty(app: Flask) -> bool:
    with app.app_context():
        return queries.everything() == []


def test_an_open_wave_is_not_taken_back(app: Flask, chloe: Visitor) -> None:
    here = set_wave(app)
    chloe.get(here)
    chloe.post(f"{here}/retrait", status=409)
    assert not queries_empty(app)


@pytest.mark.parametrize(
    ("kind", "counts", "said", "share"),
    [
        (ChannelKind.LINK, (0, 3, None), "aucune réponse", ""),
        (ChannelKind.LINK, (4, 9, None), "moins de 5 réponses", ""),
        (ChannelKind.LINK, (6, 9, None), "6 réponses", "6 terminées sur 9 commencées"),
        (ChannelKind.SLIPS, (6, 0, 20), "6 réponses", "30 % des 20 remis"),
        (ChannelKind.PAPER, (6, 0, None), "6 réponses", ""),
        (ChannelKind.PAPER, (6, 0, 12), "6 réponses", "50 % des 12 remis"),
        (ChannelKind.PAPER, (6, 0, 5), "6 réponses", ""),
    ],
)
def test_a_rate_is_said_only_where_the_number_handed_out_is_known(
    app: Flask, kind: ChannelKind, counts: tuple[int, int, int | None], said: str, share: str
) -> None:
    completed, started, handed_out = counts
    channel = Channel(kind=kind, completed=completed, started=started, handed_out=handed_out)
    with app.test_request_context("/"):
        line = numbers.line(channel)
    assert (line.said, line.share.replace("\u00a0", " ")) == (said, share)


def test_what_the_public_pages_ask(app: Flask) -> None:
    with app.app_context():
        wave = waves.opened()
        hidden = waves.opened(version=wave.version, is_listed=False, closes_at=now() + timedelta(days=2))
        waves.opened(version=wave.version, opens_at=now() + timedelta(days=1))
        assert queries.open_listed() == [wave]
        assert queries.kiosk_wave() == hidden, "the one that closes first"
        assert queries.wave_by_code(hidden.code) == hidden


def test_the_team_reads_and_only_coordination_plans(app: Flask) -> None:
    here = set_wave(app)
    with app.app_context():
        account = make.account("Sacha", Role.STAFF)
        db.session.commit()
        sacha = Visitor(app, account.id)
    for page in (HERE, here, f"{here}/feuilles", f"{here}/appel"):
        sacha.get(page)
    sacha.get("/equipe")
    for page in (f"{HERE}/nouvelle", f"{here}/modification", f"{here}/tickets"):
        sacha.get(page, status=403)
    for deed in ("fermeture", "retrait", "tickets/annulation"):
        sacha.post(f"{here}/{deed}", status=403)


def test_a_wave_that_ends_with_too_few_says_what_became_of_them(
    app: Flask, chloe: Visitor, nobody: Visitor
) -> None:
    with app.app_context():
        wave = waves.opened()
        blank = filling.fill(wave.version, {}, on_paper=True)
        for number in range(4):
            actions.send(wave, blank, channel=ChannelKind.LINK, submission_key=f"{number:032}")
        wave.closes_at = now() - queries.GRACE - timedelta(seconds=1)
        db.session.commit()
        code, address = wave.code, f"{HERE}/{wave.code}"
        commands.settle()
    chloe.get(address)
    assert "Leurs réponses sont effacées" in text_of(chloe)
    assert "Elle est terminée, sans résultat." in text_of(chloe)
    assert f"{address}/resultats" not in chloe.page
    chloe.get("/equipe")
    assert "L’accueil, cet automne" not in text_of(chloe)
    nobody.get(f"/questionnaires/{code}")
    assert "nous avons effacé leurs réponses" in text_of(nobody)
    assert "Les résultats seront" not in text_of(nobody)
