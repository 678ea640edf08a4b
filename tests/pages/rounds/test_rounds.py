"""Rounds of reading: on the screen and on paper, closed, allowed, forgotten."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from engage.accounts.models import Account, Role
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.outbox.models import Channel, Message
from engage.pages import actions as pages
from engage.pages.models import Body, PageVersion
from engage.pages.rounds import actions, codes, commands, forgetting, queries, takeout
from engage.pages.rounds.models import LineMark, ReaderKind, ReadingRound, RoundReader, Understanding
from engage.privacy import actions as erasing
from engage.privacy import queries as privacy
from tests import make
from tests.browser import Visitor
from tests.core.paper import words
from tests.pages.writing import sample

YES, NO = Understanding.YES, Understanding.NO


def _round(by: Account, *, body: Body = Body.SHORT) -> ReadingRound:
    version = pages.freeze(sample.draft(by=by), by=by)
    until = centre_today() + timedelta(days=9)
    return actions.begin(version, body=body, group=None, closes_on=until, by=by)


def _read(round_: ReadingRound, kind: ReaderKind, by: Account) -> RoundReader:
    """Somebody who read to the end."""
    reader = actions.invite(round_, name="Lucien", by=by)
    actions.introduce(reader, kind=kind)
    for line in queries.lines(round_):
        actions.mark(reader, line.number, mark=YES, remark="")
    actions.finish(reader, overall="")
    return reader


def test_three_read_on_screen_and_paper(
    app: Flask, chloe: Visitor, amina: Visitor, nobody: Visitor, benoit: Visitor
) -> None:
    with app.app_context():
        group = make.group("Relecteurs")
        make.membership(group, amina.account)
        make.membership(group, benoit.account, ended_at=now() + timedelta(seconds=1))
        pages.freeze(sample.draft(by=chloe.account), by=chloe.account)
        db.session.commit()
        chosen, own = str(group.id), f"/groupes/{group.code}"
    chloe.get("/equipe/pages/sortir/relectures")
    chloe.get("/equipe/pages/sortir/relectures/fr/1")
    chloe.post("/equipe/pages/sortir/relectures/fr/1", {"body": "", "closes_on": "hier"}, status=422)
    until = (centre_today_in(app) + timedelta(days=9)).isoformat()
    asked = {"body": "short", "group": chosen, "closes_on": until}
    chloe.follow(chloe.post("/equipe/pages/sortir/relectures/fr/1", asked))
    other = asked | {"group": ""}
    chloe.post("/equipe/pages/sortir/relectures/fr/1", other, status=409)
    with app.app_context():
        code = db.session.scalars(select(ReadingRound.code)).one()
        assert db.session.scalars(select(Message.person)).all() == ["Amina"]
    desk = f"/equipe/relectures/{code}"
    for name in ("Monsieur Bernard", ""):
        chloe.post(f"{desk}/invitations", {"name": name})
    amina.get(own)
    assert "Relire avec nous" in amina.page
    _amina_reads(amina)
    _stranger_reads(app, chloe, nobody, desk)
    _sheet_is_typed_in(app, chloe, desk)
    chloe.get(desk)
    assert chloe.page.index("Appelez-nous.") < chloe.page.index("Vous sortez de l’hôpital.", 3000)
    assert "Quel numéro" in chloe.page
    chloe.post(f"{desk}/mention", status=409)
    chloe.post(f"{desk}/changements", {"changed": "Nous avons écrit le numéro."})
    chloe.follow(chloe.post(f"{desk}/fin"))
    amina.get(f"/relecture/{_reader_code(app, 'Amina')}")
    amina.get("/relecture")
    chloe.follow(chloe.post(f"{desk}/mention"))
    assert "Facile à lire" in chloe.page
    chloe.get("/equipe/pages/sortir/relectures")
    with app.app_context():
        told = queries.mention(db.session.scalars(select(PageVersion)).one())
        assert told is not None
        assert (told.kinds, told.readers) == ([ReaderKind.LEARNS_FRENCH, ReaderKind.OLDER], 2)


def centre_today_in(app: Flask) -> date:
    with app.app_context():
        return centre_today()


def _reader_code(app: Flask, name: str) -> str:
    with app.app_context():
        rows = db.session.scalars(select(RoundReader)).all()
        named = {one.account.first_name if one.account else one.name or "": one.code for one in rows}
        return named[name]


def _amina_reads(amina: Visitor) -> None:
    """With an account: begins, stops, goes on where she stopped, changes her mind, finishes."""
    amina.get("/relecture")
    start = re.search(r'href="(/relecture/\w{8})"', amina.page)
    assert start
    amina.get(start[1])
    amina.get(f"{start[1]}/ligne/0", status=302)
    amina.post(start[1], {}, status=422)
    amina.follow(amina.post(start[1], {"kind": "learns_french"}))
    assert "Ligne 1 sur 2" in amina.page
    amina.post(f"{start[1]}/ligne/0", {"mark": ""}, status=422)
    amina.post(f"{start[1]}/ligne/0", {"mark": "yes"})
    amina.get(f"{start[1]}/pause")
    amina.post(f"{start[1]}/fin", {"overall": ""}, status=409)
    amina.get(start[1])
    amina.follow(amina.post(start[1], {"kind": "learns_french"}))
    assert "Ligne 2 sur 2" in amina.page
    amina.follow(amina.post(f"{start[1]}/ligne/1", {"mark": "no", "remark": "Quel numéro ?"}))
    amina.post(f"{start[1]}/ligne/0", {"mark": "unsure"})
    amina.get(f"{start[1]}/ligne/0")
    assert 'aria-pressed="true"' in amina.page
    amina.post(f"{start[1]}/ligne/99", {"mark": "yes"}, status=404)
    amina.get(f"{start[1]}/fin")
    amina.follow(amina.post(f"{start[1]}/fin", {"overall": "Bien écrit."}))
    assert "Merci" in amina.page
    amina.post(f"{start[1]}/fin", {"overall": ""})
    amina.get(f"{start[1]}/fin", status=302)


def _stranger_reads(app: Flask, chloe: Visitor, nobody: Visitor, desk: str) -> None:
    """By a code from a paper, without account; a carer, who helps and does not count."""
    who = _reader_code(app, "")
    slip = chloe.get(f"{desk}/lecteurs/{who}/invitation.pdf").get_data()
    with app.app_context():
        code = codes.code_of(queries.reader(who))
        assert code not in str(db.session.execute(text("SELECT * FROM round_reader")).all())
    assert code.split("-")[0] in words(slip)
    nobody.get(f"/relecture/{who}", status=404)
    nobody.get(f"/relecture/code/{code}")
    nobody.get("/relecture")
    nobody.post("/relecture", {"code": "AAA AAA AAA"}, status=422)
    nobody.follow(nobody.post("/relecture", {"code": code.lower().replace("-", " ")}))
    nobody.post(f"/relecture/{who}", {"kind": "carer"})
    nobody.post(f"/relecture/{who}/ligne/0", {"mark": "yes"})
    nobody.post(f"/relecture/{who}/ligne/1", {"mark": "yes"})
    nobody.get(f"/relecture/{who}/images/porte", status=404)
    nobody.post(f"/relecture/{who}/fin", {"overall": "Je veux mourir."}, status=200)
    assert "3114" in nobody.page
    nobody.get(f"/relecture/{who}")


def _sheet_is_typed_in(app: Flask, chloe: Visitor, desk: str) -> None:
    assert "Appelez-nous" in words(chloe.get(f"{desk}/feuille.pdf").get_data())
    who = _reader_code(app, "Monsieur Bernard")
    chloe.get(f"{desk}/lecteurs/{who}/feuille")
    chloe.post(f"{desk}/lecteurs/{who}/feuille", {"kind": "older"}, status=409)
    ticked = {"kind": "older", "mark-0": "yes", "remark-1": "Écrit trop petit", "mark-77": "yes"}
    chloe.follow(chloe.post(f"{desk}/lecteurs/{who}/feuille", ticked))
    chloe.get(f"{desk}/lecteurs/{who}/feuille")
    assert "Écrit trop petit" in chloe.page
    chloe.post(f"{desk}/lecteurs/{_reader_code(app, 'Amina')}/feuille", ticked, status=409)
    chloe.post(f"{desk}/lecteurs/{who}/retrait", status=409)


@pytest.mark.usefixtures("session")
def test_only_a_closed_round_of_two_concerned_allows_and_a_new_version_begins_without() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    round_ = _round(by)
    _read(round_, ReaderKind.OLDER, by)
    _read(round_, ReaderKind.PROFESSIONAL, by)
    with pytest.raises(Refused):
        actions.allow(round_, by=by)
    actions.close(round_, by=by)
    actions.close(round_, by=by)
    with pytest.raises(Refused):
        actions.allow(round_, by=by)
    with pytest.raises(Refused):
        actions.invite(round_, name="", by=by)
    until = centre_today() + timedelta(days=9)
    again = actions.begin(round_.version, body=Body.SHORT, group=None, closes_on=until, by=by)
    waits = actions.invite(again, name="", by=by)
    actions.dismiss(actions.invite(again, name="Rose", by=by), by=by)
    for kind in (ReaderKind.OLDER, ReaderKind.PATIENT):
        _read(again, kind, by)
    actions.close(again, by=by)
    with pytest.raises(Refused):
        actions.mark(waits, 0, mark=YES, remark="")
    assert queries.mention(again.version) is None
    actions.allow(again, by=by)
    actions.allow(again, by=by)
    assert queries.mention(again.version) == ([ReaderKind.OLDER, ReaderKind.PATIENT], 2, again.closed_at)
    draft = pages.begin(again.version.page, "fr", by=by)
    pages.write(draft, version=draft.version, by=by, short="Appelez-nous vite.")
    assert queries.mention(pages.freeze(draft, by=by)) is None
    actions.take_back(again, by=by)
    assert queries.mention(again.version) is None
    long = actions.begin(again.version, body=Body.SIMPLE, group=None, closes_on=until, by=by)
    for kind in (ReaderKind.OLDER, ReaderKind.PATIENT):
        _read(long, kind, by)
    actions.close(long, by=by)
    with pytest.raises(Refused):
        actions.allow(long, by=by)


@pytest.mark.usefixtures("session")
def test_what_a_round_refuses() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    round_ = _round(by)
    with pytest.raises(Refused):
        actions.begin(
            round_.version, body=Body.SIMPLE, group=None, closes_on=centre_today() - timedelta(1), by=by
        )
    empty = pages.freeze(sample.draft("vide", by=by, short=""), by=by)
    with pytest.raises(Refused):
        actions.begin(empty, body=Body.SHORT, group=None, closes_on=centre_today(), by=by)
    reader = actions.invite(round_, name="", by=by)
    with pytest.raises(Refused):
        actions.mark(reader, 42, mark=YES, remark="")
    round_.closes_on = centre_today() - timedelta(days=1)
    db.session.flush()
    with pytest.raises(Refused):
        actions.introduce(reader, kind=ReaderKind.OLDER)
    actions.enter(reader, kind=None, marks={0: (NO, "Trop long")}, overall="", by=by)
    assert reader.on_paper


@pytest.mark.usefixtures("session")
def test_names_go_a_year_after_and_words_with_the_account() -> None:
    by, amina = make.account("Chloé", Role.COORDINATOR), make.account("Amina", Role.MEMBER)
    round_ = _round(by)
    reader, other = _read(round_, ReaderKind.OLDER, by), _read(round_, ReaderKind.PATIENT, by)
    reader.account_id, reader.overall = amina.id, "Bien"
    actions.close(round_, by=by)
    db.session.get_one(LineMark, (reader.id, 0)).remark = "Chez moi aussi"
    db.session.commit()
    (kept,) = takeout.record(amina)
    assert kept["lines"][0] == {
        "line": "Vous sortez de l’hôpital.", "mark": "yes", "remark": "Chez moi aussi"
    }  # fmt: skip
    forgetting.forget_person(amina)
    assert reader.account_id is None
    assert reader.overall == db.session.get_one(LineMark, (reader.id, 0)).remark == ""
    round_.closed_at = now() - timedelta(days=360)
    db.session.commit()
    assert commands.forget_readers() == 0
    assert other.name == "Lucien"
    round_.closed_at = now() - timedelta(days=367)
    db.session.commit()
    assert commands.forget_readers() == 1
    assert [other.name, other.secret_digest, other.kind] == [None, None, ReaderKind.PATIENT]
    assert commands.forget_readers() == 0


def test_the_page_and_its_paper_say_who_read_never_a_name(
    app: Flask, nobody: Visitor, amina: Visitor
) -> None:
    with app.app_context():
        by = make.account("Chloé", Role.COORDINATOR)
        version = sample.published(by=by)
        until = centre_today() + timedelta(days=9)
        round_ = actions.begin(version, body=Body.SHORT, group=None, closes_on=until, by=by)
        for kind in (ReaderKind.OLDER, ReaderKind.LITTLE_READING):
            _read(round_, kind, by).account_id = amina.account_id
        actions.close(round_, by=by)
        db.session.commit()
        code = round_.code
    nobody.get("/pages/sortir?texte=court")
    assert "Facile à lire" not in nobody.page
    assert "Version courte" in nobody.page
    with app.app_context():
        actions.allow(queries.get(code), by=db.session.scalars(select(Account)).all()[-1])
        db.session.commit()
    nobody.get("/pages/sortir?texte=court")
    assert "Facile à lire" in nobody.page
    assert "par 2 personnes concernées (personnes qui lisent avec difficulté, personnes âgées)" in nobody.page
    assert "Lucien" not in nobody.page
    assert "Facile à lire" in words(nobody.get("/pages/sortir/feuille.pdf?texte=court").get_data())
    with app.app_context():
        assert len(privacy.account_record(amina.account)["readings"]) == 2
        erasing.erase_me(amina.account)
        assert db.session.scalars(select(RoundReader.account_id)).all() == [None, None]


def test_a_round_past_its_last_day_is_on_the_day_of_the_team(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        round_ = _round(chloe.account)
        round_.closes_on = centre_today()
        db.session.commit()
        code = round_.code
    chloe.get("/equipe")
    assert "relecture à clore" not in chloe.page
    with app.app_context():
        queries.get(code).closes_on = centre_today() - timedelta(days=1)
        db.session.commit()
    chloe.get("/equipe")
    assert "1 relecture à clore" in chloe.page
    assert f"/equipe/relectures/{code}" in chloe.page
    chloe.get(f"/equipe/relectures/{code}")
    chloe.post(f"/equipe/relectures/{code}/fin")
    chloe.get("/equipe")
    assert "relecture à clore" not in chloe.page


@pytest.mark.usefixtures("session")
def test_who_has_no_email_is_called_or_written_to() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    group = make.group("Relecteurs")
    make.membership(group, make.account("Rose", email=None, phone="06 12 34 56 78"))
    make.membership(group, make.account("Lucien", email=None))
    version = pages.freeze(sample.draft(by=by), by=by)
    until = centre_today() + timedelta(days=9)
    actions.begin(version, body=Body.SHORT, group=group, closes_on=until, by=by)
    told = db.session.scalars(select(Message).order_by(Message.id)).all()
    assert [one.channel for one in told] == [Channel.PHONE, Channel.RECEPTION]
    assert told[0].address == "06 12 34 56 78"
    for one in told:
        assert "Sortir de l’hôpital" in one.body
        assert "sur papier" in one.body
        assert "Connectez-vous" not in one.body
