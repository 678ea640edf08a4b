"""The team's call list: first names only, contacts one by one, a paper list, mistakes that can be mended."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from pypdf import PdfReader

from engage.accounts.models import Role
from engage.core.db import db
from engage.journal.models import Entry
from engage.outbox.models import Channel, State
from tests import make
from tests.browser import Visitor
from tests.conftest import _person
from tests.outreach.conftest import WAYS, Waiter, states

LIST = "/equipe/appels"


@pytest.fixture
def paul(app: Flask) -> Visitor:
    """A member of the team."""
    return _person(app, "Paul", Role.STAFF)


def verbs(app: Flask) -> list[str]:
    with app.app_context():
        return [entry.verb for entry in db.session.query(Entry).order_by(Entry.id)]


def test_empty_list_says_so(paul: Visitor) -> None:
    paul.get(LIST)
    assert "Personne n’attend de nouvelles." in paul.page


def test_list_shows_names_and_subjects_but_no_contact(paul: Visitor, waiting: Waiter, idea_code: str) -> None:
    for channel in Channel:
        waiting(channel, about=("idea", idea_code))
    waiting(Channel.MAIL, State.UNCERTAIN, person="Lina", address="lina@exemple.fr")
    paul.get(LIST)
    for channel, (name, address) in WAYS.items():
        assert name in paul.page, channel
        assert not address or address.split("\n")[0] not in paul.page
    assert paul.page.count("Un banc devant la porte") == 5
    for words in ("À appeler", "À dire à l’accueil", "À écrire", "Courriel refusé", "Peut-être arrivé"):
        assert words in paul.page


@pytest.mark.parametrize("channel", list(Channel))
def test_contact_is_shown_on_demand_and_noted(
    app: Flask, paul: Visitor, waiting: Waiter, channel: Channel, idea_code: str
) -> None:
    code = waiting(channel, about=("idea", idea_code))
    paul.get(LIST)
    paul.post(f"{LIST}/{code}/coordonnees", status=200)
    name, address = WAYS[channel]
    assert name in paul.page
    assert (address or "passe à l’accueil").split("\n")[0] in paul.page
    assert "Le banc est commandé." in paul.page
    assert "/courrier/arreter" not in paul.page
    assert verbs(app) == ["contact viewed"]
    paul.get(f"{LIST}/{code}/coordonnees", status=405)


def test_phone_can_be_dialled(app: Flask, paul: Visitor, waiting: Waiter) -> None:
    with app.app_context():
        make.account("Karim", email="karim@exemple.fr", phone="06 11 11 11 11")
        db.session.commit()
    paul.post(f"{LIST}/{waiting(Channel.PHONE)}/coordonnees", status=200)
    assert 'href="tel:0600000001"' in paul.page
    paul.post(f"{LIST}/{waiting(Channel.MAIL)}/coordonnees", status=200)
    assert 'href="tel:0611111111"' in paul.page
    assert "550 5.1.1 Inconnu" in paul.page


def test_told_then_mended(app: Flask, paul: Visitor, waiting: Waiter) -> None:
    first, second = waiting(), waiting()
    paul.get(LIST)
    done = paul.post(LIST + "/prevenus", {"code": [first, second]})
    paul.follow(done)
    assert "C’est noté" in paul.page
    assert "2 messages transmis" in paul.page
    assert "Fait ces 7 derniers jours" in paul.page
    assert "Paul" in paul.page
    paul.follow(paul.post(LIST + "/prevenus", {"code": [first, second]}))
    assert "C’était déjà noté" in paul.page
    assert paul.page.count("Finalement pas fait") == 1
    paul.follow(paul.post(f"{LIST}/{second}/annulation"))
    assert states(app) == [State.WAITING, State.WAITING]
    assert verbs(app) == ["message told", "message told", "message untold", "message untold"]


def test_an_idea_stands_once_for_a_person_with_all_there_is_to_tell(
    paul: Visitor, waiting: Waiter, idea_code: str
) -> None:
    news = ("L’idée est publiée", "L’équipe a répondu", "L’équipe a répondu")
    code, *_others = [waiting(about=("idea", idea_code), subject=subject) for subject in news]
    paul.get(LIST)
    assert paul.page.count(">Un banc devant la porte</a>") == 1
    assert "L’idée est publiée · L’équipe a répondu<" in paul.page
    assert "1 personne à prévenir" in paul.page
    assert '<span class="count">1<' in paul.page
    paul.post(f"{LIST}/{code}/coordonnees", status=200)
    assert paul.page.count(">Un banc devant la porte</a>") == 1
    assert paul.page.count("Le banc est commandé.") == 3


def test_who_was_told_stands_once_each_time(paul: Visitor, waiting: Waiter, idea_code: str) -> None:
    for _day in range(2):
        codes = [waiting(about=("idea", idea_code)) for _news in range(3)]
        paul.get(LIST)
        paul.post(LIST + "/prevenus", {"code": codes})
    paul.get(LIST)
    assert paul.page.count('<li class="item">') == 2


def test_what_a_colleague_has_just_told_says_so(paul: Visitor, waiting: Waiter) -> None:
    code = waiting(state=State.TOLD)
    paul.get(LIST)
    paul.post(f"{LIST}/{code}/coordonnees", status=409)
    assert "vient de la prévenir" in paul.page


def test_mail_in_doubt_leaves_again_by_a_click(app: Flask, paul: Visitor, waiting: Waiter) -> None:
    code = waiting(Channel.MAIL, State.UNCERTAIN)
    paul.get(LIST)
    assert "Renvoyer" in paul.page
    paul.follow(paul.post(f"{LIST}/{code}/renvoi"))
    assert "repart dans un instant" in paul.page
    assert states(app) == [State.WAITING]
    paul.post(f"{LIST}/{code}/renvoi", status=409)


def test_an_sms_that_did_not_arrive_is_told_or_sent_again(app: Flask, paul: Visitor, waiting: Waiter) -> None:
    code = waiting(Channel.SMS, State.REFUSED)
    paul.get("/equipe/appels")
    assert "SMS non arrivés" in paul.page
    assert "SMS refusé" in paul.page
    paul.post(f"/equipe/appels/{code}/coordonnees", status=200)
    assert "tel:0600000005" in paul.page
    assert "passerelle SMS" in paul.page
    paul.post(f"/equipe/appels/{code}/renvoi")
    assert states(app) == [State.WAITING]
    waiting(Channel.SMS, State.UNCERTAIN)
    paper = paul.post("/equipe/appels/liste.pdf", status=200).data
    words = PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    assert "SMS peut-être arrivé" in " ".join(words.split())


def test_list_on_paper_holds_every_contact_and_is_noted_once(
    app: Flask, paul: Visitor, waiting: Waiter
) -> None:
    for channel in Channel:
        waiting(channel)
    paul.get(LIST)
    answer = paul.post(LIST + "/liste.pdf", status=200)
    assert answer.mimetype == "application/pdf"
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    squeezed = words.replace(" ", "").replace("\n", "").replace("\u200b", "")
    for name, address in WAYS.values():
        assert name in words
        assert (address or "Àl’accueil").split("\n")[0].replace(" ", "") in squeezed
    assert "Lebancestcommandé." in squeezed
    assert "courrier" not in squeezed
    assert verbs(app) == ["call list printed"]
    paul.get(LIST + "/liste.pdf", status=405)


def test_empty_paper_says_so(paul: Visitor) -> None:
    answer = paul.post(LIST + "/liste.pdf", status=200)
    assert "Personne n’attend" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


def test_long_list_has_pages_and_few_queries(paul: Visitor, waiting: Waiter, idea_code: str) -> None:
    for number in range(30):
        waiting(address=f"06 00 00 00 {number}", about=("idea", idea_code))
    paul.get(LIST)
    with paul.counting() as seen:
        paul.get(LIST + "?page=2")
    assert paul.page.count('<li class="item">') == 5
    assert len(seen) <= 6, "\n".join(
        line[:90].replace("\n", " ") + "…" + line[-60:].replace("\n", " ") for line in seen
    )
    paul.get(LIST + "?page=abc")
    paul.get(LIST + "?page=99999999999")


@pytest.mark.parametrize("code", ["nobody", "%00", "0"])
def test_unknown_message_is_not_found(paul: Visitor, code: str) -> None:
    for deed in ("coordonnees", "annulation", "renvoi"):
        paul.post(f"{LIST}/{code}/{deed}", status=404)


def test_nonsense_changes_nothing(app: Flask, paul: Visitor, waiting: Waiter) -> None:
    waiting()
    paul.post(LIST + "/prevenus", {"code": ["x", "<b>", "'; DROP TABLE message"]})
    paul.post(LIST + "/prevenus")
    assert states(app) == [State.WAITING]
