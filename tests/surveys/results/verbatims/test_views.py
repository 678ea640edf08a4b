"""Chloé reads what people wrote; nobody else does, and nothing tells who wrote it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.journal.models import Entry
from engage.surveys.answering.models import Verbatim, Wave
from engage.surveys.results.verbatims import commands, queries
from engage.surveys.results.verbatims.models import Decision, OwnCode, Reading, Tag
from tests import make
from tests.browser import Visitor
from tests.surveys.answering.test_attacker import stolen
from tests.surveys.results import voices

HERE = re.compile(r'action="/equipe/enquetes/(\w+)/paroles/([0-9a-f-]{36})"')


@pytest.fixture
def wave(app: Flask) -> str:
    with app.app_context():
        return voices.heard()[0].code


def opened(visitor: Visitor, wave: str) -> None:
    visitor.get(f"/equipe/enquetes/{wave}/paroles")
    visitor.follow(visitor.post(f"/equipe/enquetes/{wave}/paroles/ouverture"))


def entries(app: Flask, verb: str) -> list[Entry]:
    with app.app_context():
        return list(db.session.scalars(select(Entry).filter_by(verb=verb)))


def held(app: Flask, words: str) -> tuple[UUID, Reading | None]:
    with app.app_context():
        key = db.session.scalars(select(Verbatim.id).where(Verbatim.body.contains(words))).one()
        return key, db.session.get(Reading, key)


def decided(visitor: Visitor, wave: str, key: UUID, decision: str, **fields: object) -> None:
    visitor.get(f"/equipe/enquetes/{wave}/paroles/{key}")
    visitor.post(f"/equipe/enquetes/{wave}/paroles/{key}", {"decision": decision, **fields})


def test_nobody_and_members_find_the_door_shut(
    wave: str, nobody: Visitor, amina: Visitor, benoit: Visitor
) -> None:
    nobody.get(f"/equipe/enquetes/{wave}/paroles", status=302)
    for visitor in (amina, benoit):
        visitor.get(f"/equipe/enquetes/{wave}/paroles", status=403)
        visitor.post(f"/equipe/enquetes/{wave}/paroles/ouverture", status=403)


def test_the_first_look_of_a_day_is_noted_once(app: Flask, wave: str, chloe: Visitor) -> None:
    chloe.get(f"/equipe/enquetes/{wave}/paroles")
    assert "souriant" not in chloe.page
    response = chloe.get(f"/equipe/enquetes/{wave}/paroles/lecture", status=302)
    assert response.headers["Location"] == f"/equipe/enquetes/{wave}/paroles"
    opened(chloe, wave)
    assert "souriant" in chloe.page
    chloe.post(f"/equipe/enquetes/{wave}/paroles/ouverture")
    assert [entry.subject_ref for entry in entries(app, "verbatims read")] == [wave]
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        chloe.sign_in(chloe.account_id or 0)
        chloe.get(f"/equipe/enquetes/{wave}/paroles")
        assert "souriant" not in chloe.page


def test_nobody_reads_before_the_wave_is_settled(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        code = voices.heard(settled_at=None)[0].code
    chloe.get(f"/equipe/enquetes/{code}/paroles")
    assert "Pas encore" in chloe.page
    chloe.post(f"/equipe/enquetes/{code}/paroles/ouverture", status=409)
    assert entries(app, "verbatims read") == []


def test_words_of_four_people_stay_closed(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        wave = voices.wave()
        voices.answered(wave, {"reach": (4,)})
        db.session.commit()
        code = wave.code
    chloe.get(f"/equipe/enquetes/{code}/paroles")
    assert "Moins de 5 personnes" in chloe.page
    chloe.post(f"/equipe/enquetes/{code}/paroles/ouverture", status=409)


def test_words_that_were_erased_on_their_day_are_not_looked_for(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        wave = voices.wave(erased_at=now())
        db.session.commit()
        code = wave.code
    chloe.get(f"/equipe/enquetes/{code}/paroles")
    assert "Effacées, comme promis" in chloe.page


def test_one_after_the_other_until_all_is_read(app: Flask, wave: str, chloe: Visitor) -> None:
    opened(chloe, wave)
    chloe.get(f"/equipe/enquetes/{wave}/paroles/lecture")
    seen = []
    for number, decision in enumerate(["publishable", "team", "deleted", "team", "publishable"], 1):
        assert f"{number} sur 5" in chloe.page
        code, key = HERE.findall(chloe.page)[0]
        assert code == wave
        seen.append(key)
        chloe.follow(chloe.post(f"/equipe/enquetes/{wave}/paroles/{key}", {"decision": decision}))
    assert len(set(seen)) == 5
    assert "Tout est lu" in chloe.page
    with app.app_context():
        decisions = db.session.scalars(select(Reading.decision)).all()
        assert sorted(map(str, decisions)) == ["deleted", "publishable", "publishable", "team", "team"]


def test_after_eight_there_is_a_pause(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        code = voices.heard(words=[f"Bonjour numéro {one}" for one in range(10)])[0].code
    opened(chloe, code)
    chloe.get(f"/equipe/enquetes/{code}/paroles/lecture")
    for _ in range(8):
        _code, key = HERE.findall(chloe.page)[0]
        chloe.follow(chloe.post(f"/equipe/enquetes/{code}/paroles/{key}", {"decision": "team"}))
    assert "Les deux minutes sont passées" in chloe.page
    chloe.get(f"/equipe/enquetes/{code}/paroles/lecture")
    assert "1 sur 2" in chloe.page


def test_what_is_left_for_later_comes_back(wave: str, chloe: Visitor) -> None:
    opened(chloe, wave)
    chloe.get(f"/equipe/enquetes/{wave}/paroles/lecture")
    first = HERE.findall(chloe.page)[0][1]
    order = [first]
    for _ in range(5):
        chloe.get(f"/equipe/enquetes/{wave}/paroles/lecture?apres={order[-1]}")
        order.append(HERE.findall(chloe.page)[0][1])
    assert order[5] == first
    assert len(set(order)) == 5
    chloe.get(f"/equipe/enquetes/{wave}/paroles/lecture?apres=rien&rang=x&fait=rien")


def test_personal_data_is_ticked_and_hidden_from_then_on(app: Flask, wave: str, chloe: Visitor) -> None:
    opened(chloe, wave)
    key, _ = held(app, "Durand")
    chloe.get(f"/equipe/enquetes/{wave}/paroles/{key}")
    ticked = re.findall(r'name="hide" value="([\d-]+)" checked', chloe.page)
    assert ticked
    chloe.post(f"/equipe/enquetes/{wave}/paroles/{key}", {"decision": "publishable", "hide": ticked})
    chloe.get(f"/equipe/enquetes/{wave}/paroles")
    assert "Durand" not in chloe.page
    assert "06 12" not in chloe.page
    with app.app_context():
        wave_row = db.session.scalars(select(Wave).filter_by(code=wave)).one()
        assert [one.id for one in queries.publishable(wave_row)] == [key]


def test_suggested_themes_say_why_and_few_are_not_counted(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        made, ids = voices.heard(words=[f"Le téléphone sonne {one} fois." for one in range(6)])
        code = made.code
    opened(chloe, code)
    chloe.get(f"/equipe/enquetes/{code}/paroles/{ids[0]}")
    assert "à cause de\u00a0: téléphone, sonne" in chloe.page
    for count, key in enumerate(ids, 1):
        decided(chloe, code, key, "team", themes=["reaching.phone", "nothing.known"])
        chloe.get(f"/equipe/enquetes/{code}/paroles")
        said = re.findall(r"Le téléphone</a>&nbsp;: ([\w-]+)", chloe.page)
        assert said == ["quelques-unes" if count < 5 else str(count)]
    with app.app_context():
        assert set(db.session.scalars(select(Tag.code))) == {"reaching.phone"}


def test_the_list_keeps_to_what_is_asked(app: Flask, wave: str, chloe: Visitor) -> None:
    opened(chloe, wave)
    key, _ = held(app, "souriant")
    decided(chloe, wave, key, "team", themes=["welcome.kindness"])
    for asked, there, gone in (
        ("etat=a-lire", "bruyante", "souriant"),
        ("etat=team", "souriant", "bruyante"),
        ("theme=welcome.kindness", "souriant", "bruyante"),
        ("question=words", "souriant", "Aucune parole"),
        ("question=reach", "Aucune parole", "souriant"),
    ):
        chloe.get(f"/equipe/enquetes/{wave}/paroles?{asked}")
        listed = chloe.page.split('id="list"')[1]
        assert there in listed, asked
        assert gone not in listed, asked


def test_the_order_is_another_one_for_each_reader_and_day(app: Flask, chloe: Visitor) -> None:
    words = [f"Bonjour {one:03}" for one in range(20)]
    with app.app_context():
        code = voices.heard(words=words)[0].code
        remi = Visitor(app, make.account("Rémi", Role.STAFF).id)
        db.session.commit()

    def order(visitor: Visitor) -> list[str]:
        opened(visitor, code)
        return re.findall(r"<blockquote[^>]*>\s*<p>(Bonjour \d+)", visitor.page)

    today, again, other = order(chloe), order(chloe), order(remi)
    assert today == again
    assert sorted(today) == sorted(other) == words
    assert today not in (other, words, sorted(words, reverse=True))
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        chloe.sign_in(chloe.account_id or 0)
        assert order(chloe) != today


def test_nothing_stands_beside_the_words(wave: str, chloe: Visitor) -> None:
    """Neither other answers, nor weeks, nor channels."""
    opened(chloe, wave)
    chloe.get(f"/equipe/enquetes/{wave}/paroles/lecture")
    for told in ("Comment se passent vos appels", "Vous a-t-on dit bonjour", f"{now().date():%Y-%m}"):
        assert told not in chloe.page


def test_undo_until_left_then_gone_for_good(app: Flask, wave: str, chloe: Visitor) -> None:
    opened(chloe, wave)
    key, _ = held(app, "souriant")
    decided(chloe, wave, key, "deleted", rang="1")
    chloe.get(f"/equipe/enquetes/{wave}/paroles/lecture?rang=2&fait={key}")
    assert "Juste avant" in chloe.page
    version = re.findall(r'name="version" value="(\d+)"', chloe.page)[0]
    chloe.post(f"/equipe/enquetes/{wave}/paroles/{key}/annulation", {"version": version})
    assert held(app, "souriant")[1].decision is None  # type: ignore[union-attr]
    decided(chloe, wave, key, "deleted")
    chloe.follow(chloe.post(f"/equipe/enquetes/{wave}/paroles/fin"))
    assert "1 texte est effacé" in chloe.page
    assert "souriant" not in chloe.page
    with app.app_context():
        assert db.session.get_one(Verbatim, key).body == ""
    chloe.get(f"/equipe/enquetes/{wave}/paroles/{key}")
    assert "Ces paroles sont effacées" in chloe.page
    chloe.post(
        f"/equipe/enquetes/{wave}/paroles/{key}", {"decision": "publishable", "version": "4"}, status=409
    )
    assert [entry.note for entry in entries(app, "verbatims deleted")] == ["1"]


def test_what_was_deleted_leaves_the_files_tonight(app: Flask, wave: str, chloe: Visitor) -> None:
    opened(chloe, wave)
    key, _ = held(app, "bruyante")
    decided(chloe, wave, key, "deleted", themes=["places.waiting_room"])
    with app.app_context():
        assert commands.erase_deleted() == 1
        assert commands.erase_deleted() == 0
        assert db.session.get_one(Reading, key).is_wiped
        assert not db.session.scalars(select(Tag)).all()
        taken = stolen()
        assert b"bruyante" not in taken
        assert b"places.waiting_room" not in taken


def test_two_readers_do_not_overwrite_each_other(
    app: Flask, wave: str, chloe: Visitor, admin: Visitor
) -> None:
    for visitor in (chloe, admin):
        opened(visitor, wave)
    key, _ = held(app, "souriant")
    address = f"/equipe/enquetes/{wave}/paroles/{key}"
    chloe.get(address)
    admin.get(address)
    chloe.post(address, {"decision": "team"})
    admin.post(address, {"decision": "deleted"}, status=409)
    assert "Quelqu’un d’autre" in admin.page
    assert held(app, "souriant")[1].decision is Decision.TEAM  # type: ignore[union-attr]


def test_words_of_another_wave_are_not_found_here(app: Flask, wave: str, chloe: Visitor) -> None:
    with app.app_context():
        _other, ids = voices.heard("Une autre", ["Ailleurs"], code="autre")
    opened(chloe, wave)
    chloe.get(f"/equipe/enquetes/{wave}/paroles/{ids[0]}", status=404)
    chloe.get("/equipe/enquetes/nulle/paroles", status=404)
    key, _ = held(app, "souriant")
    chloe.post(f"/equipe/enquetes/{wave}/paroles/{key}", {"decision": "burn"}, status=400)
    chloe.post(f"/equipe/enquetes/{wave}/paroles/{key}/annulation", {"version": "x"}, status=400)


def test_the_centre_adds_a_theme_that_is_suggested_then(app: Flask, wave: str, chloe: Visitor) -> None:
    chloe.get("/equipe/enquetes/paroles/themes")
    chloe.post("/equipe/enquetes/paroles/themes", {"theme": "places", "label": ""}, status=422)
    fields = {"theme": "places", "label": "Le bruit", "words": "bruyant, vacarme\ncris"}
    chloe.follow(chloe.post("/equipe/enquetes/paroles/themes", fields))
    chloe.post("/equipe/enquetes/paroles/themes", {**fields, "label": "LE BRUIT"}, status=409)
    opened(chloe, wave)
    key, _ = held(app, "bruyante")
    chloe.get(f"/equipe/enquetes/{wave}/paroles/{key}")
    assert "à cause de\u00a0: bruyante" in chloe.page
    with app.app_context():
        own = db.session.scalars(select(OwnCode)).one()
        assert own.words == "bruyant\nvacarme\ncris"
    decided(chloe, wave, key, "team", themes=[own.code])
    chloe.post(f"/equipe/enquetes/paroles/themes/{own.code}/retrait", status=409)
    decided(chloe, wave, key, "team")
    chloe.follow(chloe.post(f"/equipe/enquetes/paroles/themes/{own.code}/retrait"))
    assert "Le bruit" not in chloe.page
    assert [entry.note for entry in entries(app, "added")] == ["Le bruit"]


def test_the_team_reads_the_book_and_the_coordination_keeps_it(app: Flask) -> None:
    with app.app_context():
        remi = Visitor(app, make.account("Rémi", Role.STAFF).id)
        db.session.commit()
    remi.get("/equipe/enquetes/paroles/themes")
    assert "Ajouter un thème" not in remi.page
    remi.post("/equipe/enquetes/paroles/themes", {"theme": "places", "label": "Le bruit"}, status=403)


def test_who_decided_is_forgotten_with_their_account(app: Flask, wave: str, chloe: Visitor) -> None:
    opened(chloe, wave)
    key, _ = held(app, "souriant")
    decided(chloe, wave, key, "team")
    with app.app_context():
        assert db.session.get_one(Reading, key).by_id == chloe.account_id
        db.session.delete(db.session.get_one(Account, chloe.account_id))
        db.session.commit()
        assert db.session.get_one(Reading, key).by_id is None


def test_a_page_asks_few_questions_however_many_words(app: Flask, chloe: Visitor) -> None:
    asked = []
    for code, number in (("peu", 3), ("beaucoup", 60)):
        with app.app_context():
            made, ids = voices.heard(words=[f"Le bruit {one}" for one in range(number)], code=code)
            wave = made.code
        opened(chloe, wave)
        for key in ids[:2]:
            decided(chloe, wave, key, "team", themes=["places.signs"])
        base, app.testing = f"/equipe/enquetes/{wave}/paroles", False
        pages = (
            base,
            f"{base}?theme=places.signs",
            f"{base}/{ids[0]}",
            f"{base}/lecture?rang=2&fait={ids[0]}",
        )
        for page in pages:
            chloe.client.get(page).close()
            with chloe.counting() as seen:
                chloe.client.get(page).close()
            asked.append(len(seen))
        app.testing = True
    assert max(asked) <= 6, asked
    assert asked[:4] == asked[4:]
