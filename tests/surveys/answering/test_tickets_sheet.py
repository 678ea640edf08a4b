"""Slips are printed once, in no list; unused ones are cancelled; the poster leads to the wave."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from engage.core import pdf
from engage.core.db import db
from engage.surveys.answering import actions, queries
from engage.surveys.answering.doors import addresses, printing
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Channel, Ticket, Wave
from tests import make
from tests.browser import Visitor
from tests.surveys.answering import waves
from tests.surveys.answering.test_paper import text_of

HERE = "/equipe/enquetes"


@pytest.fixture
def slips(app: Flask) -> str:
    with app.app_context():
        return f"{HERE}/{waves.opened().code}/tickets"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What each template was given to print."""
    seen: list[dict[str, Any]] = []
    render = pdf.render

    def note(template: str, data: dict[str, Any], *, lang: str) -> bytes:
        seen.append(data)
        return render(template, data, lang=lang)

    monkeypatch.setattr(pdf, "render", note)
    return seen


def ask(visitor: Visitor, slips: str, number: str, status: int = 200) -> Any:
    visitor.get(slips)
    return visitor.post(slips, {"number": number}, status=status)


def the_wave() -> Wave:
    return db.session.scalars(select(Wave)).one()


def handed_out() -> int | None:
    return db.session.scalars(select(Channel.handed_out).filter_by(kind=ChannelKind.SLIPS)).one()


def test_printed_slips_open_the_wave_and_are_kept_nowhere(
    app: Flask, chloe: Visitor, slips: str, printed: list[dict[str, Any]]
) -> None:
    response = ask(chloe, slips, "12")
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    codes = ["".join(ticket["code"]) for ticket in printed[0]["tickets"]]
    assert len(set(codes)) == 12
    with app.app_context():
        wave = the_wave()
        assert all(queries.ticket(wave, code) for code in codes)
        kept = {ticket.digest for ticket in db.session.scalars(select(Ticket))}
        assert kept.isdisjoint(codes)
        assert handed_out() == 12


def test_the_ticket_stands_where_no_server_sees_it(app: Flask, slips: str) -> None:
    with app.test_request_context("/"):
        wave = the_wave()
        plain = addresses.address(wave)
        assert addresses.ticket_address(wave, "ABCD2345") == f"{plain}#ABCD2345"
        assert plain.endswith(f"/questionnaires/{wave.code}")
        assert addresses.address(wave, ChannelKind.POSTER) == f"{plain}?par=affiche"
        assert addresses.address(wave, ChannelKind.EVENT) == f"{plain}?par=evenement"
        assert addresses.address(wave, ChannelKind.IDEA) == f"{plain}?par=idee"


def test_a_form_sent_twice_prints_the_same_slips_once(
    app: Flask, chloe: Visitor, slips: str, printed: list[dict[str, Any]]
) -> None:
    ask(chloe, slips, "5")
    chloe.post(slips, {"number": "5"}, status=200)
    assert printed[0]["tickets"] == printed[1]["tickets"]
    ask(chloe, slips, "5")
    assert printed[0]["tickets"] != printed[2]["tickets"], "a reprint is new ones"
    with app.app_context():
        assert (handed_out(), queries.unspent(the_wave())) == (10, 10)


def test_every_slip_on_paper_opens_the_wave_also_after_going_back_for_more(
    app: Flask, chloe: Visitor, slips: str, printed: list[dict[str, Any]]
) -> None:
    """Should the same form come back all the same, another number is another order."""
    assert chloe.get(slips).headers["Cache-Control"] == "no-store", "who goes back gets a new form"
    chloe.post(slips, {"number": "3"}, status=200)
    chloe.post(slips, {"number": "5"}, status=200)
    with app.app_context():
        wave = the_wave()
        codes = ["".join(one["code"]) for sheet in printed for one in sheet["tickets"]]
        assert len(set(codes)) == 8
        assert all(queries.ticket(wave, code) for code in codes)
        assert (handed_out(), queries.unspent(wave)) == (8, 8)


def test_a_form_that_comes_back_after_a_cancelling_prints_nothing_that_opens_nothing(
    app: Flask, chloe: Visitor, slips: str
) -> None:
    ask(chloe, slips, "3")
    form = chloe.hidden()
    with app.app_context():
        held = db.session.scalars(select(Ticket)).all()
        held[-1].is_spent = True
        db.session.commit()
    chloe.get(slips)
    chloe.post(f"{slips}/annulation", {"given": "0"})
    chloe.get(slips)
    chloe.post(slips, {"number": "3", "submission_key": form["submission_key"]}, status=409)
    with app.app_context():
        assert queries.unspent(the_wave()) == 0


@pytest.mark.parametrize("number", ["", "0", "501", "beaucoup"])
def test_between_one_and_500(app: Flask, chloe: Visitor, slips: str, number: str) -> None:
    ask(chloe, slips, number, 422)
    with app.app_context():
        assert handed_out() is None


def test_unused_slips_are_cancelled_and_the_given_ones_still_count(
    app: Flask, chloe: Visitor, slips: str
) -> None:
    ask(chloe, slips, "10")
    chloe.get(slips)
    assert "10 tickets sont imprimés" in text_of(chloe)
    chloe.post(f"{slips}/annulation", {"given": ""}, status=422)
    chloe.get(slips)
    chloe.post(f"{slips}/annulation", {"given": "11"}, status=409)
    chloe.get(slips)
    chloe.follow(chloe.post(f"{slips}/annulation", {"given": "4"}))
    assert "10 tickets n’ouvrent plus rien" in text_of(chloe)
    with app.app_context():
        assert (handed_out(), queries.unspent(the_wave())) == (4, 0)


def test_a_wave_without_slips_prints_none(app: Flask, chloe: Visitor, slips: str) -> None:
    with app.app_context():
        wave = the_wave()
        db.session.delete(queries.channel(wave, ChannelKind.SLIPS))
        db.session.commit()
    ask(chloe, slips, "5", 409)
    with app.app_context():
        assert queries.unspent(the_wave()) == 0


def test_fifty_slips_stand_on_9_sheets(app: Flask, slips: str) -> None:
    with app.test_request_context("/"):
        wave = the_wave()
        codes = [f"CODE{number:04}" for number in range(50)]
        sheet = pdf.render("survey_slips", printing.slips(wave, codes), lang="fr")
    assert len(PdfReader(io.BytesIO(sheet)).pages) == 9


@pytest.mark.parametrize("aim", ["court", "long"])
def test_the_poster_fits_on_one_page(app: Flask, chloe: Visitor, slips: str, aim: str) -> None:
    with app.app_context():
        wave = the_wave()
        wave.title = "Votre accueil" if aim == "court" else "Votre accueil, et tout ce qui l’entoure, " * 2
        wave.purpose = "Nous choisissons ensemble. " * (1 if aim == "court" else 10)
        db.session.commit()
    response = chloe.client.get(slips.replace("/tickets", "/affiche.pdf"))
    assert len(PdfReader(io.BytesIO(response.get_data())).pages) == 1
    with app.test_request_context("/"):
        said = printing.poster(the_wave())
    assert said["address"] == f"127.0.0.1:8000/questionnaires/{slips.split('/')[3]}"
    assert said["phone"]
    assert any("téléphone" in way for way in said["ways"])  # type: ignore[attr-defined]


def test_a_ticket_printed_today_is_spent_once(app: Flask) -> None:
    with app.app_context():
        wave = waves.opened()
        (code,) = actions.hand_out(wave, 1, by=make.account("Chloé"))
        db.session.commit()
        assert queries.ticket(wave, f" {code[:4].lower()} {code[4:]} ") is not None
